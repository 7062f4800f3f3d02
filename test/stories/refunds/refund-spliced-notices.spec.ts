import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { OrderEvent } from '../../../src/payment/event-log/order-event.entity.js';
import { Refund } from '../../../src/refund/refund.entity.js';
import type { OrderJson } from '../../support/clients/test-buyer.js';
import { sendRequest } from '../../../tools/client/http.js';
import { type RefundNoticeInput, buildRefundNotice } from '../../support/wechat/refund-notice.js';
import { type AdminRefundJson, PRICE_FEN, RefundFixture } from '../../support/fixtures/refund-fixture.js';

/**
 * A refund notice has no signature, and ECB encrypts each block of 16 bytes separately. An attacker on the network can
 * exchange blocks between notices and so forge the status of a refund. Only v2 has such notices.
 */
describe('refund notices: spliced blocks', () => {
  let fixture: RefundFixture;
  let order: OrderJson;

  beforeAll(async () => {
    fixture = await RefundFixture.open({ environment: { WECHAT_PAY_PROTOCOL: 'v2' } });
  });
  afterAll(() => fixture.shop.close());
  beforeEach(async () => {
    fixture = await fixture.resetForNextTest();
    order = await fixture.createPaidOrder();
    await fixture.shop.wechat.setBehaviours({ refundEnds: 'PROCESSING' });
    await fixture.shop.wechat.failNext({ endpoint: 'refund-notice', kind: 'lose_forever', times: -1 });
  });

  async function createRefund(state: 'PROCESSING' | 'SUCCESS' | 'CHANGE' | 'REFUNDCLOSE'): Promise<AdminRefundJson> {
    const refund = await fixture.createApprovedRefund(order, 4000);
    if (state !== 'PROCESSING')
      await fixture.shop.wechat.control('POST', `refunds/${refund.refundNo}/state`, { state });
    return refund;
  }

  /** Sends a notice whose numbers are all right and whose status is chosen by the test. */
  async function sendNotice(
    status: RefundNoticeInput['status'],
    refund: AdminRefundJson,
    changes: Partial<RefundNoticeInput> = {},
    fields: Record<string, string> = {},
  ): Promise<string> {
    const [payment] = await fixture.shop.getPayments(order.orderNo);
    const input = {
      outRefundNo: refund.refundNo,
      wechatRefundId: refund.wechatRefundId ?? '',
      refundFee: refund.amountFen,
      outTradeNo: payment?.outTradeNo ?? '',
      transactionId: payment?.transactionId ?? '',
      totalFee: PRICE_FEN,
      ...changes,
      status,
    };
    const url = `${fixture.shop.url}/wechat/notify/refund`;
    const { body } = await sendRequest(url, { method: 'POST', body: buildRefundNotice(input, fields) });
    return /<return_code><!\[CDATA\[(\w+)/.exec(String(body))?.[1] ?? String(body);
  }

  const getNoticeResults = async (): Promise<string[]> =>
    (await fixture.shop.firstInstance.findAll(OrderEvent))
      .filter(({ orderNo, type }) => orderNo === order.orderNo && type === 'REFUND_NOTICE')
      .map(({ result }) => result);

  it.each([
    ['REFUNDCLOSE', 'PROCESSING', 'PROCESSING'],
    ['REFUNDCLOSE', 'SUCCESS', 'SUCCEEDED'],
    ['CHANGE', 'PROCESSING', 'PROCESSING'],
    ['CHANGE', 'SUCCESS', 'SUCCEEDED'],
  ] as const)(
    'a notice of %s does not release the money while WeChat responds with %s',
    async (claimed, actual, status) => {
      const refund = await createRefund(actual);
      expect(await sendNotice(claimed, refund)).toBe('FAIL');
      expect(await fixture.getAdminRefund(refund)).toMatchObject({ status });
      expect((await fixture.alice.tryRequestRefund(order, { amountFen: 6001 })).body).toMatchObject({
        code: 'REFUND_EXCEEDS_PAYMENT',
      });
      expect(await getNoticeResults()).toEqual(['UNCONFIRMED']);
    },
  );

  it.each([
    ['CHANGE', 'ABNORMAL'],
    ['REFUNDCLOSE', 'FAILED'],
  ] as const)('a notice of SUCCESS does not complete a refund that WeChat ended with %s', async (state, status) => {
    const refund = await createRefund(state);
    expect(await sendNotice('SUCCESS', refund)).toBe('FAIL');
    expect(await fixture.getAdminRefund(refund)).toMatchObject({ status });
    expect(await fixture.alice.getOrder(order)).toMatchObject({ refundedFen: 0 });
  });

  it.each(['SUCCESS', 'CHANGE', 'REFUNDCLOSE'] as const)(
    'a notice of %s has no effect while the query to WeChat fails',
    async (status) => {
      const refund = await createRefund('SUCCESS');
      await fixture.shop.wechat.failNext({ endpoint: 'refundquery', kind: 'reset', when: 'before' });
      expect(await sendNotice(status, refund)).toBe('FAIL');
      expect(await fixture.getAdminRefund(refund)).toMatchObject({ status: 'PROCESSING' });
      expect(await sendNotice('SUCCESS', refund)).toBe('SUCCESS');
      expect(await fixture.getAdminRefund(refund)).toMatchObject({ status: 'SUCCEEDED' });
    },
  );

  it("a notice of SUCCESS is applied although WeChat's query still responds with PROCESSING", async () => {
    const refund = await createRefund('PROCESSING');
    expect(await sendNotice('SUCCESS', refund)).toBe('SUCCESS');
    expect(await fixture.getAdminRefund(refund)).toMatchObject({ status: 'SUCCEEDED' });
  });

  it('a notice of SUCCESS does not reopen a refund that has failed', async () => {
    const refund = await createRefund('REFUNDCLOSE');
    expect(await sendNotice('REFUNDCLOSE', refund)).toBe('SUCCESS');
    expect(await fixture.getAdminRefund(refund)).toMatchObject({ status: 'FAILED' });
    expect(await sendNotice('SUCCESS', refund)).toBe('FAIL');
    expect(await fixture.getAdminRefund(refund)).toMatchObject({ status: 'FAILED' });
  });

  it('a notice that contradicts our records is rejected and shown to staff', async () => {
    const refund = await createRefund('SUCCESS');
    await fixture.shop.rawUpdate(
      `UPDATE refunds SET status = 'FAILED' WHERE order_no = '${order.orderNo}'`,
      `UPDATE payments SET refund_held_fen = amount_fen WHERE order_no = '${order.orderNo}'`,
    );
    expect(await sendNotice('SUCCESS', refund)).toBe('FAIL');
    const { body } = await fixture.boss.call<{ events: { text: string }[] }>('GET', `orders/${order.orderNo}`);
    expect(body.events.at(-1)?.text).toContain('it contradicts what is recorded');
  });

  it('a notice with wrong numbers or a known result causes no query to WeChat', async () => {
    const refund = await createRefund('SUCCESS');
    const queriesBefore = await fixture.countRefundQueries(refund.refundNo);
    expect(await sendNotice('REFUNDCLOSE', refund, { refundFee: 1 })).toBe('FAIL');
    expect(await sendNotice('REFUNDCLOSE', refund, { transactionId: '42' })).toBe('FAIL');
    expect(await sendNotice('REFUNDCLOSE', refund, { wechatRefundId: '50' })).toBe('FAIL');
    expect(await fixture.countRefundQueries(refund.refundNo)).toBe(queriesBefore);
    expect(await sendNotice('SUCCESS', refund)).toBe('SUCCESS');
    expect(await sendNotice('SUCCESS', refund)).toBe('SUCCESS');
    expect(await sendNotice('REFUNDCLOSE', refund)).toBe('FAIL');
    expect(await fixture.countRefundQueries(refund.refundNo)).toBe(queriesBefore + 1);
  });

  it.each(['SUCCESS', 'CHANGE'] as const)(
    'a forged notice of %s creates no refund made in WeChat’s platform',
    async (status) => {
      const refund = await createRefund('SUCCESS');
      const before = await fixture.shop.firstInstance.findAll(Refund);
      const invented = { outRefundNo: 'BYHAND0001', wechatRefundId: '50300000000000000000000000001' };
      const fields = { refund_request_source: 'VENDOR_PLATFORM' };
      expect(await sendNotice(status, refund, invented, fields)).toBe('FAIL');
      expect(await fixture.shop.firstInstance.findAll(Refund)).toHaveLength(before.length);
      expect(await fixture.shop.getPayments(order.orderNo)).toMatchObject([{ refundReservedFen: 4000 }]);
    },
  );
});
