import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { encryptOaep, Json, V3Merchant } from '../support/v3-merchant.js';

let shop: V3Merchant;
beforeAll(async () => {
  shop = await V3Merchant.start({ behaviours: { varyShape: false, unknownField: false, refundSpacingSeconds: 0 } });
});
beforeEach(() => shop.control('POST', '/reset'));
afterAll(() => shop.close());

const REFUNDS = '/v3/refund/domestic/refunds';
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00$/;

describe('simulator v3: refunds', () => {
  it('accepts a refund, answers it as PROCESSING, and reports the success by the query', async () => {
    const { outTradeNo, transactionId } = await shop.createPaidOrder({}, { couponFen: 288, couponType: 'NO_CASH' });
    const refund = shop.buildRefund(transactionId, { reason: '七天无理由' });
    const answer = await shop.post(REFUNDS, refund);
    expect(answer.status).toBe(200);
    expect(shop.isSigned(answer)).toBe(true);
    expect(answer.json).toEqual({
      amount: {
        currency: 'CNY',
        discount_refund: 111,
        from: [],
        payer_refund: 389,
        payer_total: 1000,
        refund: 500,
        settlement_refund: 389,
        settlement_total: 1000,
        total: 1288,
      },
      channel: 'ORIGINAL',
      create_time: expect.stringMatching(TIME),
      funds_account: 'AVAILABLE',
      out_refund_no: refund['out_refund_no'],
      out_trade_no: outTradeNo,
      promotion_detail: [expect.objectContaining({ type: 'NOCASH', amount: 288, refund_amount: 111 })],
      refund_id: expect.stringMatching(/^\d{29}$/),
      status: 'PROCESSING',
      transaction_id: transactionId,
      user_received_account: '支付用户零钱',
    });
    await shop.advanceClock(3);
    const query = await shop.get(`${REFUNDS}/${String(refund['out_refund_no'])}`);
    expect(query.json).toMatchObject({ status: 'SUCCESS', success_time: expect.stringMatching(TIME) });
    expect((await shop.query(outTradeNo)).json).toMatchObject({ trade_state: 'REFUND' });
  });

  it('answers the same refund to the same request, and pays it once', async () => {
    const { transactionId } = await shop.createPaidOrder();
    const refund = shop.buildRefund(transactionId);
    const [first, again] = [await shop.post(REFUNDS, refund), await shop.post(REFUNDS, refund)];
    expect(again.json['refund_id']).toBe(first.json['refund_id']);
    const { body } = await shop.control('GET', '/refunds');
    expect(body['items']).toHaveLength(1);
  });

  it.each<[string, (refund: Json) => Json, number, string, string]>([
    [
      'an unknown order',
      () => ({ transaction_id: '4200000000000000000000000000' }),
      404,
      'RESOURCE_NOT_EXISTS',
      '订单不存在',
    ],
    [
      'another total',
      () => ({ amount: { refund: 1, total: 1287, currency: 'CNY' } }),
      400,
      'INVALID_REQUEST',
      '与订单信息不一致',
    ],
    [
      'too much',
      () => ({ amount: { refund: 1289, total: 1288, currency: 'CNY' } }),
      400,
      'INVALID_REQUEST',
      '超过订单可退金额',
    ],
    ['a missing currency', () => ({ amount: { refund: 1, total: 1288 } }), 400, 'PARAM_ERROR', '/body/amount/currency'],
    ['no order number', () => ({ transaction_id: undefined }), 400, 'PARAM_ERROR', '/body/out_trade_no'],
    ['an attach', () => ({ attach: 'x' }), 400, 'PARAM_ERROR', '非法的额外参数'],
  ])('refuses %s', async (_name, changes, status, code, message) => {
    const { transactionId } = await shop.createPaidOrder();
    const refund = shop.buildRefund(transactionId);
    const answer = await shop.post(REFUNDS, { ...refund, ...changes(refund) });
    expect([answer.status, answer.json['code']]).toEqual([status, code]);
    expect(answer.json['message']).toContain(message);
    expect(shop.isSigned(answer)).toBe(true);
  });

  it('refuses a used number for another amount or another order, and an order without anything left', async () => {
    const { transactionId } = await shop.createPaidOrder();
    const other = await shop.createPaidOrder();
    const refund = shop.buildRefund(transactionId);
    await shop.post(REFUNDS, refund);
    const amount = await shop.post(REFUNDS, { ...refund, amount: { refund: 1, total: 1288, currency: 'CNY' } });
    expect(amount.json['message']).toContain('与之前请求不一致');
    const order = await shop.post(REFUNDS, { ...refund, transaction_id: other.transactionId });
    expect(order.json['message']).toContain('支付单号校验不一致');
    await shop.refund(transactionId, { amount: { refund: 788, total: 1288, currency: 'CNY' } });
    expect((await shop.refund(transactionId)).json['message']).toBe('订单已全额退款');
  });

  it('refuses with 403 NOT_ENOUGH until the balance is topped up, and with 429 too soon after another', async () => {
    const { transactionId } = await shop.createPaidOrder();
    await shop.control('PUT', '/merchant', { balanceFen: 0 });
    const refund = shop.buildRefund(transactionId);
    const poor = await shop.post(REFUNDS, refund);
    expect([poor.status, poor.json['code']]).toEqual([403, 'NOT_ENOUGH']);
    await shop.control('POST', '/merchant/top-up', { fen: 5000 });
    expect((await shop.post(REFUNDS, refund)).status).toBe(200);
    await shop.setBehaviours({ refundSpacingSeconds: 60 });
    const soon = await shop.refund(transactionId);
    expect([soon.status, soon.json['code']]).toEqual([429, 'FREQUENCY_LIMITED']);
  });

  it('answers 404 RESOURCE_NOT_EXISTS to the query of an unknown refund', async () => {
    const answer = await shop.get(`${REFUNDS}/NOSUCHREFUND`);
    expect([answer.status, answer.json]).toEqual([404, { code: 'RESOURCE_NOT_EXISTS', message: '退款单不存在' }]);
  });
});

