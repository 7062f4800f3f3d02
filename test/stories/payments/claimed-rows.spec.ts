import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Clock } from '../../../src/common/time/clock.js';
import { claimDue } from '../../../src/jobs/claim-due.js';
import { UnitOfWork } from '../../../src/database/unit-of-work.js';
import { rescheduleUnansweredChecks } from '../../../src/reconciliation/reschedule-unanswered-checks.js';
import { Refund } from '../../../src/refund/refund.entity.js';
import { RefundFixture } from '../../support/fixtures/refund-fixture.js';

const LEASE_MS = 60_000;
const DAY_MS = 86_400_000;

describe('jobs: claimed rows', () => {
  let fixture: RefundFixture;

  beforeAll(async () => {
    fixture = await RefundFixture.open();
  });
  afterAll(() => fixture.shop.close());

  it('bringForward skips a row that a worker has claimed, so it is not claimed twice', async () => {
    const app = fixture.shop.firstInstance.app;
    const unitOfWork = app.get(UnitOfWork);
    await fixture.shop.wechat.failNext({ endpoint: 'refund', kind: 'reset', when: 'after' });
    const { refundNo } = await fixture.createApprovedRefund(await fixture.createPaidOrder());
    await fixture.shop.wechat.clearFaults();
    const now = app.get(Clock).now();
    const past = new Date(now.getTime() - 1000);
    await unitOfWork.run((tx) => tx.update(Refund, { refundNo }, { nextCheckAt: past, earliestCheckAt: past }));

    // The other worker's clock is slightly ahead: its lease ends later than one that starts now.
    const until = new Date(now.getTime() + LEASE_MS + 1);
    const latestPlausible = new Date(now.getTime() + 400 * DAY_MS);
    const { row } = await unitOfWork.run((tx) => claimDue(tx, Refund, { now, until, latestPlausible }));
    expect(row).toMatchObject({ refundNo, nextCheckAt: until, earliestCheckAt: null });
    expect(await rescheduleUnansweredChecks(unitOfWork, Refund, { now, leaseMs: LEASE_MS, batchSize: 20 })).toBe(0);
    const [after] = (await fixture.shop.firstInstance.findAll(Refund)).filter((refund) => refund.refundNo === refundNo);
    expect(after?.nextCheckAt).toEqual(until);
  });
});
