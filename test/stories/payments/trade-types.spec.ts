import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Refund } from '../../../src/refund/refund.entity.js';
import { TRADE_TYPES, type TradeType } from '../../../src/wechat/pay/payment-types.js';
import type { OrderJson, PayJson } from '../../support/clients/test-buyer.js';
import { eventually } from '../../support/eventually.js';
import { sendRequest } from '../../../tools/client/http.js';
import { buildPaidNotice } from '../../support/wechat/paid-notice.js';
import { buildRefundNotice } from '../../support/wechat/refund-notice.js';
import { byProtocol, type PayOperation } from '../../support/wechat/pay-protocol.js';
import { PRICE_FEN, RefundFixture } from '../../support/fixtures/refund-fixture.js';

/** Names of the parameters that each trade type returns to the client. */
const PARAMETER_NAMES: Record<TradeType, string[]> = {
  JSAPI: ['appId', 'nonceStr', 'package', 'packageValue', 'paySign', 'signType', 'timeStamp'],
  NATIVE: ['codeUrl'],
  APP: ['appid', 'noncestr', 'package', 'partnerid', 'prepayid', 'sign', 'timestamp'],
  MWEB: ['mwebUrl'],
};
/** Each trade type occurs once as the first and once as the second. */
const CHANGES: [from: TradeType, to: TradeType][] = [
  ['JSAPI', 'APP'],
  ['APP', 'MWEB'],
  ['MWEB', 'NATIVE'],
  ['NATIVE', 'JSAPI'],
];
const PAIRS = TRADE_TYPES.flatMap((one, place) => TRADE_TYPES.slice(place + 1).map((other) => [one, other] as const));

let fixture: RefundFixture;
let order: OrderJson;

/** Opens one shop for all tests of a `describe`. Each test has its own order. */
function useSharedShop(instances: number, environment: Record<string, string> = {}): void {
  beforeAll(async () => {
    fixture = await RefundFixture.open({ instances, environment });
  });
  beforeEach(async () => {
    order = await createOrder();
  });
  afterEach(async () => {
    await fixture.shop.wechat.clearFaults();
    await fixture.shop.wechat.setBehaviours({ prepayIdOnReentry: 'same', refundEnds: 'SUCCESS' });
  });
  afterAll(() => fixture.shop.close());
}
const createOrder = async (): Promise<OrderJson> =>
  fixture.alice.createOrder({ productId: await fixture.shop.createProduct({ priceFen: PRICE_FEN }) });
const getStatesAtWechat = async (): Promise<string[]> => {
  const payments = await fixture.shop.getPayments(order.orderNo);
  const { wechat } = fixture.shop;
  return Promise.all(payments.map(async ({ outTradeNo }) => (await wechat.getOrder(outTradeNo)).trade_state));
};
const expectPaid = (): Promise<void> =>
  eventually(async () => {
    expect(await fixture.alice.getOrder(order)).toMatchObject({ status: 'PAID', paidFen: PRICE_FEN });
  });

const startMwebPayment = (): Promise<PayJson> => fixture.alice.startPayment(order, 'MWEB');

