import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Refund } from '../../src/refund/refund.entity.js';
import { TRADE_TYPES, type TradeType } from '../../src/wechat/wechat-pay.gateway.js';
import type { OrderJson, PayJson } from '../support/customer.js';
import { eventually } from '../support/eventually.js';
import { call } from '../support/http.js';
import { paidNotice } from '../support/paid-notice.js';
import { refundNotice } from '../support/refund-notice.js';
import { PRICE_FEN, RefundShop } from '../support/refund-shop.js';

/** What each way to pay hands to the client, by name. */
const HANDED: Record<TradeType, string[]> = {
  JSAPI: ['appId', 'nonceStr', 'package', 'packageValue', 'paySign', 'signType', 'timeStamp'],
  NATIVE: ['codeUrl'],
  APP: ['appid', 'noncestr', 'package', 'partnerid', 'prepayid', 'sign', 'timestamp'],
  MWEB: ['mwebUrl'],
};
/** Each of them once before another and once after. */
const CHANGES: [from: TradeType, to: TradeType][] = [
  ['JSAPI', 'APP'],
  ['APP', 'MWEB'],
  ['MWEB', 'NATIVE'],
  ['NATIVE', 'JSAPI'],
];
const PAIRS = TRADE_TYPES.flatMap((one, place) => TRADE_TYPES.slice(place + 1).map((other) => [one, other] as const));

let world: RefundShop;
let order: OrderJson;

/** One shop for all tests of a `describe`, each with an order of its own. */
function inOneShop(instances: number, environment: Record<string, string> = {}): void {
  beforeAll(async () => {
    world = await RefundShop.opens({ instances, environment });
  });
  beforeEach(async () => {
    order = await orders();
  });
  afterEach(async () => {
    await world.shop.wechat.recovers();
    await world.shop.wechat.behaves({ prepayIdOnReentry: 'same', refundEnds: 'SUCCESS' });
  });
  afterAll(() => world.shop.closes());
}
const orders = async (): Promise<OrderJson> =>
  world.alice.orders({ productId: await world.shop.sells({ priceFen: PRICE_FEN }) });
const statesAtWechat = async (): Promise<string[]> => {
  const payments = await world.shop.paymentsOf(order.orderNo);
  const { wechat } = world.shop;
  return Promise.all(payments.map(async ({ outTradeNo }) => (await wechat.order(outTradeNo)).trade_state));
};
const isPaid = (): Promise<void> =>
  eventually(async () => {
    expect(await world.alice.sees(order)).toMatchObject({ status: 'PAID', paidFen: PRICE_FEN });
  });

