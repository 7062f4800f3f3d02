import { setTimeout as pause } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { type EntityManager, In, LessThanOrEqual } from 'typeorm';
import { type Actor, AuditLog } from '../audit/audit-log.js';
import { DomainError } from '../common/problem/domain-error.js';
import { addDays, beijingDateOf } from '../common/time/beijing-days.js';
import { Clock } from '../common/time/clock.js';
import { validationFailed } from '../common/validation/input.pipe.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { Bill } from './bill.entity.js';
import { BillCalendar } from './day/bill-calendar.js';
import { BillFinisher } from './day/bill-finisher.js';
import { BillReconciler } from './day/bill-reconciler.js';
import { isStillAtWechat } from './day/bill-schedule.js';
import { isTradeCompared } from './day/other-bills.js';
import { BillDifference } from './difference/bill-difference.entity.js';

/** Milliseconds for which a call waits for another one that reconciles the same day. */
const MAX_WAIT_MS = 60_000;
const POLL_INTERVAL_MS = 500;

/** What staff do with bills. */
@Injectable()
export class BillService {
  private readonly running = new Map<string, Promise<Bill>>();

  constructor(
    private readonly clock: Clock,
    private readonly unitOfWork: UnitOfWork,
    private readonly calendar: BillCalendar,
    private readonly reconciler: BillReconciler,
    private readonly finisher: BillFinisher,
    private readonly audit: AuditLog,
  ) {}

  /**
   * Downloads and compares a day now. Concurrent calls for the same day share one comparison. May be repeated: it replaces the
   * open differences. @throws DomainError VALIDATION_FAILED for a day that WeChat has no bill of; BILL_BUSY.
   */
  async reconcile(date: string, actor: Actor): Promise<Bill> {
    const today = beijingDateOf(this.clock.now());
    if (date > today) throw validationFailed([{ field: 'date', message: 'date must not be in the future' }]);
    if (!isStillAtWechat(date, this.clock.now()))
      throw validationFailed([
        { field: 'date', message: 'date must be within the last 92 days: WeChat has no older bills' },
      ]);
    const bill = await this.calendar.getOrAdd(date);
    await this.unitOfWork.run((tx) =>
      this.audit.write(tx, { actor, action: 'bill.reconcile', subject: date, before: null, after: null }),
    );
    if (date === today) return bill; // WeChat makes it tomorrow
    const running =
      this.running.get(date) ?? this.reconcileWithNeighbours(bill).finally(() => this.running.delete(date));
    this.running.set(date, running);
    return running;
  }

  /**
   * Stores a person's explanation. May be repeated, which replaces the note. The day is BALANCED once no difference is open.
   * @throws DomainError BILL_NOT_FOUND, BILL_DIFFERENCE_NOT_FOUND, BILL_DIFFERENCE_NOT_OPEN.
   */
  explain(date: string, id: number, note: string, actor: Actor): Promise<BillDifference> {
    return this.unitOfWork.run(async (tx) => {
      const before = await lockBill(tx, date);
      const difference = await tx.findOneBy(BillDifference, { id, billId: before.id });
      if (!difference || difference.status === 'WAITING') throw new DomainError('BILL_DIFFERENCE_NOT_FOUND');
      const { status, note: oldNote } = difference;
      const changes = { status: 'EXPLAINED', note, explainedBy: actor.username, endedAt: this.clock.now() } as const;
      const { affected } =
        status === 'RESOLVED' ? { affected: 0 } : await tx.update(BillDifference, { id, status }, changes);
      if (affected !== 1) throw new DomainError('BILL_DIFFERENCE_NOT_OPEN');
      await this.audit.write(tx, {
        actor,
        action: 'bill.explain',
        subject: `${date}/${id}`,
        before: { note: oldNote },
        after: { note },
      });
      const fileStatus = before.status === 'BALANCED' || before.status === 'DIFFERENCES' ? 'RECONCILED' : before.status;
      await this.finisher.finish(tx, { before, changes: {}, fileStatus });
      return tx.findOneByOrFail(BillDifference, { id });
    });
  }

  /** The neighbouring days may wait for this bill. Their entries are decided now, not only when the job runs. */
  private async reconcileWithNeighbours({ id, date }: Bill): Promise<Bill> {
    const bill = await this.reconcileOrWait(id);
    const nextCheckAt = LessThanOrEqual(this.clock.now());
    const near = { date: In([addDays(date, -1), addDays(date, 1)]), nextCheckAt };
    for (const neighbour of await this.unitOfWork.read((manager) => manager.findBy(Bill, near)))
      if (isTradeCompared(neighbour)) await this.reconciler.work(neighbour.id, 'CONTINUE_OFFLINE');
    return bill;
  }

  private async reconcileOrWait(id: number): Promise<Bill> {
    const deadline = performance.now() + MAX_WAIT_MS;
    for (;;) {
      const bill = await this.reconciler.work(id, 'DOWNLOAD');
      if (bill) return bill;
      if (performance.now() > deadline) throw new DomainError('BILL_BUSY');
      // The other one may have begun before something changed that this call is about: it is not its answer.
      await pause(POLL_INTERVAL_MS);
    }
  }
}

/**
 * The day, which no comparison changes before this transaction ends: each of its transactions begins with an update of the same
 * row. Otherwise the counts and the status that it commits meanwhile would be overwritten. @throws DomainError BILL_NOT_FOUND.
 */
async function lockBill(tx: EntityManager, date: string): Promise<Bill> {
  await tx.update(Bill, { date }, { date });
  const bill = await tx.findOneBy(Bill, { date });
  if (!bill) throw new DomainError('BILL_NOT_FOUND');
  return bill;
}
