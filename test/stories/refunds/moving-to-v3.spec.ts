import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { SIMULATED_V3_KEY } from '../../../src/config/wechat/v3-settings.js';
import { Refund } from '../../../src/refund/refund.entity.js';
import { readChannelUse } from '../../../src/verify/channel-use.js';
import { ReadOnlyDatabase } from '../../../src/verify/read-only-database.js';
import type { OrderJson, RefundJson } from '../../support/clients/test-buyer.js';
import { MetricsScrape } from '../../support/clients/metrics-scrape.js';
import { LIVE_ENVIRONMENT } from '../../support/fixtures/merchant-environment.js';
import { PRICE_FEN, RefundFixture } from '../../support/fixtures/refund-fixture.js';

const V2_ONLY = { WECHAT_API_V3_KEY: '', WECHAT_PAY_PROTOCOL: 'v2' };
const SWITCHED = { ...SIMULATED_V3_KEY, WECHAT_PAY_PROTOCOL: 'v3' };
const TURNED_BACK = { ...SIMULATED_V3_KEY, WECHAT_PAY_PROTOCOL: 'v2' };
const WITHOUT_V2_KEY = { ...SWITCHED, WECHAT_API_KEY: '' };

/** A shop of API v2 moves to API v3 while refunds are in every state: docs/migrating-to-v3.md. */
describe('refunds of a shop that moves to API v3', () => {
  let fixture: RefundFixture;

  beforeEach(async () => {
    fixture = await RefundFixture.open({ environment: { ...LIVE_ENVIRONMENT, ...V2_ONLY } });
  });
  afterEach(() => fixture.shop.close());

  const channelOf = async ({ refundNo }: RefundJson): Promise<string | null | undefined> =>
    (await fixture.shop.firstInstance.findAll(Refund)).find((refund) => refund.refundNo === refundNo)?.channel;

  /** How often this refund was requested with each protocol. */
  async function requestsOf({ refundNo }: RefundJson): Promise<{ v2: number; v3: number }> {
    const messages = await fixture.shop.wechat.listMessages({ out_refund_no: refundNo });
    const posts = messages.filter(({ direction, method }) => direction === 'received' && method === 'POST');
    return {
      v2: posts.filter(({ path }) => path === '/secapi/pay/refund').length,
      v3: posts.filter(({ path }) => path === '/v3/refund/domestic/refunds').length,
    };
  }

  async function callsOfV3({ refundNo }: RefundJson): Promise<number> {
    const messages = await fixture.shop.wechat.getMessages('/v3/refund');
    return messages.filter(({ request, path }) => `${path} ${request}`.includes(refundNo)).length;
  }

  async function expectRefunded(order: OrderJson, refund: RefundJson): Promise<void> {
    expect(await fixture.getAdminRefund(refund)).toMatchObject({ status: 'SUCCEEDED' });
    const { amountFen: refundedFen } = await fixture.getAdminRefund(refund);
    expect(await fixture.getLedger(order)).toEqual({ paidFen: PRICE_FEN, refundedFen, refunds: 1 });
    expect(await fixture.alice.getOrder(order)).toMatchObject({ refundedFen });
  }

  async function openRefunds(): Promise<{ verify: number | undefined; metric: number | undefined }> {
    const database = await ReadOnlyDatabase.open(fixture.shop.databaseUrl);
    try {
      const use = (await readChannelUse(database)).find(({ channel }) => channel === 'wechat-v2');
      const scraped = await MetricsScrape.fetch(fixture.shop.url);
      const metric = scraped.getValue('open_at_wechat', { channel: 'wechat-v2', kind: 'refund' });
      return { verify: use?.openRefunds, metric };
    } finally {
      await database.close();
    }
  }

  const runJobsForHours = async (hours: number): Promise<void> => {
    for (let hour = 0; hour < hours; hour++) await fixture.runJobsAfter({ hours: 1 });
  };

  it('refunds that began with v2 end by v2 under their numbers, from any state at the switch', async () => {
    const { shop } = fixture;
    const orders = [];
    for (let count = 0; count < 4; count++) orders.push(await fixture.createPaidOrder());
    const [accepted, unclear, unsent, undecided] = orders as [OrderJson, OrderJson, OrderJson, OrderJson];
    const ofAccepted = await fixture.createApprovedRefund(accepted, 1000);
    await shop.wechat.failNext({ endpoint: 'refund', kind: 'reset', when: 'after' });
    const ofUnclear = await fixture.createApprovedRefund(unclear, 2000);
    expect(ofUnclear).toMatchObject({ waitReason: 'UNKNOWN_OUTCOME' });
    await shop.wechat.failNext({ endpoint: 'refund', kind: 'reset', when: 'before' });
    const ofUnsent = await fixture.createApprovedRefund(unsent, 3000);
    const ofUndecided = await fixture.alice.requestRefund(undecided, { amountFen: 4000 });

    await shop.restart(SWITCHED);
    expect(await openRefunds()).toEqual({ verify: 3, metric: 3 });
    await fixture.approveRefund(ofUndecided);
    await runJobsForHours(2);
    for (const [order, refund] of [
      [accepted, ofAccepted],
      [unclear, ofUnclear],
      [unsent, ofUnsent],
      [undecided, ofUndecided],
    ] as const) {
      await expectRefunded(order, refund);
      expect(await channelOf(refund)).toBe('wechat-v2');
      expect(await callsOfV3(refund)).toBe(0);
    }
    expect([await requestsOf(ofAccepted), await requestsOf(ofUnclear)]).toEqual([
      { v2: 1, v3: 0 },
      { v2: 1, v3: 0 },
    ]);
    expect(await openRefunds()).toEqual({ verify: 0, metric: 0 });
  });

  it('an ABNORMAL refund of v2 that staff retry after the switch stays with v2', async () => {
    const order = await fixture.createPaidOrder();
    await fixture.shop.wechat.failNext({ endpoint: 'refund', kind: 'return_fail', returnMsg: '签名错误' });
    const refund = await fixture.createApprovedRefund(order, 1000);
    expect(refund).toMatchObject({ status: 'ABNORMAL' });
    await fixture.shop.restart(SWITCHED);
    await fixture.shop.wechat.advanceTime({ minutes: 20 });
    await fixture.retryRefund(refund);
    await runJobsForHours(1);
    await expectRefunded(order, refund);
    expect(await requestsOf(refund)).toEqual({ v2: 2, v3: 0 });
  });

  it('without the key of v2 its payments are refunded by v3, and such a refund stays with v3 when the key is back', async () => {
    const [order, abnormal] = [await fixture.createPaidOrder(), await fixture.createPaidOrder()];
    const undecided = await fixture.alice.requestRefund(order, { amountFen: 1000 });
    await fixture.shop.restart(WITHOUT_V2_KEY);
    await fixture.approveRefund(undecided);
    await fixture.shop.wechat.failNext({ endpoint: 'refund', kind: 'err_code', errCode: 'NO_AUTH' });
    const refund = await fixture.createApprovedRefund(abnormal, 2000);
    expect(refund).toMatchObject({ status: 'ABNORMAL' });
    expect([await channelOf(undecided), await channelOf(refund)]).toEqual(['wechat-v3', 'wechat-v3']);

    await fixture.shop.restart(TURNED_BACK);
    await fixture.shop.wechat.advanceTime({ minutes: 20 });
    await fixture.retryRefund(refund);
    await runJobsForHours(1);
    await expectRefunded(order, undecided);
    await expectRefunded(abnormal, refund);
    expect([await channelOf(undecided), await channelOf(refund)]).toEqual(['wechat-v3', 'wechat-v3']);
    expect([await requestsOf(undecided), await requestsOf(refund)]).toEqual([
      { v2: 0, v3: 1 },
      { v2: 0, v3: 2 },
    ]);
  });

  it('a key of v2 that is removed too early leaves a refund open, and it ends by v2 when the key is back', async () => {
    const order = await fixture.createPaidOrder();
    await fixture.shop.wechat.failNext({ endpoint: 'refund', kind: 'reset', when: 'after' });
    const refund = await fixture.createApprovedRefund(order, 1000);
    await fixture.shop.restart(WITHOUT_V2_KEY);
    await runJobsForHours(3);
    await fixture.retryRefund(refund);
    expect(await fixture.getAdminRefund(refund)).toMatchObject({ status: 'PROCESSING', waitReason: 'UNKNOWN_OUTCOME' });
    expect([await requestsOf(refund), await callsOfV3(refund)]).toEqual([{ v2: 1, v3: 0 }, 0]);
    expect(await openRefunds()).toEqual({ verify: 1, metric: 1 });

    await fixture.shop.restart(SWITCHED);
    await fixture.retryRefund(refund);
    await runJobsForHours(1);
    await expectRefunded(order, refund);
    expect(await requestsOf(refund)).toEqual({ v2: 1, v3: 0 });
  });

  it('a refund notice of one protocol for a refund of the other is refused', async () => {
    const setChannel = (refund: RefundJson, channel: string): Promise<void> =>
      fixture.shop.rawUpdate(`UPDATE refunds SET channel = '${channel}' WHERE refund_no = '${refund.refundNo}'`);
    const { shop } = fixture;
    const first = await fixture.createPaidOrder();
    await shop.wechat.failNext({ endpoint: 'refund-notice', kind: 'lose_forever', times: 2 });
    const ofV2 = await fixture.createApprovedRefund(first, 1000);
    await shop.restart(SWITCHED);
    const second = await fixture.createPaidOrder();
    const ofV3 = await fixture.createApprovedRefund(second, 2000);
    await shop.wechat.advanceTime({ minutes: 15 });
    for (const [refund, own, other] of [
      [ofV2, 'wechat-v2', 'wechat-v3'],
      [ofV3, 'wechat-v3', 'wechat-v2'],
    ] as const) {
      expect(await channelOf(refund)).toBe(own);
      await setChannel(refund, other);
      expect(await fixture.sendRefundNotice(refund)).toEqual([false]);
      expect(await fixture.getAdminRefund(refund)).toMatchObject({ status: 'PROCESSING' });
      await setChannel(refund, own);
      expect(await fixture.sendRefundNotice(refund)).toEqual([true]);
      expect(await fixture.getAdminRefund(refund)).toMatchObject({ status: 'SUCCEEDED' });
    }
  });

  describe('made in the merchant platform, of a payment of v3', () => {
    const refundByHand = async (order: OrderJson, refundNo: string): Promise<void> => {
      const { outTradeNo = '' } = (await fixture.shop.getPayments(order.orderNo))[0] ?? {};
      const notifyUrl = `${fixture.shop.environment['PUBLIC_BASE_URL'] ?? ''}/wechat/notify/refund`;
      const byHand = { refundFen: 4000, out_refund_no: refundNo, notify_url: notifyUrl };
      const reply = await fixture.shop.wechat.control('POST', `orders/${outTradeNo}/vendor-refund`, byHand);
      expect(reply.status).toBe(201);
      await fixture.runJobsAfter({ minutes: 1 });
    };

    it('is imported by its XML notice while the key of v2 is set', async () => {
      await fixture.shop.restart(SWITCHED);
      const order = await fixture.createPaidOrder();
      await refundByHand(order, 'BYHAND0001');
      await fixture.sendRefundNotice({ refundNo: 'BYHAND0001' } as RefundJson);
      expect(await fixture.alice.getOrder(order)).toMatchObject({ refundStatus: 'PARTIAL', refundedFen: 4000 });
    });

    it('is not known without the key of v2, and WeChat refuses to refund its amount a second time', async () => {
      await fixture.shop.restart(WITHOUT_V2_KEY);
      const order = await fixture.createPaidOrder();
      await refundByHand(order, 'BYHAND0002');
      expect(await fixture.alice.getOrder(order)).toMatchObject({ refundStatus: 'NONE', refundedFen: 0 });
      const refund = await fixture.createApprovedRefund(order);
      await runJobsForHours(2);
      expect(await fixture.getAdminRefund(refund)).toMatchObject({ status: 'FAILED' });
      expect(await fixture.getLedger(order)).toEqual({ paidFen: PRICE_FEN, refundedFen: 4000, refunds: 1 });
    });
  });
});
