import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { OrderEvent } from '../../../src/payment/event-log/order-event.entity.js';
import { RefusedNotice } from '../../../src/payment/refused-notice/refused-notice.entity.js';
import { RefusedNoticeLog } from '../../../src/payment/refused-notice/refused-notice-log.js';
import { Refund } from '../../../src/refund/refund.entity.js';
import type { OrderJson } from '../../support/clients/test-buyer.js';
import { eventually } from '../../support/eventually.js';
import { sendRequest } from '../../../tools/client/http.js';
import { byProtocol } from '../../support/wechat/pay-protocol.js';
import { type AdminRefundJson, PRICE_FEN, RefundFixture } from '../../support/fixtures/refund-fixture.js';

/** Forgeries that must be rejected. A notice of v2 is not signed, and one of v3 names no appid. */
const FORGERIES = [
  ...byProtocol({
    v2: ['other-appid'],
    v3: [
      'no-sign',
      'empty-sign',
      'wrong-sign',
      'altered-body',
      'wrong-serial',
      'stale-timestamp',
      'probe',
      'wrong-aad',
    ],
  }),
  ...['other-key', 'garbage-req-info', 'truncated-req-info', 'plain-req-info', 'empty-req-info', 'no-req-info'],
  ...['req-info-doctype', 'req-info-json', 'other-mch', 'lower-fee', 'higher-fee', 'other-total'],
  ...['missing-fee', 'unknown-refund', 'unknown-order', 'other-refund-id', 'unknown-status', 'failed-return'],
  ...['duplicate-element', 'truncated', 'empty', 'garbage', 'json', 'huge', 'doctype'],
];

