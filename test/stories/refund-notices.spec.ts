import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { OrderEvent } from '../../src/payment/order-event.entity.js';
import { RefusedNotice } from '../../src/payment/refused-notice.entity.js';
import { RefusedNoticeLog } from '../../src/payment/refused-notice-log.js';
import { Refund } from '../../src/refund/refund.entity.js';
import type { OrderJson } from '../support/test-buyer.js';
import { eventually } from '../support/eventually.js';
import { call } from '../support/http.js';
import { type AdminRefundJson, PRICE_FEN, RefundFixture } from '../support/refund-fixture.js';

/** Whatever else than the truth a notice may say. */
const FORGERIES = [
  ...['other-key', 'garbage-req-info', 'truncated-req-info', 'plain-req-info', 'empty-req-info', 'no-req-info'],
  ...['req-info-doctype', 'req-info-json', 'other-appid', 'other-mch', 'lower-fee', 'higher-fee', 'other-total'],
  ...['missing-fee', 'unknown-refund', 'unknown-order', 'other-refund-id', 'unknown-status', 'failed-return'],
  ...['duplicate-element', 'truncated', 'empty', 'garbage', 'json', 'huge', 'doctype'],
];

describe('a refund’s notice', () => {
  let world: RefundFixture;
  let order: OrderJson;

  beforeAll(async () => {
    world = await RefundFixture.open();
  });
  afterAll(() => world.shop.close());
  beforeEach(async () => {
    world = await world.restart();
    order = await world.createPaidOrder();
  });

  const refunds = (): Promise<Refund[]> => world.shop.firstInstance.findAll(Refund);

  async function timesHeard(): Promise<number> {
    return (await world.shop.firstInstance.findAll(OrderEvent)).filter(({ type }) => type === 'REFUND_NOTICE').length;
  }

  /** Notices of refunds that were refused before they were believed. */
  async function timesRefused(): Promise<number> {
    await world.shop.firstInstance.app.get(RefusedNoticeLog).flush();
    const rows = (await world.shop.firstInstance.findAll(RefusedNotice)).filter(({ kind }) => kind === 'refund');
    return rows.reduce((sum, { notices }) => sum + notices, 0);
  }

  /** A refund that has ended at WeChat, and of which nobody has told us. */
  async function endsUnheard(end = 'SUCCESS'): Promise<AdminRefundJson> {
    await world.shop.wechat.setBehaviours({ refundEnds: 'PROCESSING' });
    const refund = await world.createApprovedRefund(order);
    const unheard = { endpoint: 'refund-notice', kind: 'lose_forever', out_refund_no: refund.refundNo } as const;
    await world.shop.wechat.failNext(unheard);
    await world.shop.wechat.control('POST', `refunds/${refund.refundNo}/state`, { state: end });
    return refund;
  }

  it('ends the refund; thirty more at once end it no further', async () => {
    const refund = await endsUnheard();
    const before = await refunds();
    expect(await world.sendRefundNotice(refund)).toEqual([true]);
    expect(await world.alice.getRefund(refund)).toMatchObject({ status: 'SUCCEEDED' });
    const more = await Promise.all(
      Array.from({ length: 10 }, () => world.sendRefundNotice(refund, { connections: 3 })),
    );
    expect(more.flat()).toEqual(Array.from({ length: 30 }, () => true));
    expect(await world.alice.getOrder(order)).toMatchObject({ refundStatus: 'FULL', refundedFen: PRICE_FEN });
    expect(await refunds()).toHaveLength(before.length);
  });

  it.each([
    ['CHANGE', 'ABNORMAL', 'PROCESSING'],
    ['REFUNDCLOSE', 'FAILED', 'NONE'],
  ])('that says %s makes it %s', async (end, status, refundStatus) => {
    const refund = await endsUnheard(end);
    expect(await world.sendRefundNotice(refund)).toEqual([true]);
    expect(await world.getAdminRefund(refund)).toMatchObject({ status, errorCode: end });
    expect(await world.alice.getOrder(order)).toMatchObject({ refundStatus, refundedFen: 0 });
  });

  it('may be faster than the answer to the call', async () => {
    await world.shop.wechat.setBehaviours({ refundNoticeBeforeAnswer: true });
    const refund = await world.createApprovedRefund(order);
    expect(refund).toMatchObject({ status: 'SUCCEEDED' });
    await world.runJobsAfter({ hours: 1 });
    expect(await world.alice.getOrder(order)).toMatchObject({ refundStatus: 'FULL', refundedFen: PRICE_FEN });
    expect(await world.getLedger(order)).toMatchObject({ refunds: 1 });
  });

  it('that is lost for good is made up for by asking', async () => {
    const refund = await endsUnheard();
    await world.runJobsAfter({ minutes: 1 });
    expect(await world.alice.getRefund(refund)).toMatchObject({ status: 'SUCCEEDED' });
    expect(await world.countRefundQueries(refund.refundNo)).toBe(1);
  });

  it('of a refund that nobody has decided yet is not acknowledged', async () => {
    const refund = await endsUnheard();
    await world.shop.rawUpdate(`UPDATE refunds SET status = 'REQUESTED' WHERE refund_no = '${refund.refundNo}'`);
    expect(await world.sendRefundNotice(refund)).toEqual([false]);
    expect(await world.alice.getRefund(refund)).toMatchObject({ status: 'REQUESTED' });
  });

  it('of a refund made by hand in WeChat’s platform is adopted, and its money cannot go back twice', async () => {
    const { outTradeNo } = (await world.shop.getPayments(order.orderNo))[0] ?? { outTradeNo: '' };
    const notifyUrl = `${world.shop.environment['PUBLIC_BASE_URL'] ?? ''}/wechat/notify/refund`;
    await world.shop.wechat.control('POST', `orders/${outTradeNo}/vendor-refund`, {
      ...{ refundFen: 4000, out_refund_no: 'BYHAND0001', notify_url: notifyUrl },
    });
    await world.runJobsAfter({ minutes: 1 });
    await eventually(async () => {
      expect((await refunds()).filter(({ orderNo }) => orderNo === order.orderNo)).toMatchObject([
        { refundNo: 'BYHAND0001', kind: 'MERCHANT', status: 'SUCCEEDED', amountFen: 4000 },
      ]);
    });
    expect(await world.alice.getOrder(order)).toMatchObject({ refundStatus: 'PARTIAL', refundedFen: 4000 });
    expect((await world.alice.tryRequestRefund(order, { amountFen: 6001 })).body).toMatchObject({
      code: 'REFUND_EXCEEDS_PAYMENT',
    });
  });

  it('is answered in WeChat’s words whatever comes, and with nothing else', async () => {
    for (const body of ['', '<xml>', 'null', '<xml><return_code>SUCCESS</return_code></xml>']) {
      const reply = await call(`${world.shop.url}/wechat/notify/refund`, { method: 'POST', body });
      expect(reply.status).toBe(200);
      expect(String(reply.body)).toMatch(/^<xml><return_code><!\[CDATA\[FAIL\]\]><\/return_code><return_msg>/);
    }
  });

  // Last, because they leave refunds behind that never end.
  it.each(FORGERIES)('is not believed when it is forged: %s', async (forge) => {
    await world.shop.wechat.setBehaviours({ refundEnds: 'PROCESSING' });
    const refund = await world.createApprovedRefund(order);
    const before = (await timesHeard()) + (await timesRefused());
    expect(await world.sendRefundNotice(refund, { forge })).toEqual([false]);
    expect(await world.alice.getRefund(refund)).toMatchObject({ status: 'PROCESSING' });
    expect(await world.alice.getOrder(order)).toMatchObject({ refundStatus: 'PROCESSING', refundedFen: 0 });
    expect((await timesHeard()) + (await timesRefused())).toBe(before + 1);
  });
});
