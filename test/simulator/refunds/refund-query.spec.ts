import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { MerchantServer } from '../support/merchant-server.js';
import { hasValidSignature, Message } from '../support/signing.js';
import { waitFor } from '../support/wait-for.js';

let shop: MerchantServer;
beforeAll(async () => {
  shop = await MerchantServer.start({ speed: 0 });
});
beforeEach(async () => {
  await shop.control('POST', '/reset');
  await shop.setBehaviours({ refundSpacingSeconds: 0 });
});
afterAll(() => shop.close());

const queryRefund = (numbers: Message): Promise<Message> => shop.call('refundquery', numbers);

async function refunded(parts: number, input = {}): Promise<{ outTradeNo: string; numbers: string[] }> {
  const { outTradeNo } = await shop.createPaidOrder({}, input);
  const numbers: string[] = [];
  for (let n = 0; n < parts; n += 1) {
    const answer = await shop.refund(shop.buildRefund(outTradeNo, { refund_fee: String(n + 1) }));
    numbers.push(answer['out_refund_no'] ?? '');
  }
  return { outTradeNo, numbers };
}

describe('simulator refundquery', () => {
  it('returns all refunds of an order, each under its own n, and the success time', async () => {
    const { outTradeNo, numbers } = await refunded(2);
    await shop.advanceClock(2);
    await waitFor(
      'both end',
      async () => (await queryRefund({ out_trade_no: outTradeNo }))['refund_status_1'] === 'SUCCESS',
    );
    const third = await shop.refund(shop.buildRefund(outTradeNo, { refund_fee: '7' }));
    const answer = await queryRefund({ out_trade_no: outTradeNo });
    expect(hasValidSignature(answer)).toBe(true);
    expect(answer).toMatchObject({
      total_fee: '1288',
      cash_fee: '1288',
      refund_count: '3',
      refund_fee: '10',
      out_refund_no_0: numbers[0],
      out_refund_no_2: third['out_refund_no'],
      refund_id_2: third['refund_id'],
      refund_fee_1: '2',
      refund_channel_0: 'ORIGINAL',
      refund_account_0: 'REFUND_SOURCE_UNSETTLED_FUNDS',
      refund_status_0: 'SUCCESS',
      refund_success_time_0: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/),
      refund_status_2: 'PROCESSING',
      refund_recv_accout_0: expect.any(String),
    });
    expect(answer).not.toHaveProperty('refund_success_time_2');
    expect(answer).not.toHaveProperty('total_refund_count');
  });

  it('prefers refund_id, then out_refund_no, then transaction_id, then out_trade_no', async () => {
    const [first, second] = [await refunded(1), await refunded(1)];
    const of = async (outTradeNo: string): Promise<Message> => await queryRefund({ out_trade_no: outTradeNo });
    const [a, b] = [await of(first.outTradeNo), await of(second.outTradeNo)];
    const queryRefundError = (numbers: Message): Promise<string | undefined> =>
      queryRefund(numbers).then((answer) => answer['out_refund_no_0']);
    const names = { refund_id: 'refund_id_0', out_refund_no: 'out_refund_no_0', transaction_id: 'transaction_id' };
    const value = (answer: Message, name: keyof typeof names): string => answer[names[name]] ?? '';
    expect(
      await queryRefundError({ transaction_id: value(a, 'transaction_id'), out_trade_no: second.outTradeNo }),
    ).toBe(first.numbers[0]);
    expect(
      await queryRefundError({ out_refund_no: value(a, 'out_refund_no'), transaction_id: value(b, 'transaction_id') }),
    ).toBe(first.numbers[0]);
    expect(await queryRefundError({ refund_id: value(a, 'refund_id'), out_refund_no: value(b, 'out_refund_no') })).toBe(
      first.numbers[0],
    );
    expect(await queryRefund({ refund_id: '50', out_trade_no: first.outTradeNo })).toMatchObject({
      err_code: 'REFUNDNOTEXIST',
    });
  });

  it('returns ten refunds per page, from the offset on', async () => {
    const { outTradeNo, numbers } = await refunded(12);
    const page = (offset: string): Promise<Message> => queryRefund({ out_trade_no: outTradeNo, offset });
    expect(await page('')).toMatchObject({ refund_count: '10', total_refund_count: '12', out_refund_no_9: numbers[9] });
    const second = await page('10');
    expect(second).toMatchObject({ refund_count: '2', total_refund_count: '12', out_refund_no_0: numbers[10] });
    expect(second).not.toHaveProperty('out_refund_no_2');
    expect(await page('11')).toMatchObject({ refund_count: '1', out_refund_no_0: numbers[11], refund_fee: '12' });
    expect(await page('12')).toMatchObject({ err_code: 'PARAM_ERROR' });
    expect(await page('-1')).toMatchObject({ err_code: 'PARAM_ERROR' });
  });

  it('nests the coupons of each refund', async () => {
    const { outTradeNo } = await shop.createPaidOrder({}, { couponFen: 100, couponCount: 2, couponType: 'CASH' });
    await shop.refund(shop.buildRefund(outTradeNo));
    const answer = await queryRefund({ out_trade_no: outTradeNo });
    expect(answer).toMatchObject({
      coupon_refund_fee_0: '100',
      coupon_refund_count_0: '2',
      coupon_type_0_1: 'CASH',
      coupon_refund_id_0_1: expect.stringMatching(/^\d{16}$/),
      coupon_refund_fee_0_0: '50',
      coupon_refund_fee_0_1: '50',
    });
    expect(answer).not.toHaveProperty('settlement_refund_fee_0');
  });

  it('responds with REFUNDNOTEXIST for an unknown number', async () => {
    const { outTradeNo } = await shop.createPaidOrder();
    for (const numbers of [
      { out_trade_no: outTradeNo },
      { out_refund_no: 'NONE' },
      { transaction_id: '42' },
    ] as Message[]) {
      expect(await queryRefund(numbers)).toMatchObject({ err_code: 'REFUNDNOTEXIST', err_code_des: 'not exist' });
    }
    expect(await queryRefund({})).toEqual({ return_code: 'FAIL', return_msg: '缺少参数' });
  });

  it('lists its elements alphabetically when varyShape is off', async () => {
    await shop.setBehaviours({ varyShape: false });
    const { outTradeNo } = await refunded(2);
    const xml = await shop.callRaw('refundquery', shop.signed({ out_trade_no: outTradeNo }));
    const names = [...xml.matchAll(/<(\w+)>/g)].map(([, name]) => name).slice(1);
    expect(names).toEqual([...names].sort());
    expect(names.length).toBeGreaterThan(20);
  });
});