describe('trade types', () => {
  useSharedShop(2);

  it.each(TRADE_TYPES)(
    '%s: the payment is started, repeated under one number, confirmed by a notice and refunded',
    async (tradeType) => {
      const first = await fixture.alice.startPayment(order, tradeType);
      expect(Object.keys(first.requestPayment).sort()).toEqual(PARAMETER_NAMES[tradeType]);
      const second = await fixture.alice.startPayment(order, tradeType);
      expect(second.outTradeNo).toBe(first.outTradeNo);
      expect(await fixture.alice.confirmPayment(second)).toBe('requestPayment:ok');
      await expectPaid();
      await fixture.createApprovedRefund(order);
      await fixture.runJobsAfter({ minutes: 5 });
      expect(await fixture.alice.getOrder(order)).toMatchObject({ refundStatus: 'FULL', refundedFen: PRICE_FEN });
      expect(await fixture.getLedger(order)).toEqual({ paidFen: PRICE_FEN, refundedFen: PRICE_FEN, refunds: 1 });
    },
  );

  it.each(['MD5', 'HMAC-SHA256'])(
    '%s: the parameters of every trade type are accepted by the client',
    async (signType) => {
      await fixture.withExtraInstance({ WECHAT_PAY_PROTOCOL: 'v2', WECHAT_SIGN_TYPE: signType }, async (at) => {
        for (const tradeType of TRADE_TYPES) {
          const pay = await fixture.alice.tryStartPayment<PayJson>(await createOrder(), tradeType, at);
          expect([tradeType, await fixture.alice.confirmPayment(pay.body)]).toEqual([tradeType, 'requestPayment:ok']);
        }
      });
    },
  );

  it('changing the trade type closes the earlier attempts and leaves one that can be paid', async () => {
    const begun: PayJson[] = [];
    for (const tradeType of ['JSAPI', 'APP', 'MWEB', 'NATIVE'] as const) {
      begun.push(await fixture.alice.startPayment(order, tradeType));
    }
    expect(new Set(begun.map(({ outTradeNo }) => outTradeNo)).size).toBe(4);
    expect(await getStatesAtWechat()).toEqual(['CLOSED', 'CLOSED', 'CLOSED', 'NOTPAY']);
    for (const closed of begun.slice(0, 3))
      expect(await fixture.alice.confirmPayment(closed)).toMatch(/^requestPayment:fail/);
    const [last] = begun.slice(3);
    expect(last && (await fixture.alice.confirmPayment(last))).toBe('requestPayment:ok');
    await expectPaid();
  });

  it.each(CHANGES)('after a payment by %s, a change to %s is rejected with ORDER_NOT_PAYABLE', async (from, to) => {
    await fixture.alice.confirmPayment(await fixture.alice.startPayment(order, from), { notify: 'lost' });
    expect(await fixture.alice.tryStartPayment(order, to)).toMatchObject({
      status: 409,
      body: { code: 'ORDER_NOT_PAYABLE' },
    });
    await expectPaid();
    expect(await fixture.shop.getPayments(order.orderNo)).toHaveLength(1);
  });

  it.each(PAIRS)('concurrent calls with %s and %s leave at most one attempt that can be paid', async (one, other) => {
    const tradeTypes = Array.from({ length: 8 }, (_, n) => (n % 2 === 0 ? one : other));
    const replies = await Promise.all(
      tradeTypes.map((tradeType, n) => fixture.alice.tryStartPayment<PayJson>(order, tradeType, n % 2)),
    );
    for (const { status } of replies) expect([200, 409, 502]).toContain(status);
    const open = (await getStatesAtWechat()).filter((state) => state !== 'CLOSED');
    expect(open.length).toBeLessThanOrEqual(1);
    const pay = await eventually(() => fixture.alice.startPayment(order, one));
    expect(await fixture.alice.confirmPayment(pay)).toBe('requestPayment:ok');
    await expectPaid();
  });

  it.each(CHANGES)(
    'a payment by %s is refunded when its attempt was closed for %s and both are paid',
    async (from, to) => {
      const first = await fixture.alice.startPayment(order, from);
      await fixture.alice.confirmPayment(first, { notify: 'lost' });
      await fixture.shop.rawUpdate(
        `UPDATE payments SET status = 'CLOSED', next_check_at = NULL WHERE out_trade_no = '${first.outTradeNo}'`,
      );
      expect(await fixture.alice.confirmPayment(await fixture.alice.startPayment(order, to))).toBe('requestPayment:ok');
      await expectPaid();
      await fixture.shop.wechat.sendPaymentNotice(first.outTradeNo);
      for (let round = 0; round < 3; round++) await fixture.runJobsAfter({ minutes: 30 });
      const refunds = (await fixture.shop.firstInstance.findAll(Refund)).filter(
        ({ orderNo }) => orderNo === order.orderNo,
      );
      expect(refunds).toMatchObject([
        { kind: 'AUTOMATIC', status: 'SUCCEEDED', amountFen: PRICE_FEN, outTradeNo: first.outTradeNo },
      ]);
      expect(await fixture.getLedger(order)).toEqual({ paidFen: 2 * PRICE_FEN, refundedFen: PRICE_FEN, refunds: 1 });
    },
  );

  describe('trade types: MWEB page', () => {
    it('a repetition returns a new page under the same number when WeChat creates one', async () => {
      await fixture.shop.wechat.setBehaviours({ prepayIdOnReentry: 'new' });
      const oldPay = await startMwebPayment();
      await fixture.shop.wechat.advanceTime({ minutes: 6 });
      expect(await fixture.alice.confirmPayment(oldPay)).toMatch(/^requestPayment:fail/);
      const newPay = await startMwebPayment();
      expect(newPay.outTradeNo).toBe(oldPay.outTradeNo);
      expect(newPay.requestPayment).not.toEqual(oldPay.requestPayment);
      expect(await fixture.alice.confirmPayment(newPay)).toBe('requestPayment:ok');
      await expectPaid();
    });

    it('an unconfirmed repetition returns the earlier page only while it is surely valid', async () => {
      const oldPay = await startMwebPayment();
      await fixture.shop.wechat.failNext({ endpoint: 'unifiedorder', kind: 'SYSTEMERROR', times: 2 });
      await fixture.shop.wechat.advanceTime({ minutes: 3 });
      expect(await startMwebPayment()).toEqual(oldPay);
      await fixture.shop.wechat.advanceTime({ minutes: 1, seconds: 1 });
      expect(await fixture.alice.tryStartPayment(order, 'MWEB')).toMatchObject({
        status: 502,
        body: { code: 'WECHAT_UNAVAILABLE', retryable: true },
      });
      expect(await fixture.alice.confirmPayment(await startMwebPayment())).toBe('requestPayment:ok');
    });
  });
});