describe('the four ways to pay', () => {
  inOneShop(2);

  it.each(TRADE_TYPES)('%s is begun, repeated under one number, paid by a notice and given back', async (tradeType) => {
    const first = await world.alice.begins(order, tradeType);
    expect(Object.keys(first.requestPayment).sort()).toEqual(HANDED[tradeType]);
    const second = await world.alice.begins(order, tradeType);
    expect(second.outTradeNo).toBe(first.outTradeNo);
    expect(await world.alice.confirms(second)).toBe('requestPayment:ok');
    await isPaid();
    await world.getsBack(order);
    await world.passes({ minutes: 5 });
    expect(await world.alice.sees(order)).toMatchObject({ refundStatus: 'FULL', refundedFen: PRICE_FEN });
    expect(await world.ledgerOf(order)).toEqual({ paidFen: PRICE_FEN, refundedFen: PRICE_FEN, refunds: 1 });
  });

  it.each(['MD5', 'HMAC-SHA256'])('are all opened by what is handed out under %s', async (signType) => {
    await world.withAnother({ WECHAT_SIGN_TYPE: signType }, async (at) => {
      for (const tradeType of TRADE_TYPES) {
        const pay = await world.alice.triesToPay<PayJson>(await orders(), tradeType, at);
        expect([tradeType, await world.alice.confirms(pay.body)]).toEqual([tradeType, 'requestPayment:ok']);
      }
    });
  });

  it('follow each other: whoever changes their mind leaves one that can be paid', async () => {
    const begun: PayJson[] = [];
    for (const tradeType of ['JSAPI', 'APP', 'MWEB', 'NATIVE'] as const) {
      begun.push(await world.alice.begins(order, tradeType));
    }
    expect(new Set(begun.map(({ outTradeNo }) => outTradeNo)).size).toBe(4);
    expect(await statesAtWechat()).toEqual(['CLOSED', 'CLOSED', 'CLOSED', 'NOTPAY']);
    for (const closed of begun.slice(0, 3)) expect(await world.alice.confirms(closed)).toMatch(/^requestPayment:fail/);
    const [last] = begun.slice(3);
    expect(last && (await world.alice.confirms(last))).toBe('requestPayment:ok');
    await isPaid();
  });

  it.each(CHANGES)('let a payment by %s win the race against a change to %s', async (from, to) => {
    await world.alice.confirms(await world.alice.begins(order, from), { notify: 'lost' });
    expect(await world.alice.triesToPay(order, to)).toMatchObject({ status: 409, body: { code: 'ORDER_NOT_PAYABLE' } });
    await isPaid();
    expect(await world.shop.paymentsOf(order.orderNo)).toHaveLength(1);
  });

  it.each(PAIRS)('never leave two that can be paid: %s and %s at once', async (one, other) => {
    const wishes = Array.from({ length: 8 }, (_, n) => (n % 2 === 0 ? one : other));
    const replies = await Promise.all(wishes.map((wish, n) => world.alice.triesToPay<PayJson>(order, wish, n % 2)));
    for (const { status } of replies) expect([200, 409, 502]).toContain(status);
    const open = (await statesAtWechat()).filter((state) => state !== 'CLOSED');
    expect(open.length).toBeLessThanOrEqual(1);
    const pay = await eventually(() => world.alice.begins(order, one));
    expect(await world.alice.confirms(pay)).toBe('requestPayment:ok');
    await isPaid();
  });

  it.each(CHANGES)('give back what was paid by %s when it was closed for %s, which is paid too', async (from, to) => {
    const first = await world.alice.begins(order, from);
    await world.alice.confirms(first, { notify: 'lost' });
    await world.shop.forces(
      `UPDATE payments SET status = 'CLOSED', next_check_at = NULL WHERE out_trade_no = '${first.outTradeNo}'`,
    );
    expect(await world.alice.confirms(await world.alice.begins(order, to))).toBe('requestPayment:ok');
    await isPaid();
    await world.shop.wechat.notifies(first.outTradeNo);
    for (let round = 0; round < 3; round++) await world.passes({ minutes: 30 });
    const refunds = (await world.shop.first.all(Refund)).filter(({ orderNo }) => orderNo === order.orderNo);
    expect(refunds).toMatchObject([
      { kind: 'AUTOMATIC', status: 'SUCCEEDED', amountFen: PRICE_FEN, outTradeNo: first.outTradeNo },
    ]);
    expect(await world.ledgerOf(order)).toEqual({ paidFen: 2 * PRICE_FEN, refundedFen: PRICE_FEN, refunds: 1 });
  });

  describe('the page of a mobile browser', () => {
    const browses = (): Promise<PayJson> => world.alice.begins(order, 'MWEB');

    it('is a new one under the same number when WeChat makes one', async () => {
      await world.shop.wechat.behaves({ prepayIdOnReentry: 'new' });
      const old = await browses();
      await world.shop.wechat.passes({ minutes: 6 });
      expect(await world.alice.confirms(old)).toMatch(/^requestPayment:fail/);
      const fresh = await browses();
      expect(fresh.outTradeNo).toBe(old.outTradeNo);
      expect(fresh.requestPayment).not.toEqual(old.requestPayment);
      expect(await world.alice.confirms(fresh)).toBe('requestPayment:ok');
      await isPaid();
    });

    it('is a new one under a new number when WeChat answers with the dead one again', async () => {
      await world.shop.wechat.behaves({ prepayIdOnReentry: 'same' });
      const old = await browses();
      await world.shop.wechat.passes({ minutes: 6 });
      const fresh = await browses();
      expect(fresh.outTradeNo).not.toBe(old.outTradeNo);
      expect(await statesAtWechat()).toEqual(['CLOSED', 'NOTPAY']);
      expect(await world.alice.confirms(fresh)).toBe('requestPayment:ok');
      await isPaid();
    });

    it('is handed on while it lives when WeChat only fails to confirm it, and never when it may be dead', async () => {
      const old = await browses();
      await world.shop.wechat.fails({ endpoint: 'unifiedorder', kind: 'SYSTEMERROR', times: 2 });
      await world.shop.wechat.passes({ minutes: 3 });
      expect(await browses()).toEqual(old);
      await world.shop.wechat.passes({ minutes: 1, seconds: 1 });
      expect(await world.alice.triesToPay(order, 'MWEB')).toMatchObject({
        status: 502,
        body: { code: 'WECHAT_UNAVAILABLE', retryable: true },
      });
      expect(await world.alice.confirms(await browses())).toBe('requestPayment:ok');
    });
  });
});

