import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { MCH_ID } from '../support/signing.js';
import { type Json, V3Merchant } from '../support/v3-merchant.js';
import { waitFor } from '../support/wait-for.js';

let shop: V3Merchant;
beforeAll(async () => {
  shop = await V3Merchant.start();
});
beforeEach(() => shop.control('POST', '/reset'));
afterAll(() => shop.close());

const JSAPI = '/v3/pay/transactions/jsapi';
const exists = async (outTradeNo: unknown): Promise<boolean> =>
  (await shop.control('GET', `/orders/${String(outTradeNo)}`)).status === 200;

const isHit = async (outTradeNo: string, fault: string): Promise<boolean> => {
  const { body } = await shop.control('GET', `/messages?out_trade_no=${outTradeNo}`);
  return (body['items'] as Json[]).some((message) => message['fault'] === fault);
};

describe('simulator v3 faults: refusals', () => {
  it.each([
    ['SYSTEMERROR', {}, 500, 'SYSTEM_ERROR'],
    ['rate_limited', {}, 429, 'FREQUENCY_LIMITED'],
    ['err_code', { errCode: 'NO_AUTH' }, 403, 'NO_AUTH'],
    ['err_code', { errCode: 'BANKERROR' }, 500, 'BANKERROR'],
    ['err_code', { errCode: 'RULE_LIMIT', httpStatus: 400 }, 400, 'RULE_LIMIT'],
  ])('answer %s, signed, before and after the effect', async (kind, more, status, code) => {
    for (const when of ['before', 'after']) {
      await shop.addFault({ endpoint: 'unifiedorder', kind, when, ...more });
      const order = shop.buildOrder();
      const answer = await shop.post(JSAPI, order);
      expect([answer.status, answer.json['code'], shop.isSigned(answer)]).toEqual([status, code, true]);
      expect(await exists(order['out_trade_no'])).toBe(when === 'after');
    }
  });

  it('refuse a refund with 429 although it was accepted', async () => {
    const { transactionId } = await shop.createPaidOrder();
    await shop.addFault({ endpoint: 'refund', kind: 'rate_limited', when: 'after' });
    const refund = shop.buildRefund(transactionId);
    expect((await shop.post('/v3/refund/domestic/refunds', refund)).status).toBe(429);
    const query = await shop.get(`/v3/refund/domestic/refunds/${String(refund['out_refund_no'])}`);
    expect(query.json).toMatchObject({ status: 'PROCESSING' });
  });

  it('wait for the order or refund with their number', async () => {
    const { outTradeNo } = await shop.placeOrder();
    const other = await shop.placeOrder();
    await shop.addFault({ endpoint: 'orderquery', kind: 'SYSTEMERROR', out_trade_no: outTradeNo });
    expect((await shop.query(other.outTradeNo)).status).toBe(200);
    expect((await shop.query(outTradeNo)).status).toBe(500);
  });

  it('do not apply to a request that does not pass the checks', async () => {
    await shop.addFault({ endpoint: 'unifiedorder', kind: 'SYSTEMERROR' });
    expect((await shop.post(JSAPI, shop.buildOrder({ out_trade_no: '1' }))).status).toBe(400);
    expect((await shop.post(JSAPI, shop.buildOrder())).status).toBe(500);
  });
});

