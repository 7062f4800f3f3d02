import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { MerchantServer } from '../support/merchant-server.js';
import { fromXml, hasValidSignature, OPENID, readRefundNotice } from '../support/signing.js';
import { V3Merchant } from '../support/v3-merchant.js';

/** One simulator, called by a v2 and a v3 client of the same merchant. */
let v2: MerchantServer;
let v3: V3Merchant;
beforeAll(async () => {
  v2 = await MerchantServer.start({ behaviours: { refundSpacingSeconds: 0 } });
  v3 = await V3Merchant.start({ sameAs: v2.wechat });
});
beforeEach(async () => {
  await v2.control('POST', '/reset');
  v2.notices.length = 0;
  v3.notices.length = 0;
});
afterAll(async () => {
  await v3.close();
  await v2.close();
});

describe('simulator: one trade book for v2 and v3', () => {
  it('answers the query of an order by either protocol, and marks who made it', async () => {
    const byV2 = await v2.createPaidOrder();
    const byV3 = await v3.createPaidOrder();
    expect((await v3.query(byV2.outTradeNo)).json).toMatchObject({
      trade_state: 'SUCCESS',
      transaction_id: byV2.transactionId,
      amount: { total: 1288 },
    });
    expect(await v2.query(byV3.outTradeNo)).toMatchObject({
      trade_state: 'SUCCESS',
      transaction_id: byV3.transactionId,
    });
    const protocols = (await v2.listItems('/orders')).map(({ protocol }) => protocol);
    expect(protocols).toEqual(['v2', 'v3']);
  });

  it('refunds an order of the other protocol, and answers the query of the refund by either', async () => {
    const byV2 = await v2.createPaidOrder();
    const byV3 = await v3.createPaidOrder();
    const { json } = await v3.refund(byV2.transactionId);
    expect(json).toMatchObject({ status: 'PROCESSING', out_trade_no: byV2.outTradeNo });
    const request = v2.buildRefund(byV3.outTradeNo, { transaction_id: byV3.transactionId, refund_fee: '500' });
    expect(await v2.refund(request)).toMatchObject({ result_code: 'SUCCESS' });
    const query = await v3.get(`/v3/refund/domestic/refunds/${String(request['out_refund_no'])}`);
    expect(query.json).toMatchObject({ out_trade_no: byV3.outTradeNo, amount: { refund: 500 } });
    const number = String(json['out_refund_no']);
    expect(await v2.call('refundquery', { out_refund_no: number })).toMatchObject({ out_refund_no_0: number });
  });

  it('refuses a close by the other protocol unless the behaviour allows it', async () => {
    const byV2 = await v2.placeOrder();
    const byV3 = await v3.placeOrder();
    expect((await v3.closeOrder(byV2.outTradeNo)).json['code']).toBe('INVALID_REQUEST');
    expect(await v2.closeOrder(byV3.outTradeNo)).toMatchObject({ err_code: 'INVALID_REQUEST' });
    await v2.setBehaviours({ crossProtocolClose: 'allow' });
    expect((await v3.closeOrder(byV2.outTradeNo)).status).toBe(204);
    expect(await v2.closeOrder(byV3.outTradeNo)).toMatchObject({ result_code: 'SUCCESS' });
  });

  it('refuses the number of an order of the other protocol', async () => {
    const byV2 = await v2.placeOrder();
    const again = await v3.post('/v3/pay/transactions/jsapi', v3.buildOrder({ out_trade_no: byV2.outTradeNo }));
    expect([again.status, again.json['code']]).toEqual([403, 'OUT_TRADE_NO_USED']);
    const byV3 = await v3.placeOrder();
    const other = v2.buildOrder({ out_trade_no: byV3.outTradeNo });
    expect(await v2.call('unifiedorder', other)).toMatchObject({ err_code_des: '201 商户订单号重复' });
  });

  it('notifies a payment in the format of the order', async () => {
    await v2.createPaidOrder({}, { notify: 'before-answer' });
    await v3.createPaidOrder({}, { notify: 'before-answer' });
    expect(hasValidSignature(await fromXml(v2.notices[0]?.body ?? ''))).toBe(true);
    expect(v3.contentOf(v3.notices[0] ?? { headers: {}, body: '' })).toMatchObject({ trade_state: 'SUCCESS' });
  });

  it('notifies a refund in the format of its request, and in that of v2 without a notify_url', async () => {
    await v2.setBehaviours({ refundNoticeBeforeAnswer: true });
    const byV2 = await v2.createPaidOrder();
    const byV3 = await v3.createPaidOrder();
    const { json } = await v3.refund(byV2.transactionId);
    expect(v3.contentOf(v3.notices[0] ?? { headers: {}, body: '' })).toMatchObject({ refund_id: json['refund_id'] });
    await v2.refund(v2.buildRefund(byV3.outTradeNo, { refund_fee: '500' }));
    expect(await readRefundNotice(v2.notices[0]?.body ?? '')).toMatchObject({ out_trade_no: byV3.outTradeNo });
    await v2.control('PUT', '/merchant', { refundNotifyUrl: v2.notifyUrl });
    const without = await v3.refund(byV3.transactionId, { notify_url: undefined });
    expect(await readRefundNotice(v2.notices[1]?.body ?? '')).toMatchObject({ refund_id: without.json['refund_id'] });
  });

  it('requires the arguments of the protocol that made the prepay_id', async () => {
    const byV2 = await v2.placeOrder();
    const byV3 = await v3.placeOrder();
    const pay = async (requestPayment: Record<string, string>): Promise<unknown> =>
      (await v2.control('POST', '/cashier/pay', { openid: OPENID, requestPayment })).body['reason'];
    expect(await pay(v3.requestPaymentFor(byV2.prepayId))).toBe('signType');
    expect(await pay(v2.requestPaymentFor(byV3.prepayId))).toBe('paySign');
  });
});