describe('a payment in an app that has an appid of its own', () => {
  const here = 'wx8888888888888888';
  const inTheApp = 'wx7777777777777777';

  inOneShop(1, { WECHAT_MOBILE_APP_ID: inTheApp });

  const told = async (path: string, body: string): Promise<string> =>
    (await call<string>(`${world.shop.url}/wechat/notify/${path}`, { method: 'POST', body })).body;
  const begins = (): Promise<PayJson> => world.alice.begins(order, 'APP');
  const noticeOf = ({ outTradeNo }: PayJson, appid: string): string => {
    const transactionId = '4200002910202611211234567890';
    return paidNotice({ outTradeNo, transactionId, totalFee: PRICE_FEN, openid: 'oAnybody', appid });
  };
  const saidOf = async ({ outTradeNo }: PayJson, path: string): Promise<boolean[]> =>
    (await world.shop.wechat.messages(path, outTradeNo)).map(({ request }) => request.includes(inTheApp));

  it('is paid, asked about and given back under it', async () => {
    const pay = await begins();
    expect(pay.requestPayment).toMatchObject({ appid: inTheApp });
    expect(await world.alice.confirms(pay, { notify: 'lost' })).toBe('requestPayment:ok');
    expect((await world.alice.syncs(order)).body).toMatchObject({ status: 'PAID' });
    await world.getsBack(order);
    await world.passes({ minutes: 5 });
    expect(await world.alice.sees(order)).toMatchObject({ refundStatus: 'FULL' });
    for (const path of ['/pay/unifiedorder', '/pay/orderquery', '/secapi/pay/refund', '/pay/refundquery']) {
      expect([path, ...new Set(await saidOf(pay, path))]).toEqual([path, true]);
    }
  });

  it('is closed under it, and the mini-program goes on under its own', async () => {
    const closed = await begins();
    const pay = await world.alice.begins(order);
    expect(await saidOf(closed, '/pay/closeorder')).toEqual([true]);
    expect(await saidOf(pay, '/pay/closeorder')).toEqual([]);
    expect(pay.requestPayment).toMatchObject({ appId: here });
    expect(await world.alice.confirms(pay)).toBe('requestPayment:ok');
    await isPaid();
  });

  it('is proven by the word about that app alone', async () => {
    const pay = await begins();
    expect(await told('payment', noticeOf(pay, here))).toContain('FOREIGN_MERCHANT');
    expect(await world.alice.sees(order)).toMatchObject({ status: 'PENDING' });
    expect(await told('payment', noticeOf(pay, inTheApp))).toContain('SUCCESS');
    await isPaid();
    expect(await told('payment', noticeOf(pay, here))).toContain('FOREIGN_MERCHANT');
    const results = (await world.shop.eventsOf(pay.outTradeNo)).map(({ type, result }) => `${type} ${result}`);
    expect(results.filter((result) => result.startsWith('NOTICE'))).toEqual([
      'NOTICE FOREIGN_MERCHANT',
      'NOTICE APPLIED',
      'NOTICE FOREIGN_MERCHANT',
    ]);
  });

  it('goes on under it when the shop has another app by now', async () => {
    const pay = await begins();
    await world.withAnother({ WECHAT_MOBILE_APP_ID: here }, async (at) => {
      const again = await world.alice.triesToPay<PayJson>(order, 'APP', at);
      expect(again.body).toMatchObject({ outTradeNo: pay.outTradeNo, requestPayment: { appid: inTheApp } });
      expect(await world.alice.confirms(again.body)).toBe('requestPayment:ok');
      await isPaid();
    });
  });

  it('is not given back by a notice that names another app, and nobody is asked', async () => {
    const pay = await begins();
    await world.alice.confirms(pay);
    await isPaid();
    await world.shop.wechat.behaves({ refundEnds: 'PROCESSING' });
    const refund = await world.getsBack(order);
    const { wechatRefundId } = await world.deskSees(refund);
    const { transaction } = await world.shop.wechat.order(pay.outTradeNo);
    const facts = {
      ...{ outRefundNo: refund.refundNo, wechatRefundId: wechatRefundId ?? '', totalFee: PRICE_FEN },
      ...{ outTradeNo: pay.outTradeNo, transactionId: transaction?.transaction_id ?? '', refundFee: PRICE_FEN },
      status: 'SUCCESS',
    } as const;
    const asked = await world.timesAsked();
    expect(await told('refund', refundNotice(facts))).toContain('FOREIGN_MERCHANT');
    expect(await world.timesAsked()).toBe(asked);
    expect(await world.alice.seesRefund(refund)).toMatchObject({ status: 'PROCESSING' });
  });
});
