import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { MerchantServer } from '../support/merchant-server.js';
import { readRefundNotice, hasValidSignature, Message } from '../support/signing.js';
import { waitFor } from '../support/wait-for.js';

let shop: MerchantServer;
beforeAll(async () => {
  shop = await MerchantServer.start({ speed: 0 });
});
beforeEach(async () => {
  await shop.control('POST', '/reset');
  shop.notices.length = 0;
});
afterAll(() => shop.close());

const statusOf = async (outRefundNo: string | undefined): Promise<unknown> =>
  (await shop.control('GET', `/refunds/${String(outRefundNo)}`)).body['refund_status'];
const balance = async (): Promise<unknown> => (await shop.control('GET', '/merchant')).body['balanceFen'];

/** An accepted refund of a new order. */
async function accepted(changes: Message = {}): Promise<Message> {
  const { outTradeNo } = await shop.createPaidOrder();
  const answer = await shop.refund(shop.buildRefund(outTradeNo, changes));
  expect(answer).toMatchObject({ result_code: 'SUCCESS' });
  return answer;
}

describe('simulator refunds: an accepted refund', () => {
  it('returns its numbers and is not finished yet', async () => {
    const { outTradeNo, transactionId } = await shop.createPaidOrder();
    const refund = shop.buildRefund(outTradeNo, {
      refund_fee: '500',
      sign_type: 'HMAC-SHA256',
      refund_desc: '商品缺货',
    });
    const answer = await shop.refund(refund);
    expect(answer).toMatchObject({
      return_code: 'SUCCESS',
      result_code: 'SUCCESS',
      sign: expect.stringMatching(/^.{64}$/),
      transaction_id: transactionId,
      out_trade_no: outTradeNo,
      out_refund_no: refund['out_refund_no'],
      refund_id: expect.stringMatching(/^50\d{27}$/),
      refund_channel: '',
      refund_fee: '500',
      coupon_refund_fee: '0',
      total_fee: '1288',
      cash_fee: '1288',
      coupon_refund_count: '0',
      cash_refund_fee: '500',
    });
    expect(hasValidSignature(answer)).toBe(true);
    expect(await statusOf(refund['out_refund_no'])).toBe('PROCESSING');
    expect(shop.notices).toHaveLength(0);
    await shop.advanceClock(2);
    await waitFor('it ends', async () => (await statusOf(refund['out_refund_no'])) === 'SUCCESS');
  });

  it('makes the order REFUND, even when it is partial', async () => {
    const { out_trade_no: outTradeNo = '' } = await accepted({ refund_fee: '1' });
    expect(await shop.query(outTradeNo)).toMatchObject({ trade_state: 'REFUND', total_fee: '1288', cash_fee: '1288' });
    expect(await shop.closeOrder(outTradeNo)).toMatchObject({ err_code: 'ORDERPAID' });
  });

  it('is found by transaction_id, which has priority over the out_trade_no of another order', async () => {
    const [first, second] = [await shop.createPaidOrder(), await shop.createPaidOrder()];
    const refund = shop.buildRefund(first.outTradeNo, { transaction_id: second.transactionId });
    expect(await shop.refund(refund)).toMatchObject({ out_trade_no: second.outTradeNo });
    expect(await shop.query(first.outTradeNo)).toMatchObject({ trade_state: 'SUCCESS' });
  });

  it('returns a share to each coupon, in total exactly what the coupon paid', async () => {
    const { outTradeNo } = await shop.createPaidOrder({}, { couponFen: 100, couponCount: 3 });
    const parts: Message[] = [];
    for (const refund_fee of ['333', '333', '622']) {
      parts.push(await shop.refund(shop.buildRefund(outTradeNo, { refund_fee })));
      await shop.advanceClock(60);
    }
    const [first] = parts;
    expect(first).toMatchObject({ coupon_refund_count: '3', settlement_total_fee: '1188', coupon_type_0: 'NO_CASH' });
    expect(Number(first?.['cash_refund_fee']) + Number(first?.['coupon_refund_fee'])).toBe(333);
    expect(first?.['settlement_refund_fee']).toBe(first?.['cash_refund_fee']);
    const sum = (name: string): number => parts.reduce((total, part) => total + Number(part[name]), 0);
    expect([sum('cash_refund_fee'), sum('coupon_refund_fee')]).toEqual([1188, 100]);
    expect(await balance()).toBe(0);
  });
});

