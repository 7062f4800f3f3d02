import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { OrderEvent } from '../../src/payment/order-event.entity.js';
import { Refund } from '../../src/refund/refund.entity.js';
import type { OrderJson } from '../support/test-buyer.js';
import { call } from '../support/http.js';
import { type RefundNoticeInput, buildRefundNotice } from '../support/refund-notice.js';
import { type AdminRefundJson, PRICE_FEN, RefundFixture } from '../support/refund-fixture.js';

/**
 * A refund's notice has no signature, and ECB encrypts each 16 bytes for themselves: somebody on the way can exchange
 * blocks between notices that they have seen, and so make WeChat seem to say what it never said.
 */
describe('a refund’s notice that somebody has pieced together', () => {
  let world: RefundFixture;
  let order: OrderJson;

  beforeAll(async () => {
    world = await RefundFixture.open();
  });
  afterAll(() => world.shop.close());
  beforeEach(async () => {
    world = await world.restart();
    order = await world.createPaidOrder();
    await world.shop.wechat.setBehaviours({ refundEnds: 'PROCESSING' });
    await world.shop.wechat.failNext({ endpoint: 'refund-notice', kind: 'lose_forever', times: -1 });
  });

  async function getsBack(state: 'PROCESSING' | 'SUCCESS' | 'CHANGE' | 'REFUNDCLOSE'): Promise<AdminRefundJson> {
    const refund = await world.createApprovedRefund(order, 4000);
    if (state !== 'PROCESSING') await world.shop.wechat.control('POST', `refunds/${refund.refundNo}/state`, { state });
    return refund;
  }

  /** All its numbers are right; only what became of the money is not. */
  async function says(
    status: RefundNoticeInput['status'],
    refund: AdminRefundJson,
    changes: Partial<RefundNoticeInput> = {},
    fields: Record<string, string> = {},
  ): Promise<string> {
    const [payment] = await world.shop.getPayments(order.orderNo);
    const facts = {
      ...{ outRefundNo: refund.refundNo, wechatRefundId: refund.wechatRefundId ?? '', refundFee: refund.amountFen },
      ...{ outTradeNo: payment?.outTradeNo ?? '', transactionId: payment?.transactionId ?? '', totalFee: PRICE_FEN },
      ...{ ...changes, status },
    };
    const url = `${world.shop.url}/wechat/notify/refund`;
    const { body } = await call(url, { method: 'POST', body: buildRefundNotice(facts, fields) });
    return /<return_code><!\[CDATA\[(\w+)/.exec(String(body))?.[1] ?? String(body);
  }

  const noticesHeard = async (): Promise<string[]> =>
    (await world.shop.firstInstance.findAll(OrderEvent))
      .filter(({ orderNo, type }) => orderNo === order.orderNo && type === 'REFUND_NOTICE')
      .map(({ result }) => result);

  it.each([
    ['REFUNDCLOSE', 'PROCESSING', 'PROCESSING'],
    ['REFUNDCLOSE', 'SUCCESS', 'SUCCEEDED'],
    ['CHANGE', 'PROCESSING', 'PROCESSING'],
    ['CHANGE', 'SUCCESS', 'SUCCEEDED'],
  ] as const)('does not free the money by saying %s while WeChat says %s', async (lie, truth, status) => {
    const refund = await getsBack(truth);
    expect(await says(lie, refund)).toBe('FAIL');
    expect(await world.getAdminRefund(refund)).toMatchObject({ status });
    expect((await world.alice.tryRequestRefund(order, { amountFen: 6001 })).body).toMatchObject({
      code: 'REFUND_EXCEEDS_PAYMENT',
    });
    expect(await noticesHeard()).toEqual(['UNCONFIRMED']);
  });

  it.each([
    ['CHANGE', 'ABNORMAL'],
    ['REFUNDCLOSE', 'FAILED'],
  ] as const)('does not end a refund as paid back that WeChat ended with %s', async (state, status) => {
    const refund = await getsBack(state);
    expect(await says('SUCCESS', refund)).toBe('FAIL');
    expect(await world.getAdminRefund(refund)).toMatchObject({ status });
    expect(await world.alice.getOrder(order)).toMatchObject({ refundedFen: 0 });
  });

  it.each(['SUCCESS', 'CHANGE', 'REFUNDCLOSE'] as const)(
    'ends nothing while WeChat cannot be asked: %s',
    async (status) => {
      const refund = await getsBack('SUCCESS');
      await world.shop.wechat.failNext({ endpoint: 'refundquery', kind: 'reset', when: 'before' });
      expect(await says(status, refund)).toBe('FAIL');
      expect(await world.getAdminRefund(refund)).toMatchObject({ status: 'PROCESSING' });
      expect(await says('SUCCESS', refund)).toBe('SUCCESS');
      expect(await world.getAdminRefund(refund)).toMatchObject({ status: 'SUCCEEDED' });
    },
  );

  it('may be ahead of what WeChat answers when it says SUCCESS, and is believed then', async () => {
    const refund = await getsBack('PROCESSING');
    expect(await says('SUCCESS', refund)).toBe('SUCCESS');
    expect(await world.getAdminRefund(refund)).toMatchObject({ status: 'SUCCEEDED' });
  });

  it('does not bring a failed refund back to life', async () => {
    const refund = await getsBack('REFUNDCLOSE');
    expect(await says('REFUNDCLOSE', refund)).toBe('SUCCESS');
    expect(await world.getAdminRefund(refund)).toMatchObject({ status: 'FAILED' });
    expect(await says('SUCCESS', refund)).toBe('FAIL');
    expect(await world.getAdminRefund(refund)).toMatchObject({ status: 'FAILED' });
  });

  it('and every true one is shown to staff where it cannot be squared with the books', async () => {
    const refund = await getsBack('SUCCESS');
    await world.shop.rawUpdate(
      `UPDATE refunds SET status = 'FAILED' WHERE order_no = '${order.orderNo}'`,
      `UPDATE payments SET refund_held_fen = amount_fen WHERE order_no = '${order.orderNo}'`,
    );
    expect(await says('SUCCESS', refund)).toBe('FAIL');
    const { body } = await world.boss.call<{ events: { text: string }[] }>('GET', `orders/${order.orderNo}`);
    expect(body.events.at(-1)?.text).toContain('it contradicts what is recorded');
  });

  it('costs WeChat no question when its numbers are wrong, or when all is known already', async () => {
    const refund = await getsBack('SUCCESS');
    const asked = await world.countRefundQueries(refund.refundNo);
    expect(await says('REFUNDCLOSE', refund, { refundFee: 1 })).toBe('FAIL');
    expect(await says('REFUNDCLOSE', refund, { transactionId: '42' })).toBe('FAIL');
    expect(await says('REFUNDCLOSE', refund, { wechatRefundId: '50' })).toBe('FAIL');
    expect(await world.countRefundQueries(refund.refundNo)).toBe(asked);
    expect(await says('SUCCESS', refund)).toBe('SUCCESS');
    expect(await says('SUCCESS', refund)).toBe('SUCCESS');
    expect(await says('REFUNDCLOSE', refund)).toBe('FAIL');
    expect(await world.countRefundQueries(refund.refundNo)).toBe(asked + 1);
  });

  it.each(['SUCCESS', 'CHANGE'] as const)('invents no refund made by hand: %s', async (status) => {
    const refund = await getsBack('SUCCESS');
    const before = await world.shop.firstInstance.findAll(Refund);
    const invented = { outRefundNo: 'BYHAND0001', wechatRefundId: '50300000000000000000000000001' };
    const fields = { refund_request_source: 'VENDOR_PLATFORM' };
    expect(await says(status, refund, invented, fields)).toBe('FAIL');
    expect(await world.shop.firstInstance.findAll(Refund)).toHaveLength(before.length);
    expect(await world.shop.getPayments(order.orderNo)).toMatchObject([{ refundHeldFen: 4000 }]);
  });
});