describe('simulator v3: an abnormal refund', () => {
  const card = (publicKey: string): Json => ({
    type: 'USER_BANK_CARD',
    bank_type: 'CMB_DEBIT',
    bank_account: encryptOaep('6214830000000403', publicKey),
    real_name: encryptOaep('张三', publicKey),
  });

  it('is sent to a bank card by the apply call, and then succeeds', async () => {
    await shop.setBehaviours({ refundEnds: 'CHANGE' });
    const { transactionId } = await shop.createPaidOrder();
    const { json } = await shop.refund(transactionId);
    await shop.advanceClock(3);
    const query = `${REFUNDS}/${String(json['out_refund_no'])}`;
    expect((await shop.get(query)).json).toMatchObject({ status: 'ABNORMAL' });
    const apply = `${REFUNDS}/${String(json['refund_id'])}/apply-abnormal-refund`;
    const body = { out_refund_no: json['out_refund_no'], ...card(shop.wechat.v3.publicKey) };
    const answer = await shop.post(apply, body);
    expect(answer.json).toMatchObject({ status: 'PROCESSING', channel: 'OTHER_BANKCARD' });
    await shop.advanceClock(3);
    expect((await shop.get(query)).json).toMatchObject({ status: 'SUCCESS', user_received_account: '支付用户银行卡' });
    expect((await shop.post(apply, body)).json['code']).toBe('INVALID_REQUEST');
  });

  it('refuses fields that another key encrypted, missing ones, and an unknown refund', async () => {
    const apply = `${REFUNDS}/50000000000000000000000000000/apply-abnormal-refund`;
    const body = { out_refund_no: 'V3REFUND', ...card(shop.wechat.v3.publicKey) };
    expect((await shop.post(apply, body)).status).toBe(404);
    const plain = await shop.post(apply, { ...body, real_name: '张三' });
    expect([plain.status, plain.json['message']]).toEqual([400, '收款用户姓名解密失败']);
    const missing = await shop.post(apply, { ...body, bank_type: undefined });
    expect(missing.json['message']).toContain('/body/bank_type');
    const without = await shop.post(apply, body, { headers: { 'wechatpay-serial': '' } });
    expect(without.json['message']).toBe('平台证书序列号Wechatpay-Serial错误');
  });
});