describe('simulator refunds: the same out_refund_no', () => {
  it('returns the same refund_id again and moves no money', async () => {
    const { outTradeNo, transactionId } = await shop.createPaidOrder();
    const refund = shop.buildRefund(outTradeNo, { refund_fee: '500' });
    const first = await shop.refund(refund);
    const sameByOtherNumber = { ...refund, out_trade_no: '', transaction_id: transactionId };
    const answers = await Promise.all([refund, refund, sameByOtherNumber].map((again) => shop.refund(again)));
    expect(answers.map(({ refund_id }) => refund_id)).toEqual(Array(3).fill(first['refund_id']));
    expect(await shop.listItems('/refunds')).toHaveLength(1);
    expect(await balance()).toBe(783); // 1288 − 8 (fee) − 500 + 3
  });

  it('gives one refund when sent over many connections at once', async () => {
    const refund = shop.buildRefund((await shop.createPaidOrder()).outTradeNo);
    const answers = await Promise.all(Array.from({ length: 10 }, () => shop.refund(refund)));
    expect(new Set(answers.map(({ refund_id }) => refund_id)).size).toBe(1);
    expect(answers.every(({ result_code }) => result_code === 'SUCCESS')).toBe(true);
    expect(await balance()).toBe(0);
  });

  it.each<[string, Message]>([
    ['another amount', { refund_fee: '501' }],
    ['another total', { total_fee: '1289' }],
  ])('is REFUND_FEE_MISMATCH with %s', async (_what, change) => {
    const { outTradeNo } = await shop.createPaidOrder();
    const refund = shop.buildRefund(outTradeNo, { refund_fee: '500' });
    await shop.refund(refund);
    expect(await shop.refund({ ...refund, ...change })).toMatchObject({ err_code: 'REFUND_FEE_MISMATCH' });
  });

  it('is REFUND_FEE_MISMATCH for another order', async () => {
    const refund = shop.buildRefund((await shop.createPaidOrder()).outTradeNo);
    await shop.refund(refund);
    const { outTradeNo } = await shop.createPaidOrder();
    expect(await shop.refund({ ...refund, out_trade_no: outTradeNo })).toMatchObject({
      err_code: 'REFUND_FEE_MISMATCH',
    });
  });
});