describe('refund notices', () => {
  let fixture: RefundFixture;
  let order: OrderJson;

  beforeAll(async () => {
    fixture = await RefundFixture.open();
  });
  afterAll(() => fixture.shop.close());
  beforeEach(async () => {
    fixture = await fixture.resetForNextTest();
    order = await fixture.createPaidOrder();
  });

  const findRefunds = (): Promise<Refund[]> => fixture.shop.firstInstance.findAll(Refund);

  async function countNoticeEvents(): Promise<number> {
    return (await fixture.shop.firstInstance.findAll(OrderEvent)).filter(({ type }) => type === 'REFUND_NOTICE').length;
  }

  /** Counts the refund notices that were rejected before they were recorded as events. */
  async function countRefusedNotices(): Promise<number> {
    await fixture.shop.firstInstance.app.get(RefusedNoticeLog).flush();
    const rows = (await fixture.shop.firstInstance.findAll(RefusedNotice)).filter(({ kind }) => kind === 'refund');
    return rows.reduce((sum, { notices }) => sum + notices, 0);
  }

  /** Creates a refund that has ended at WeChat and whose notice was lost. */
  async function createRefundWithLostNotice(end = 'SUCCESS'): Promise<AdminRefundJson> {
    await fixture.shop.wechat.setBehaviours({ refundEnds: 'PROCESSING' });
    const refund = await fixture.createApprovedRefund(order);
    const lostNotice = { endpoint: 'refund-notice', kind: 'lose_forever', out_refund_no: refund.refundNo } as const;
    await fixture.shop.wechat.failNext(lostNotice);
    await fixture.shop.wechat.control('POST', `refunds/${refund.refundNo}/state`, { state: end });
    return refund;
  }

  it('a notice completes the refund, and thirty concurrent repetitions change nothing', async () => {
    const refund = await createRefundWithLostNotice();
    const before = await findRefunds();
    expect(await fixture.sendRefundNotice(refund)).toEqual([true]);
    expect(await fixture.alice.getRefund(refund)).toMatchObject({ status: 'SUCCEEDED' });
    const more = await Promise.all(
      Array.from({ length: 10 }, () => fixture.sendRefundNotice(refund, { connections: 3 })),
    );
    expect(more.flat()).toEqual(Array.from({ length: 30 }, () => true));
    expect(await fixture.alice.getOrder(order)).toMatchObject({ refundStatus: 'FULL', refundedFen: PRICE_FEN });
    expect(await findRefunds()).toHaveLength(before.length);
  });

  it.each([
    ['CHANGE', byProtocol({ v2: 'CHANGE', v3: 'ABNORMAL' }), 'ABNORMAL', 'PROCESSING'],
    ['REFUNDCLOSE', byProtocol({ v2: 'REFUNDCLOSE', v3: 'CLOSED' }), 'FAILED', 'NONE'],
  ])('a notice of %s (code %s) sets the refund to %s', async (end, errorCode, status, refundStatus) => {
    const refund = await createRefundWithLostNotice(end);
    expect(await fixture.sendRefundNotice(refund)).toEqual([true]);
    expect(await fixture.getAdminRefund(refund)).toMatchObject({ status, errorCode });
    expect(await fixture.alice.getOrder(order)).toMatchObject({ refundStatus, refundedFen: 0 });
  });

  it('a notice that arrives before the response of the call is applied', async () => {
    await fixture.shop.wechat.setBehaviours({ refundNoticeBeforeAnswer: true });
    const refund = await fixture.createApprovedRefund(order);
    expect(refund).toMatchObject({ status: 'SUCCEEDED' });
    await fixture.runJobsAfter({ hours: 1 });
    expect(await fixture.alice.getOrder(order)).toMatchObject({ refundStatus: 'FULL', refundedFen: PRICE_FEN });
    expect(await fixture.getLedger(order)).toMatchObject({ refunds: 1 });
  });

  it('a query finds the result when the notice is lost', async () => {
    const refund = await createRefundWithLostNotice();
    await fixture.runJobsAfter({ minutes: 1 });
    expect(await fixture.alice.getRefund(refund)).toMatchObject({ status: 'SUCCEEDED' });
    expect(await fixture.countRefundQueries(refund.refundNo)).toBe(1);
  });

  it('a notice of an undecided refund is not acknowledged', async () => {
    const refund = await createRefundWithLostNotice();
    await fixture.shop.rawUpdate(`UPDATE refunds SET status = 'REQUESTED' WHERE refund_no = '${refund.refundNo}'`);
    expect(await fixture.sendRefundNotice(refund)).toEqual([false]);
    expect(await fixture.alice.getRefund(refund)).toMatchObject({ status: 'REQUESTED' });
  });

  it('a notice of a refund made in WeChat’s platform creates a refund here, and its money cannot be refunded twice', async () => {
    const { outTradeNo } = (await fixture.shop.getPayments(order.orderNo))[0] ?? { outTradeNo: '' };
    const notifyUrl = `${fixture.shop.environment['PUBLIC_BASE_URL'] ?? ''}/wechat/notify/refund`;
    await fixture.shop.wechat.control('POST', `orders/${outTradeNo}/vendor-refund`, {
      refundFen: 4000,
      out_refund_no: 'BYHAND0001',
      notify_url: notifyUrl,
    });
    await fixture.runJobsAfter({ minutes: 1 });
    await eventually(async () => {
      expect((await findRefunds()).filter(({ orderNo }) => orderNo === order.orderNo)).toMatchObject([
        { refundNo: 'BYHAND0001', kind: 'MERCHANT', status: 'SUCCEEDED', amountFen: 4000 },
      ]);
    });
    expect(await fixture.alice.getOrder(order)).toMatchObject({ refundStatus: 'PARTIAL', refundedFen: 4000 });
    expect((await fixture.alice.tryRequestRefund(order, { amountFen: 6001 })).body).toMatchObject({
      code: 'REFUND_EXCEEDS_PAYMENT',
    });
  });

  it('any other body gets the response FAIL with HTTP 200', async () => {
    for (const body of ['', '<xml>', 'null', '<xml><return_code>SUCCESS</return_code></xml>']) {
      const reply = await sendRequest(`${fixture.shop.url}/wechat/notify/refund`, { method: 'POST', body });
      expect(reply.status).toBe(200);
      expect(String(reply.body)).toMatch(/^<xml><return_code><!\[CDATA\[FAIL\]\]><\/return_code><return_msg>/);
    }
  });

  it('a notice of a refund that is unknown here lists the order of its payment as contradicted', async () => {
    const refund = await createRefundWithLostNotice();
    expect(await fixture.sendRefundNotice(refund, { forge: 'unknown-refund' })).toEqual([false]);
    const { body } = await fixture.boss.call<{ items: OrderJson[] }>('GET', 'orders?problem=contradiction');
    expect(body.items.map(({ orderNo }) => orderNo)).toContain(order.orderNo);
  });

  // These tests are last, because they leave refunds that never end.
  it.each(FORGERIES)('a notice with the forgery %s is rejected, and the refund stays PROCESSING', async (forge) => {
    await fixture.shop.wechat.setBehaviours({ refundEnds: 'PROCESSING' });
    const refund = await fixture.createApprovedRefund(order);
    const before = (await countNoticeEvents()) + (await countRefusedNotices());
    expect(await fixture.sendRefundNotice(refund, { forge })).toEqual([false]);
    expect(await fixture.alice.getRefund(refund)).toMatchObject({ status: 'PROCESSING' });
    expect(await fixture.alice.getOrder(order)).toMatchObject({ refundStatus: 'PROCESSING', refundedFen: 0 });
    expect((await countNoticeEvents()) + (await countRefusedNotices())).toBe(before + 1);
  });
});
