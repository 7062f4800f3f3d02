import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RefundFixture, PRICE_FEN } from '../../support/fixtures/refund-fixture.js';
import { createStaff, type TestStaff } from '../support/test-staff.js';
import { expectProblem } from '../support/expect-problem.js';

interface DayJson {
  date: string;
  paidFen: number;
  paidCount: number;
  refundedFen: number;
  refundedCount: number;
  netFen: number;
}

interface SummaryJson extends Omit<DayJson, 'date'> {
  from: string;
  to: string;
  pendingRefunds: number;
  pendingRefundFen: number;
  days: DayJson[];
  attempts: { started: number; paid: number; open: number };
  resultSources: { payments: number; byNotice: number; byQuery: number; medianNoticeDelayMs: number | null };
}

interface ToDoJson {
  waiting: { count: number; amountFen: number; oldestAt: string | null };
  abnormal: { count: number };
  unknown: { count: number; amountFen: number };
  outOfFunds: { count: number };
  automaticToday: { count: number };
  certificateDaysLeft: number | null;
  lastNoticeAt: string | null;
  now: string;
  wechatMode: string;
}

/** The Beijing date of an instant. */
const dayOf = (instant: string): string =>
  new Date(new Date(instant).getTime() + 8 * 3600 * 1000).toISOString().slice(0, 10);

describe('GET /admin/api/summary', () => {
  let fixture: RefundFixture;
  let viewer: TestStaff;

  beforeAll(async () => {
    fixture = await RefundFixture.open();
    viewer = await createStaff(fixture.shop, 'VIEWER');
  });
  afterAll(() => fixture.shop.close());

  const sums = async (query = ''): Promise<SummaryJson> =>
    (await viewer.call<SummaryJson>('GET', `summary${query}`)).body;
  const toDo = async (): Promise<ToDoJson> => (await viewer.call<ToDoJson>('GET', 'to-do')).body;

  it('is zero before the first sale', async () => {
    const none = { paidFen: 0, paidCount: 0, refundedFen: 0, refundedCount: 0, netFen: 0 };
    expect(await sums()).toMatchObject({
      ...none,
      pendingRefunds: 0,
      pendingRefundFen: 0,
      days: [],
      attempts: { started: 0, paid: 0, open: 0 },
      resultSources: { payments: 0, byNotice: 0, byQuery: 0, medianNoticeDelayMs: null },
    });
    expect(await toDo()).toMatchObject({ waiting: { count: 0, amountFen: 0, oldestAt: null }, lastNoticeAt: null });
  });

  it('counts money that WeChat moved, by the source of the result', async () => {
    const { alice, shop } = fixture;
    const asked = await fixture.createPaidOrder(); // found by query: the helper does not wait for the notice
    const notified = await alice.createOrder({ productId: fixture.tea });
    const { outTradeNo } = await alice.pay(notified, { notify: 'lost' });
    await shop.wechat.sendPaymentNotice(outTradeNo);
    await alice.startPayment(await alice.createOrder({ productId: fixture.tea }));
    await fixture.createApprovedRefund(asked, 2500);
    await fixture.runJobsAfter({ minutes: 5 });
    await alice.requestRefund(notified, { amountFen: 300 });

    const summary = await sums();
    const [day] = summary.days;
    expect(summary).toMatchObject({
      paidFen: 2 * PRICE_FEN,
      paidCount: 2,
      refundedFen: 2500,
      refundedCount: 1,
      netFen: 2 * PRICE_FEN - 2500,
      pendingRefunds: 1,
      pendingRefundFen: 300,
      attempts: { started: 3, paid: 2 },
      resultSources: { payments: 2 },
    });
    expect(summary.resultSources.byNotice + summary.resultSources.byQuery).toBe(2);
    expect(summary.resultSources.byNotice).toBeGreaterThanOrEqual(1);
    expect(summary.resultSources.medianNoticeDelayMs).toBeGreaterThanOrEqual(0);
    expect(day?.date).toMatch(/^\d{4}-\d\d-\d\d$/);
    expect(summary.days.reduce((sum, { netFen }) => sum + netFen, 0)).toBe(summary.netFen);
  });

  it('counts what requires an action by staff', async () => {
    const { now, ...rest } = await toDo();
    expect(rest).toMatchObject({
      waiting: { count: 1, amountFen: 300 },
      abnormal: { count: 0 },
      unknown: { count: 0 },
      outOfFunds: { count: 0 },
      automaticToday: { count: 0 },
      wechatMode: 'simulator',
    });
    expect(rest.certificateDaysLeft).toBeGreaterThan(0);
    expect(Date.parse(rest.lastNoticeAt ?? '')).toBeLessThanOrEqual(Date.parse(now));
  });

  it('counts by Beijing days, and only within the requested time', async () => {
    const { days, from, to } = await sums();
    for (const instant of [from, to]) expect(instant).toMatch(/T16:00:00\.000Z$/); // midnight in Beijing
    const last = days.at(-1)?.date ?? '';
    expect(last <= dayOf((await toDo()).now)).toBe(true);
    const midnight = new Date(`${last}T00:00:00+08:00`);
    const before = await sums(`?from=2020-01-01&to=${encodeURIComponent(midnight.toISOString())}`);
    expect(before.days.map(({ date }) => date)).not.toContain(last);
    const since = await sums(`?from=${encodeURIComponent(midnight.toISOString())}`);
    expect(since.days.map(({ date }) => date)).toContain(last);
    expect(before.paidFen + since.paidFen).toBe((await sums('?from=2020-01-01&to=2100-01-01')).paidFen);
  });

  it('counts a refund with an unknown outcome after the time limit', async () => {
    const order = await fixture.createPaidOrder();
    const fault = { kind: 'err_code', errCode: 'BIZERR_NEED_RETRY', errCodeDes: '…' };
    await fixture.shop.wechat.failNext({ endpoint: 'refund', ...fault });
    await fixture.createApprovedRefund(order, 700);
    expect((await toDo()).unknown).toEqual({ count: 0, amountFen: 0 });
    await fixture.shop.wechat.advanceTime({ minutes: 11 });
    expect((await toDo()).unknown).toEqual({ count: 1, amountFen: 700 });
    const waiting = await viewer.call<{ items: { waitReason: string }[] }>('GET', 'refunds?waitReason=UNKNOWN_OUTCOME');
    expect(waiting.body.items.map(({ waitReason }) => waitReason)).toEqual(['UNKNOWN_OUTCOME']);
  });

  it('rejects an invalid time', async () => {
    for (const query of ['from=yesterday', 'to=2026-13-01']) {
      expectProblem(await viewer.call('GET', `summary?${query}`), 400, 'VALIDATION_FAILED');
    }
  });
});