describe('simulator refunds: a refund', () => {
  it.each(['SUCCESS', 'CHANGE', 'REFUNDCLOSE'])(
    'finishes as %s, and the ledger has the amount under this status',
    async (refundEnds) => {
      await shop.setBehaviours({ refundEnds, refundProcessingSeconds: 600 });
      const { out_refund_no, out_trade_no = '' } = await accepted({ refund_fee: '500' });
      expect((await shop.control('GET', '/ledger')).body['totals']).toMatchObject({
        refundedFen: 0,
        refundingFen: 500,
      });
      await shop.advanceClock(599);
      expect(await statusOf(out_refund_no)).toBe('PROCESSING');
      await shop.advanceClock(1);
      await waitFor('it ends', async () => (await statusOf(out_refund_no)) === refundEnds);
      const sums = {
        refundedFen: refundEnds === 'SUCCESS' ? 500 : 0,
        refundingFen: 0,
        abnormalFen: refundEnds === 'CHANGE' ? 500 : 0,
      };
      const ledger = (await shop.control('GET', '/ledger')).body;
      const refunds = [{ out_refund_no, refund_status: refundEnds, refund_fee: 500, refund_request_source: 'API' }];
      expect(ledger).toMatchObject({ items: [{ paidFen: 1288, ...sums, refunds }], totals: sums });
      expect((await shop.control('GET', `/orders/${out_trade_no}`)).body).toMatchObject({ ...sums, refunds: [{}] });
      expect(await balance()).toBe(refundEnds === 'SUCCESS' ? 783 : 1280);
    },
  );

  it('finishes when the control API sets its status, by legal transitions only', async () => {
    await shop.setBehaviours({ refundEnds: 'PROCESSING' });
    const { out_refund_no } = await accepted();
    await shop.advanceClock(86_400);
    expect(await statusOf(out_refund_no)).toBe('PROCESSING');
    const becomes = async (state: string): Promise<number> =>
      (await shop.control('POST', `/refunds/${String(out_refund_no)}/state`, { state })).status;
    expect(await becomes('PROCESSING')).toBe(400);
    expect(await becomes('CHANGE')).toBe(200);
    expect([await becomes('CHANGE'), await becomes('REFUNDCLOSE')]).toEqual([409, 409]);
    expect(await becomes('SUCCESS')).toBe(200);
    expect([await becomes('SUCCESS'), await becomes('CHANGE'), await becomes('REFUNDCLOSE')]).toEqual([409, 409, 409]);
    await waitFor('both notices arrived', () => shop.notices.length === 2);
    const seen = await Promise.all(
      shop.notices.map(async ({ body }) => (await readRefundNotice(body))['refund_status']),
    );
    expect(seen.sort()).toEqual(['CHANGE', 'SUCCESS']);
    expect((await shop.control('GET', '/refunds/NONE')).status).toBe(404);
  });

  it('can be repeated under another number when it finished as closed', async () => {
    await shop.setBehaviours({ refundEnds: 'REFUNDCLOSE', refundSpacingSeconds: 0 });
    const { out_trade_no: outTradeNo = '', out_refund_no, refund_id } = await accepted();
    await shop.advanceClock(2);
    await waitFor('it is closed', async () => (await statusOf(out_refund_no)) === 'REFUNDCLOSE');
    const same = shop.buildRefund(outTradeNo, { out_refund_no: out_refund_no ?? '' });
    expect(await shop.refund(same)).toMatchObject({ result_code: 'SUCCESS', refund_id });
    expect(await statusOf(out_refund_no)).toBe('REFUNDCLOSE');
    expect(await shop.refund(shop.buildRefund(outTradeNo))).toMatchObject({ result_code: 'SUCCESS' });
  });
});

describe('simulator refunds: a refund by hand in the merchant platform', () => {
  it('has a number that the merchant did not create, and its notice goes to the platform’s URL', async () => {
    const { outTradeNo } = await shop.createPaidOrder();
    await shop.control('PUT', '/merchant', { refundNotifyUrl: shop.notifyUrl });
    const { status, body } = await shop.control('POST', `/orders/${outTradeNo}/vendor-refund`, { refundFen: 300 });
    expect({ status, body }).toMatchObject({ status: 201, body: { refund_request_source: 'VENDOR_PLATFORM' } });
    expect(await shop.query(outTradeNo)).toMatchObject({ trade_state: 'REFUND' });
    await shop.advanceClock(2);
    await waitFor('the notice', () => shop.notices.length === 1);
    expect(await readRefundNotice(shop.notices[0]?.body ?? '')).toMatchObject({
      refund_request_source: 'VENDOR_PLATFORM',
      out_refund_no: body['out_refund_no'],
      out_trade_no: outTradeNo,
      refund_fee: '300',
    });
  });

  it('cannot exceed the paid amount', async () => {
    const { outTradeNo } = await shop.createPaidOrder();
    const byHand = async (refundFen: number, out_refund_no: string): Promise<number> =>
      (await shop.control('POST', `/orders/${outTradeNo}/vendor-refund`, { refundFen, out_refund_no })).status;
    expect(await byHand(1289, 'HAND1')).toBe(409);
    expect(await byHand(1000, 'HAND1')).toBe(201);
    expect(await byHand(1, 'HAND1')).toBe(409);
    await shop.control('PUT', '/merchant', { balanceFen: 285 }); // 288 − 2 of the fee is more
    expect(await byHand(288, 'HAND2')).toBe(409);
    expect((await shop.control('POST', '/orders/NONE/vendor-refund', { refundFen: 1 })).status).toBe(404);
    const unpaid = await shop.placeOrder();
    expect((await shop.control('POST', `/orders/${unpaid.outTradeNo}/vendor-refund`, { refundFen: 1 })).status).toBe(
      409,
    );
  });
});