describe('simulator v3 faults: the connection', () => {
  it.each(['reset', 'timeout'])('%s after the effect loses only the answer', async (kind) => {
    await shop.addFault({ endpoint: 'closeorder', kind, when: 'after' });
    const { outTradeNo } = await shop.placeOrder();
    const lost = expect(shop.closeOrder(outTradeNo)).rejects.toThrow();
    await waitFor('the fault', () => isHit(outTradeNo, `${kind} after`));
    if (kind === 'timeout') await shop.control('DELETE', '/faults'); // ends the call, which would wait for its time limit
    await lost;
    expect((await shop.query(outTradeNo)).json).toMatchObject({ trade_state: 'CLOSED' });
  });

  it.each([
    ['http500', 500, ''],
    ['html', 502, '502 Bad Gateway'],
    ['html200', 200, '502 Bad Gateway'],
  ])('%s answers without a signature, before and after the effect', async (kind, status, text) => {
    for (const when of ['before', 'after']) {
      await shop.addFault({ endpoint: 'unifiedorder', kind, when });
      const order = shop.buildOrder();
      const answer = await shop.post(JSAPI, order);
      expect([answer.status, answer.headers['wechatpay-signature']]).toEqual([status, undefined]);
      expect(answer.text).toContain(text);
      expect(await exists(order['out_trade_no'])).toBe(when === 'after');
    }
  });

  it('stall before the effect delays the effect, and stall after it only the answer', async () => {
    for (const when of ['before', 'after']) {
      await shop.addFault({ endpoint: 'unifiedorder', kind: 'stall', when, delayMs: 600_000 });
      const order = shop.buildOrder();
      const answer = shop.post(JSAPI, order);
      const isFaultTaken = async (): Promise<boolean> =>
        ((await shop.control('GET', '/faults')).body['items'] as Json[]).length === 0;
      await waitFor('the fault', isFaultTaken);
      expect(await exists(order['out_trade_no'])).toBe(when === 'after');
      await shop.control('DELETE', '/faults'); // sends the delayed answer at once
      expect((await answer).status).toBe(200);
      expect(await exists(order['out_trade_no'])).toBe(true);
    }
  });

  it.each(['reset', 'timeout'])('%s before the effect prevents it', async (kind) => {
    await shop.addFault({ endpoint: 'unifiedorder', kind });
    const order = shop.buildOrder();
    const lost = expect(shop.post(JSAPI, order)).rejects.toThrow();
    await waitFor('the fault', () => isHit(String(order['out_trade_no']), `${kind} before`));
    if (kind === 'timeout') await shop.control('DELETE', '/faults');
    await lost;
    expect(await exists(order['out_trade_no'])).toBe(false);
  });

  it.each(['garbage', 'truncated'])('%s damages the body, so its signature is wrong', async (kind) => {
    const { outTradeNo } = await shop.placeOrder();
    await shop.addFault({ endpoint: 'orderquery', kind, when: 'after' });
    const url = `/v3/pay/transactions/out-trade-no/${outTradeNo}?mchid=${MCH_ID}`;
    await expect(shop.get(url).then((answer) => shop.isSigned(answer))).resolves.toBe(false);
  });
});

describe('simulator v3 faults: the signature', () => {
  it.each(['wrong_signature', 'no_signature', 'probe'])(
    '%s makes the answer invalid after the effect',
    async (kind) => {
      await shop.addFault({ endpoint: 'unifiedorder', kind });
      const order = shop.buildOrder();
      const answer = await shop.post(JSAPI, order);
      expect([answer.status, shop.isSigned(answer)]).toEqual([200, false]);
      expect(await exists(order['out_trade_no'])).toBe(true);
    },
  );

  it('wrong_serial names an unknown key, and stale_timestamp is 10 minutes old', async () => {
    await shop.addFault({ endpoint: 'unifiedorder', kind: 'wrong_serial' });
    const serial = await shop.post(JSAPI, shop.buildOrder());
    expect(serial.headers['wechatpay-serial']).toBe(`PUB_KEY_ID_${'0'.repeat(34)}`);
    await shop.addFault({ endpoint: 'unifiedorder', kind: 'stale_timestamp' });
    const stale = await shop.post(JSAPI, shop.buildOrder());
    const ageS = shop.wechat.clock.now().getTime() / 1000 - Number(stale.headers['wechatpay-timestamp']);
    expect([ageS >= 600, shop.isSigned(stale)]).toEqual([true, true]);
  });

  it('doctype puts a document type before the JSON, validly signed, and other_appid changes the appid of a query', async () => {
    await shop.addFault({ endpoint: 'unifiedorder', kind: 'doctype' });
    const answer = await shop.post(JSAPI, shop.buildOrder());
    expect([answer.text.slice(0, 10), shop.isSigned(answer)]).toEqual(['<!DOCTYPE ', true]);
    const { outTradeNo } = await shop.placeOrder();
    await shop.addFault({ endpoint: 'orderquery', kind: 'other_appid' });
    expect((await shop.query(outTradeNo)).json).toMatchObject({ appid: 'wx0123456789abcdef' });
  });

  it('echo_other_order answers with the numbers of another order, validly signed', async () => {
    const other = await shop.placeOrder();
    const { outTradeNo } = await shop.placeOrder();
    await shop.addFault({ endpoint: 'orderquery', kind: 'echo_other_order' });
    const answer = await shop.query(outTradeNo);
    expect([answer.json['out_trade_no'], shop.isSigned(answer)]).toEqual([other.outTradeNo, true]);
  });
});
