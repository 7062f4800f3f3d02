import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Clock } from '../../src/common/clock.js';
import { claimDue } from '../../src/database/claim-due.js';
import { UnitOfWork } from '../../src/database/unit-of-work.js';
import { bringForward } from '../../src/reconciliation/bring-forward.js';
import { Refund } from '../../src/refund/refund.entity.js';
import { RefundFixture } from '../support/refund-fixture.js';

const LEASE_MS = 60_000;
const DAY_MS = 86_400_000;

describe('a row that a worker has claimed', () => {
  let world: RefundFixture;

  beforeAll(async () => {
    world = await RefundFixture.open();
  });
  afterAll(() => world.shop.close());

  it('jobs: is not brought forward while the worker has it, so it is not claimed twice', async () => {
    const app = world.shop.firstInstance.app;
    const unitOfWork = app.get(UnitOfWork);
    await world.shop.wechat.failNext({ endpoint: 'refund', kind: 'reset', when: 'after' });
    const { refundNo } = await world.createApprovedRefund(await world.createPaidOrder());
    await world.shop.wechat.clearFaults();
    const now = app.get(Clock).now();
    const past = new Date(now.getTime() - 1000);
    await unitOfWork.run((tx) => tx.update(Refund, { refundNo }, { nextCheckAt: past, earlyCheckAt: past }));

    // The other worker's clock is a little ahead: its lease ends later than one that begins now.
    const until = new Date(now.getTime() + LEASE_MS + 1);
    const latestPlausible = new Date(now.getTime() + 400 * DAY_MS);
    const { row } = await unitOfWork.run((tx) => claimDue(tx, Refund, { now, until, latestPlausible }));
    expect(row).toMatchObject({ refundNo, nextCheckAt: until, earlyCheckAt: null });
    expect(await bringForward(unitOfWork, Refund, { now, leaseMs: LEASE_MS, batchSize: 20 })).toBe(0);
    const [after] = (await world.shop.firstInstance.findAll(Refund)).filter((refund) => refund.refundNo === refundNo);
    expect(after?.nextCheckAt).toEqual(until);
  });
});
