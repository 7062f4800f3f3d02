import { Injectable, Logger } from '@nestjs/common';
import { MoreThan } from 'typeorm';
import { Clock } from '../../common/time/clock.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { PaymentAttempt } from '../../payment/attempt/payment-attempt.entity.js';
import { PaymentStatusSync } from '../../payment/status-sync/payment-status-sync.js';
import { Refund } from '../../refund/refund.entity.js';
import { RefundResultService } from '../../refund/results/refund-result.service.js';
import type { Bill } from '../bill.entity.js';
import { isFittingState } from '../compare/refund-states.js';
import type { BillLease } from '../day/bill-lease.js';
import { BillDifference, type Resolution } from '../difference/bill-difference.entity.js';
import type { BillEntry } from '../entries/bill-entry.entity.js';
import { findEntries } from '../entries/find-entries.js';
import { ourRefund } from '../entries/our-entry.js';

/** Differences that are read at a time. Each costs a call to WeChat. */
const BATCH_SIZE = 50;

/** How an attempt to heal ended. `PERSON`: only a person can explain it · `LATER`: WeChat gave no usable answer. */
type Healing = Resolution | 'PERSON' | 'LATER';

/** What a difference of this kind may become without a person. */
const HEALABLE = [
  { kind: 'MISSING_HERE', entryType: 'PAYMENT' },
  { kind: 'MISSING_HERE', entryType: 'REFUND' },
  { kind: 'STATUS', entryType: 'REFUND' },
] as const;

/**
 * Resolves what WeChat can explain: a payment or refund that is missing or behind here is queried, and the answer is applied by
 * the same services as every other result. The bill itself never changes a payment or refund.
 */
@Injectable()
export class BillHealer {
  private readonly log = new Logger(BillHealer.name);

  constructor(
    private readonly clock: Clock,
    private readonly unitOfWork: UnitOfWork,
    private readonly paymentSync: PaymentStatusSync,
    private readonly refundResults: RefundResultService,
  ) {}

  /**
   * Tries every open difference of the day once. May be repeated. @returns how many are left for which WeChat gave no usable
   * answer. @throws LeaseLostError.
   */
  async heal(bill: Bill, lease: BillLease): Promise<number> {
    let unanswered = 0;
    // Payments first: a refund can only be imported for a payment that is recorded.
    for (const healable of HEALABLE) {
      for (let after = 0; ;) {
        const rows = await this.readOpen(bill, healable, after);
        for (const row of rows) if ((await this.healOne(bill, row, lease)) === 'LATER') unanswered += 1;
        after = rows.at(-1)?.id ?? after;
        if (rows.length < BATCH_SIZE) break;
      }
    }
    return unanswered;
  }

  private readOpen(bill: Bill, healable: (typeof HEALABLE)[number], after: number): Promise<BillDifference[]> {
    const where = { billId: bill.id, status: 'OPEN', ...healable, id: MoreThan(after) } as const;
    return this.unitOfWork.read((manager) =>
      manager.find(BillDifference, { where, order: { id: 'ASC' }, take: BATCH_SIZE }),
    );
  }

  private async healOne(bill: Bill, difference: BillDifference, lease: BillLease): Promise<Healing> {
    await lease.keep();
    const healing = await this.tryToHeal(bill, difference);
    if (healing === 'PERSON' || healing === 'LATER') return healing;
    await lease.run(async (tx) => {
      const resolved = { status: 'RESOLVED', resolution: healing, endedAt: this.clock.now() } as const;
      await tx.update(BillDifference, { id: difference.id, status: 'OPEN' }, resolved);
    });
    const { kind, number } = difference;
    this.log.log(`Bill ${bill.date}: ${kind} of ${number} is resolved: ${healing}`);
    return healing;
  }

  private async tryToHeal(bill: Bill, difference: BillDifference): Promise<Healing> {
    const { entryType, number } = difference;
    if (entryType === 'PAYMENT') return this.healPayment(difference);
    const fileIds = bill.tradeFileId === null ? [] : [bill.tradeFileId];
    const [entry] = await this.unitOfWork.read((manager) => findEntries(manager, fileIds, 'REFUND', [number]));
    return entry ? this.healRefund(entry) : 'PERSON';
  }

  private async healPayment({ number: outTradeNo, theirsFen }: BillDifference): Promise<Healing> {
    const before = await this.findPayment(outTradeNo);
    if (!before) return 'PERSON'; // of another system of the merchant
    const isRecorded = ({ status, amountFen }: PaymentAttempt): boolean => status === 'PAID' && amountFen === theirsFen;
    if (before.status === 'PAID') return isRecorded(before) ? 'RECORDED_MEANWHILE' : 'PERSON';
    const answer = await this.paymentSync.syncWithWechat(before);
    const after = await this.findPayment(outTradeNo);
    if (after && isRecorded(after)) return after.refundDueFen > 0 ? 'PAYMENT_LATE' : 'PAYMENT_APPLIED';
    return answer === 'PAID' ? 'PERSON' : 'LATER';
  }

  private async healRefund(entry: BillEntry): Promise<Healing> {
    const { number: refundNo, outTradeNo, refundId } = entry;
    const before = await this.findRefund(refundNo);
    if (!before) {
      const outcome = await this.refundResults.importFromBill({
        outRefundNo: refundNo,
        outTradeNo,
        wechatRefundId: refundId,
      });
      if (outcome === 'IMPORTED') return 'REFUND_IMPORTED';
      return outcome === 'UNKNOWN' ? 'LATER' : 'PERSON';
    }
    if (isLikeEntry(before, entry)) return 'RECORDED_MEANWHILE';
    const answer = await this.refundResults.syncWithWechat(before);
    const after = await this.findRefund(refundNo);
    if (after && isLikeEntry(after, entry)) return 'REFUND_UPDATED';
    return answer === 'FOUND' ? 'PERSON' : 'LATER';
  }

  private findPayment(outTradeNo: string): Promise<PaymentAttempt | null> {
    return this.unitOfWork.read((manager) => manager.findOneBy(PaymentAttempt, { outTradeNo }));
  }

  private findRefund(refundNo: string): Promise<Refund | null> {
    return this.unitOfWork.read((manager) => manager.findOneBy(Refund, { refundNo }));
  }
}

/** An accepted refund in a state that fits the bill. */
function isLikeEntry(refund: Refund, entry: BillEntry): boolean {
  const isSamePayment = refund.outTradeNo === entry.outTradeNo && refund.transactionId === entry.transactionId;
  const isCounted = ourRefund(refund).atMs !== null && refund.amountFen === entry.amountFen;
  return isSamePayment && isCounted && isFittingState(refund.status, entry.state);
}
