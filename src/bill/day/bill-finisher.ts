import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { updateRows } from '../../database/rows.js';
import { EventRecorder } from '../../event/event-recorder.js';
import { Bill, type BillStatus } from '../bill.entity.js';
import { billView } from '../bill.view.js';
import { BillDifference } from '../difference/bill-difference.entity.js';

/** What the finisher must know of the work on a day. */
export interface BillChange {
  /** The day as it was before the work. */
  before: Bill;
  /** New values of the day. */
  changes: Partial<Bill>;
  /** WAITING and INCOMPLETE stay; otherwise the open differences decide. */
  fileStatus: 'WAITING' | 'INCOMPLETE' | 'RECONCILED';
  /** Absent for an answer that is final. */
  isNoneFinal?: boolean;
}

/** Writes the result of the work on a day, and the event when anything visible has changed. */
@Injectable()
export class BillFinisher {
  constructor(private readonly events: EventRecorder) {}

  /**
   * In the caller's transaction, which holds the lease of the day or changes only one difference. @returns the day as written.
   */
  async finish(tx: EntityManager, { before: { id }, changes, fileStatus }: BillChange): Promise<Bill> {
    const openDifferences = await tx.countBy(BillDifference, { billId: id, status: 'OPEN' });
    const waitingEntries = await tx.countBy(BillDifference, { billId: id, status: 'WAITING' });
    const settled: BillStatus = openDifferences > 0 ? 'DIFFERENCES' : 'BALANCED';
    const status = fileStatus === 'RECONCILED' ? settled : fileStatus;
    await updateRows(tx, Bill, { id }, { ...changes, status, openDifferences, waitingEntries });
    const after = await tx.findOneByOrFail(Bill, { id });
    return this.recordEvent(tx, after);
  }

  /** An event for each visible change of a day that was compared: an earlier day never changes silently, even after a crash. */
  private async recordEvent(tx: EntityManager, after: Bill): Promise<Bill> {
    const reportedDigest = digestOf(after);
    if (after.status === 'WAITING' || after.reportedDigest === reportedDigest) return after;
    const version = after.version + 1;
    await updateRows(tx, Bill, { id: after.id }, { version, reportedDigest });
    const bill = { ...after, version, reportedDigest };
    await this.events.write(tx, { type: 'bill.reconciled', subject: bill.date, data: billEventData(bill) });
    return bill;
  }
}

/** `data` of `bill.reconciled`: the day as the admin API returns it. */
function billEventData(bill: Bill): object {
  return { object: 'bill', version: bill.version, ...billView(bill) };
}

/** Identifies what the event reports. Comparing a day again with the same result is no change. */
function digestOf(bill: Bill): string {
  const facts = { ...billView(bill), downloadedAt: null, reconciledAt: null };
  return createHash('sha1').update(JSON.stringify(facts)).digest('hex');
}
