import { createCipheriv } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { request } from 'undici';
import type { OrderJson, PayJson, TestBuyer } from '../../support/clients/test-buyer.js';
import { openTestShop, type TestShop } from '../../support/test-shop.js';
import { signAsWechat } from '../../support/wechat/stub-v3-server.js';
import { V3_SETTINGS } from '../../support/wechat/v3-provider-fixture.js';
import { VECTORS } from '../../vectors/v3/vectors.js';

const { WECHAT_API_V3_KEY, WECHAT_PAY_PUBLIC_KEY_BASE64, WECHAT_PAY_PUBLIC_KEY_ID } = V3_SETTINGS;
const KEYS = { WECHAT_API_V3_KEY, WECHAT_PAY_PUBLIC_KEY_BASE64, WECHAT_PAY_PUBLIC_KEY_ID };
/** Payments begin with v2, because the simulator would refuse the keys of this test in calls of v3. */
const ENVIRONMENT = {
  ...KEYS,
  WECHAT_PAY_PROTOCOL: 'v2',
  WECHAT_MOBILE_APP_ID: 'wx7777777777777777',
  SESSION_TTL_SECONDS: '2592000',
};
const APP_ID = 'wx8888888888888888';

interface Reply {
  status: number;
  body: string;
}

/** The notices are signed with a key of this test, so that it can sign what WeChat would never send. */
describe('payment notices of API v3', () => {
  let shop: TestShop;
  let alice: TestBuyer;
  let tea: string;

  beforeAll(async () => {
    shop = await openTestShop({ instances: 2, environment: ENVIRONMENT });
    alice = await shop.createUser('alice');
    tea = await shop.createProduct({ priceFen: 1500, stock: 1000 });
  });
  afterAll(() => shop.close());

  /** An open payment. Its channel is set by hand, because the simulator signs with another key than this test. */
  async function openPayment(
    channel = 'wechat-v3',
    tradeType: 'JSAPI' | 'APP' = 'JSAPI',
  ): Promise<{ order: OrderJson; outTradeNo: string; pay: PayJson }> {
    const order = await alice.createOrder({ productId: tea });
    const pay = await alice.startPayment(order, tradeType);
    const { outTradeNo } = pay;
    await shop.rawUpdate(`UPDATE payments SET channel = '${channel}' WHERE out_trade_no = '${outTradeNo}'`);
    return { order, outTradeNo, pay };
  }

  const paidText = (outTradeNo: string, changes: object = {}): string =>
    JSON.stringify({
      mchid: VECTORS.mchid,
      appid: APP_ID,
      out_trade_no: outTradeNo,
      transaction_id: `42000${outTradeNo}`.slice(0, 32),
      trade_type: 'JSAPI',
      trade_state: 'SUCCESS',
      success_time: '2026-12-23T12:28:40+08:00',
      amount: { total: 1500, payer_total: 1400, currency: 'CNY' },
      ...changes,
    });

  function encrypt(plain: string): string {
    const cipher = createCipheriv('aes-256-gcm', WECHAT_API_V3_KEY, 'hJ4rT8uN2bYc');
    cipher.setAAD(Buffer.from('transaction'));
    return Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]).toString('base64');
  }

  const bodyOf = (plain: string): string =>
    JSON.stringify({
      id: '91d25443-05cc-5b62-b1ae-6ac9bc7a0d3d',
      create_time: '2026-12-23T12:28:41+08:00',
      resource_type: 'encrypt-resource',
      event_type: 'TRANSACTION.SUCCESS',
      summary: '支付成功',
      resource: {
        original_type: 'transaction',
        algorithm: 'AEAD_AES_256_GCM',
        ciphertext: encrypt(plain),
        associated_data: 'transaction',
        nonce: 'hJ4rT8uN2bYc',
      },
    });

  async function send(body: string, headers: object = signAsWechat(body, shop.wechat.now()), at = 0): Promise<Reply> {
    const url = `${shop.instances[at]?.url ?? ''}/wechat/notify/v3/payment`;
    const response = await request(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
    });
    return { status: response.statusCode, body: await response.body.text() };
  }

  const rejection = (status: number, message: string) => ({ status, body: JSON.stringify({ code: 'FAIL', message }) });

  it('applies a payment once, however often and wherever its notice comes, and answers 204 each time', async () => {
    const { order, outTradeNo } = await openPayment();
    const body = bodyOf(paidText(outTradeNo));
    const replies = await Promise.all(Array.from({ length: 10 }, (_, index) => send(body, undefined, index % 2)));
    expect(replies).toEqual(Array.from({ length: 10 }, () => ({ status: 204, body: '' })));
    expect(await alice.getOrder(order)).toMatchObject({ status: 'PAID', paidFen: 1500 });
    const results = (await shop.getEvents(outTradeNo))
      .filter(({ type }) => type === 'NOTICE')
      .map(({ result }) => result);
    expect(results.filter((result) => result === 'APPLIED')).toHaveLength(1);
  });

  it.each([
    ['another amount', { amount: { total: 1, currency: 'CNY' } }, rejection(422, 'AMOUNT_MISMATCH')],
    ['another app', { appid: 'wx6666666666666666' }, rejection(422, 'FOREIGN_MERCHANT')],
    ['another merchant', { mchid: '1900000110' }, rejection(403, 'FOREIGN_MERCHANT')],
    ['another currency', { amount: { total: 1500, currency: 'USD' } }, rejection(422, 'FOREIGN_CURRENCY')],
    ['another state', { trade_state: 'REFUND' }, rejection(400, 'MALFORMED')],
    ['an amount that is a text', { amount: { total: '1500' } }, rejection(400, 'MALFORMED')],
    ['an unknown number', { out_trade_no: 'T20260921000001' }, rejection(422, 'PAYMENT_UNKNOWN')],
  ])('rejects %s, and the order stays PENDING', async (_name, changes, expected) => {
    const { order, outTradeNo } = await openPayment();
    const reply = await send(bodyOf(paidText(outTradeNo, changes)));
    expect(reply.body).toBe(expected.body);
    expect(reply.status).toBeGreaterThanOrEqual(400);
    expect(await alice.getOrder(order)).toMatchObject({ status: 'PENDING', paidFen: 0 });
    expect(await send(bodyOf(paidText(outTradeNo)))).toMatchObject({ status: 204 });
  });

  it('rejects a wrong signature, an old one, an unknown key, missing and repeated headers with 401', async () => {
    const { order, outTradeNo } = await openPayment();
    const body = bodyOf(paidText(outTradeNo));
    const now = shop.wechat.now();
    const right = signAsWechat(body, now);
    const { 'wechatpay-nonce': nonce = '', 'wechatpay-signature': signature = '', ...others } = right;
    for (const [headers, message] of [
      [signAsWechat(`${body} `, now), 'BAD_SIGNATURE'],
      [signAsWechat(body, new Date(now.getTime() - 301_000)), 'STALE'],
      [signAsWechat(body, new Date(now.getTime() + 301_000)), 'STALE'],
      [{ ...right, 'wechatpay-serial': 'PUB_KEY_ID_0000000000000000000000000000000000' }, 'UNKNOWN_KEY'],
      [{}, 'BAD_SIGNATURE'],
      [{ ...others, 'wechatpay-signature': signature }, 'BAD_SIGNATURE'],
      [{ ...right, 'wechatpay-nonce': [nonce, nonce] }, 'BAD_SIGNATURE'],
      [{ ...right, 'wechatpay-signature': [signature, signature] }, 'BAD_SIGNATURE'],
      [{ ...right, 'wechatpay-signature': `${signature.slice(0, -2)}*=` }, 'BAD_SIGNATURE'],
      [{ ...right, 'wechatpay-signature': 'A'.repeat(8000) }, 'BAD_SIGNATURE'],
    ] as const)
      expect(await send(body, headers)).toEqual(rejection(401, message));
    expect(await alice.getOrder(order)).toMatchObject({ status: 'PENDING' });
    expect(await send(body)).toMatchObject({ status: 204 });
  });

  it('refuses a signature probe with 401, counts it, and logs no warning or error', async () => {
    const { outTradeNo } = await openPayment();
    const body = bodyOf(paidText(outTradeNo));
    const headers = { ...signAsWechat(body, shop.wechat.now()), 'wechatpay-signature': VECTORS.answers.V16.signature };
    expect(await send(body, headers)).toEqual(rejection(401, 'SIGNATURE_PROBE'));
    const metrics = await request(`${shop.url}/metrics`);
    expect(await metrics.body.text()).toMatch(
      /wx_checkout_notices_total\{[^}]*kind="payment"[^}]*result="SIGNATURE_PROBE"[^}]*\} 1/,
    );
  });

  it('rejects a huge body, other formats, and a notice for a payment of v2', async () => {
    const { outTradeNo, order } = await openPayment('wechat-v2');
    expect(await send(bodyOf(paidText(outTradeNo)))).toEqual(rejection(403, 'FOREIGN_MERCHANT'));
    expect(await send('x'.repeat(200_000), {})).toEqual(rejection(413, 'TOO_LARGE'));
    expect(await send('<xml></xml>')).toEqual(rejection(400, 'MALFORMED'));
    expect(await alice.getOrder(order)).toMatchObject({ status: 'PENDING' });
  });

  it('confirms a payment in the app only with the appid of the app', async () => {
    const { outTradeNo, order } = await openPayment('wechat-v3', 'APP');
    expect(await send(bodyOf(paidText(outTradeNo)))).toMatchObject({ body: rejection(403, 'FOREIGN_MERCHANT').body });
    expect(await alice.getOrder(order)).toMatchObject({ status: 'PENDING', paidFen: 0 });
    const appid = ENVIRONMENT.WECHAT_MOBILE_APP_ID;
    expect(await send(bodyOf(paidText(outTradeNo, { appid })))).toMatchObject({ status: 204 });
    expect(await alice.getOrder(order)).toMatchObject({ status: 'PAID' });
  });

  it('rejects the transaction of another payment, and the order stays PENDING', async () => {
    const paid = await openPayment();
    const transaction_id = '4200009999202609210000000099';
    expect(await send(bodyOf(paidText(paid.outTradeNo, { transaction_id })))).toMatchObject({ status: 204 });
    const { order, outTradeNo } = await openPayment();
    const reply = await send(bodyOf(paidText(outTradeNo, { transaction_id })));
    expect(reply).toEqual(rejection(422, 'TRANSACTION_MISMATCH'));
    expect(await alice.getOrder(order)).toMatchObject({ status: 'PENDING', paidFen: 0 });
  });

  it('refuses the notice of v2 for a payment of v3', async () => {
    const { outTradeNo, order, pay } = await openPayment();
    await shop.wechat.failNext({ endpoint: 'notice', kind: 'lose' });
    expect(await alice.confirmPayment(pay)).toBe('requestPayment:ok');
    const [reply] = await shop.wechat.sendPaymentNotice(outTradeNo);
    expect(reply).toMatchObject({ isAccepted: false, reply: expect.stringContaining('FOREIGN_MERCHANT') });
    expect(await alice.getOrder(order)).toMatchObject({ status: 'PENDING' });
  });
});