const miniProgramAppid = 'wx8888888888888888';
const mobileAppid = 'wx7777777777777777';
const startAppPayment = (): Promise<PayJson> => fixture.alice.startPayment(order, 'APP');

/** v3 always returns a new page. */
describe('trade types: MWEB page of v2', () => {
  useSharedShop(1, { WECHAT_PAY_PROTOCOL: 'v2' });

  it('a repetition uses a new number when WeChat returns the expired page again', async () => {
    await fixture.shop.wechat.setBehaviours({ prepayIdOnReentry: 'same' });
    const oldPay = await startMwebPayment();
    await fixture.shop.wechat.advanceTime({ minutes: 6 });
    const newPay = await startMwebPayment();
    expect(newPay.outTradeNo).not.toBe(oldPay.outTradeNo);
    expect(await getStatesAtWechat()).toEqual(['CLOSED', 'NOTPAY']);
    expect(await fixture.alice.confirmPayment(newPay)).toBe('requestPayment:ok');
    await expectPaid();
  });
});

describe('trade types: APP with its own appid', () => {
  useSharedShop(1, { WECHAT_MOBILE_APP_ID: mobileAppid });

  const usesMobileAppid = async ({ outTradeNo }: PayJson, operation: PayOperation): Promise<boolean[]> =>
    (await fixture.shop.wechat.getPayCalls(operation, outTradeNo)).map(({ request }) => request.includes(mobileAppid));

  /** v3 names the appid only when a payment begins. */
  const NAMES_APPID = byProtocol({ v2: true, v3: false });

  it('payment, query and refund use the appid of the app', async () => {
    const pay = await startAppPayment();
    expect(pay.requestPayment).toMatchObject({ appid: mobileAppid });
    expect(await fixture.alice.confirmPayment(pay, { notify: 'lost' })).toBe('requestPayment:ok');
    expect((await fixture.alice.syncOrder(order)).body).toMatchObject({ status: 'PAID' });
    await fixture.createApprovedRefund(order);
    await fixture.runJobsAfter({ minutes: 5 });
    expect(await fixture.alice.getOrder(order)).toMatchObject({ refundStatus: 'FULL' });
    expect(new Set(await usesMobileAppid(pay, 'prepay'))).toEqual(new Set([true]));
    for (const operation of ['query', 'refund', 'refund-query'] as const)
      expect([operation, ...new Set(await usesMobileAppid(pay, operation))]).toEqual([operation, NAMES_APPID]);
  });

  it('close uses the appid of the app, and the mini-program uses its own', async () => {
    const closed = await startAppPayment();
    const pay = await fixture.alice.startPayment(order);
    expect(await usesMobileAppid(closed, 'close')).toEqual([NAMES_APPID]);
    expect(await usesMobileAppid(pay, 'close')).toEqual([]);
    expect(pay.requestPayment).toMatchObject({ appId: miniProgramAppid });
    expect(await fixture.alice.confirmPayment(pay)).toBe('requestPayment:ok');
    await expectPaid();
  });

  it('a started payment keeps its appid when the configured appid changes', async () => {
    const pay = await startAppPayment();
    await fixture.withExtraInstance({ WECHAT_MOBILE_APP_ID: miniProgramAppid }, async (at) => {
      const again = await fixture.alice.tryStartPayment<PayJson>(order, 'APP', at);
      expect(again.body).toMatchObject({ outTradeNo: pay.outTradeNo, requestPayment: { appid: mobileAppid } });
      expect(await fixture.alice.confirmPayment(again.body)).toBe('requestPayment:ok');
      await expectPaid();
    });
  });
});

