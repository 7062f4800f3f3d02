import { readFile } from 'node:fs/promises';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '../support/eventually.js';
import { sendRequest } from '../../tools/client/http.js';
import { openTestShop, type TestShop } from '../support/test-shop.js';
import { codeBlock } from './support.js';

/** What `require('../../utils/shop')` returns in a page of the mini-program. */
interface ShopModule {
  api<T>(method: string, path: string): Promise<T>;
  placeOrder(items: { productId: string; quantity: number }[]): Promise<{ orderNo: string }>;
  pay(orderNo: string): Promise<{ orderNo: string; status: string }>;
}

interface WxRequest {
  url: string;
  method: 'GET' | 'POST';
  data?: unknown;
  header: Record<string, string>;
  success: (answer: { statusCode: number; data: unknown; header: Record<string, string> }) => void;
  fail: (error: unknown) => void;
}

/** A phone: the parts of `wx` that the file uses, on top of the service and the simulator's cashier. */
class Phone {
  readonly openid = 'oReadme000000000000000000000';
  readonly storage = new Map<string, unknown>();
  outcome: 'ok' | 'cancel' = 'ok';
  logins = 0;

  constructor(private readonly shop: TestShop) {}

  readonly wx = {
    getStorageSync: (key: string) => this.storage.get(key) ?? '',
    setStorageSync: (key: string, value: unknown) => void this.storage.set(key, value),
    login: ({ success }: { success: (answer: { code: string }) => void }) => {
      this.logins += 1;
      void this.shop.wechat.createLoginCode(this.openid).then(success);
    },
    request: ({ url, method, data, header, success, fail }: WxRequest) => {
      sendRequest(url, { method, body: data, headers: header }).then(({ status, body, headers }) => {
        success({ statusCode: status, data: body, header: Object.fromEntries(headers) });
      }, fail);
    },
    requestPayment: ({ success, fail, ...requestPayment }: Record<string, unknown>) => {
      const sheet = {
        openid: this.openid,
        requestPayment: { ...requestPayment, complete: undefined },
        outcome: this.outcome,
      };
      void this.shop.wechat.control('POST', 'cashier/pay', sheet).then(({ body }) => {
        const { errMsg } = body as { errMsg: string };
        const answer = (errMsg === 'requestPayment:ok' ? success : fail) as (result: { errMsg: string }) => void;
        answer({ errMsg });
      });
    },
  };
}

describe('docs/mini-program.md: the client file', () => {
  let shop: TestShop;
  let phone: Phone;
  let miniProgram: ShopModule;
  let tea: string;

  beforeAll(async () => {
    shop = await openTestShop();
    tea = await shop.createProduct({ priceFen: 1500, stock: 100 });
    phone = new Phone(shop);
    const code = codeBlock(await readFile('docs/mini-program.md', 'utf8'), '// utils/shop.js');
    const module = { exports: {} as ShopModule };
    runInNewContext(code.replace(/https:\/\/pay\.example\.com/, shop.url), { wx: phone.wx, module, setTimeout });
    miniProgram = module.exports;
  });
  afterAll(() => shop.close());

  it('logs in with wx.login, places an order and pays it', async () => {
    const { orderNo } = await miniProgram.placeOrder([{ productId: tea, quantity: 1 }]);
    expect(await miniProgram.pay(orderNo)).toMatchObject({ orderNo, status: 'PAID' });
    expect(phone.logins).toBe(1);
  });

  it('logs in again once, without asking the user, when the token was revoked', async () => {
    await miniProgram.api('POST', '/api/auth/logout');
    const before = phone.logins;
    const [one, other] = await Promise.all([0, 1].map(() => miniProgram.placeOrder([{ productId: tea, quantity: 1 }])));
    expect(one?.orderNo).not.toBe(other?.orderNo);
    expect(phone.logins).toBe(before + 1);
  });

  it('retries a prepay whose response was lost, with the same payment attempt', async () => {
    const { orderNo } = await miniProgram.placeOrder([{ productId: tea, quantity: 1 }]);
    await shop.wechat.failNext({ endpoint: 'unifiedorder', kind: 'reset', when: 'after' });
    expect(await miniProgram.pay(orderNo)).toMatchObject({ status: 'PAID' });
    expect(await shop.getPayments(orderNo)).toHaveLength(1);
  });

  it('leaves a cancelled order payable, and takes the payment later', async () => {
    const { orderNo } = await miniProgram.placeOrder([{ productId: tea, quantity: 1 }]);
    phone.outcome = 'cancel';
    expect(await miniProgram.pay(orderNo)).toMatchObject({ status: 'PENDING' });
    phone.outcome = 'ok';
    expect(await miniProgram.pay(orderNo)).toMatchObject({ status: 'PAID' });
    await eventually(async () => {
      expect(await miniProgram.pay(orderNo)).toMatchObject({ status: 'PAID' });
    });
  });

  it('throws the problem of a call that must not be repeated', async () => {
    await expect(miniProgram.placeOrder([{ productId: tea, quantity: 999 }])).rejects.toMatchObject({
      code: 'OUT_OF_STOCK',
    });
  });
});
