import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { getMetadataStorage } from 'class-validator';
import { Settings } from '../../src/config/settings.js';
import { eventually } from '../support/eventually.js';
import { call } from '../support/http.js';
import { openShop, type Shop } from '../support/shop.js';
import { bare, codeBlock, tableRows } from './support.js';

describe('the table of variables', () => {
  it('has every variable of the settings, and no other', async () => {
    const rows = await tableRows('README.md', '## Every variable');
    const known = getMetadataStorage().getTargetValidationMetadatas(Settings, '', false, false);
    expect(rows.map(([name]) => bare(name)).sort()).toEqual(
      [...new Set(known.map((rule) => rule.propertyName))].sort(),
    );
  });

  it('tells the defaults as they are', async () => {
    const rows = await tableRows('README.md', '## Every variable');
    const written = Object.fromEntries(rows.map(([name, value]) => [bare(name), bare(value)]));
    const defaults = Object.entries(new Settings()).filter(([, value]) => value !== undefined);
    expect(defaults.length).toBeGreaterThan(10);
    for (const [name, value] of defaults) expect([name, written[name]]).toEqual([name, String(value)]);
  });
});

describe('the links of the documents', () => {
  it('lead somewhere', async () => {
    const folders = ['.', 'docs', 'docs/decisions'];
    const pages = (await Promise.all(folders.map(pagesIn))).flat();
    expect(pages).toContain('README.md');
    const dead: string[] = [];
    for (const page of pages) {
      for (const [, target = ''] of (await readFile(page, 'utf8')).matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)) {
        if (!/^https?:/.test(target) && !existsSync(join(dirname(page), target))) dead.push(`${page}: ${target}`);
      }
    }
    expect(dead).toEqual([]);
  });
});

/** What `require('../../utils/shop')` gives a page of the mini-program. */
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

/** A phone: `wx` as far as the file needs it, on top of the service and the simulator's cashier. */
class Phone {
  readonly openid = 'oReadme000000000000000000000';
  readonly storage = new Map<string, unknown>();
  outcome: 'ok' | 'cancel' = 'ok';
  logins = 0;

  constructor(private readonly shop: Shop) {}

  readonly wx = {
    getStorageSync: (key: string) => this.storage.get(key) ?? '',
    setStorageSync: (key: string, value: unknown) => void this.storage.set(key, value),
    login: ({ success }: { success: (answer: { code: string }) => void }) => {
      this.logins += 1;
      void this.shop.wechat.newCode(this.openid).then(success);
    },
    request: ({ url, method, data, header, success, fail }: WxRequest) => {
      call(url, { method, body: data, headers: header }).then(({ status, body, headers }) => {
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

describe('the file for mini-programs', () => {
  let shop: Shop;
  let phone: Phone;
  let miniProgram: ShopModule;
  let tea: string;

  beforeAll(async () => {
    shop = await openShop();
    tea = await shop.sells({ priceFen: 1500, stock: 100 });
    phone = new Phone(shop);
    const code = codeBlock(await readFile('README.md', 'utf8'), '// utils/shop.js');
    const module = { exports: {} as ShopModule };
    runInNewContext(code.replace(/https:\/\/pay\.example\.com/, shop.url), { wx: phone.wx, module, setTimeout });
    miniProgram = module.exports;
  });
  afterAll(() => shop.closes());

  it('goes from wx.login to a paid order', async () => {
    const { orderNo } = await miniProgram.placeOrder([{ productId: tea, quantity: 1 }]);
    expect(await miniProgram.pay(orderNo)).toMatchObject({ orderNo, status: 'PAID' });
    expect(phone.logins).toBe(1);
  });

  it('logs in again, silently and once, when the token has died', async () => {
    await miniProgram.api('POST', '/api/auth/logout');
    const before = phone.logins;
    const [one, other] = await Promise.all([0, 1].map(() => miniProgram.placeOrder([{ productId: tea, quantity: 1 }])));
    expect(one?.orderNo).not.toBe(other?.orderNo);
    expect(phone.logins).toBe(before + 1);
  });

  it('repeats what may be repeated, and never makes a second order of it', async () => {
    const { orderNo } = await miniProgram.placeOrder([{ productId: tea, quantity: 1 }]);
    await shop.wechat.fails({ endpoint: 'unifiedorder', kind: 'reset', when: 'after' });
    expect(await miniProgram.pay(orderNo)).toMatchObject({ status: 'PAID' });
    expect(await shop.paymentsOf(orderNo)).toHaveLength(1);
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

async function pagesIn(folder: string): Promise<string[]> {
  return (await readdir(folder)).filter((name) => name.endsWith('.md')).map((name) => join(folder, name));
}