/** Notices that this test builds itself. Those of v3 are in v3-notices.spec.ts; its refund notices name no appid. */
describe('trade types: notices of v2 for APP with its own appid', () => {
  useSharedShop(1, { WECHAT_MOBILE_APP_ID: mobileAppid, WECHAT_PAY_PROTOCOL: 'v2' });

  const post = async (path: string, body: string): Promise<string> =>
    (await sendRequest<string>(`${fixture.shop.url}/wechat/notify/${path}`, { method: 'POST', body })).body;
  const noticeOf = ({ outTradeNo }: PayJson, appid: string): string => {
    const transactionId = '4200002910202611211234567890';
    return buildPaidNotice({ outTradeNo, transactionId, totalFee: PRICE_FEN, openid: 'oAnybody', appid });
  };

  it('only a notice with the appid of the app confirms the payment', async () => {
    const pay = await startAppPayment();
    expect(await post('payment', noticeOf(pay, miniProgramAppid))).toContain('FOREIGN_MERCHANT');
    expect(await fixture.alice.getOrder(order)).toMatchObject({ status: 'PENDING' });
    expect(await post('payment', noticeOf(pay, mobileAppid))).toContain('SUCCESS');
    await expectPaid();
    expect(await post('payment', noticeOf(pay, miniProgramAppid))).toContain('FOREIGN_MERCHANT');
    const results = (await fixture.shop.getEvents(pay.outTradeNo)).map(({ type, result }) => `${type} ${result}`);
    expect(results.filter((result) => result.startsWith('NOTICE'))).toEqual([
      'NOTICE FOREIGN_MERCHANT',
      'NOTICE APPLIED',
      'NOTICE FOREIGN_MERCHANT',
    ]);
  });

  it('a refund notice with another appid is rejected without a query', async () => {
    const pay = await startAppPayment();
    await fixture.alice.confirmPayment(pay);
    await expectPaid();
    await fixture.shop.wechat.setBehaviours({ refundEnds: 'PROCESSING' });
    const refund = await fixture.createApprovedRefund(order);
    const { wechatRefundId } = await fixture.getAdminRefund(refund);
    const { transaction } = await fixture.shop.wechat.getOrder(pay.outTradeNo);
    const input = {
      outRefundNo: refund.refundNo,
      wechatRefundId: wechatRefundId ?? '',
      totalFee: PRICE_FEN,
      outTradeNo: pay.outTradeNo,
      transactionId: transaction?.transaction_id ?? '',
      refundFee: PRICE_FEN,
      status: 'SUCCESS',
    } as const;
    const queriesBefore = await fixture.countRefundQueries();
    expect(await post('refund', buildRefundNotice(input))).toContain('FOREIGN_MERCHANT');
    expect(await fixture.countRefundQueries()).toBe(queriesBefore);
    expect(await fixture.alice.getRefund(refund)).toMatchObject({ status: 'PROCESSING' });
  });
});
