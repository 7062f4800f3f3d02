import { setTimeout as pause } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/time/clock.js';
import { Settings } from '../../config/settings.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { freeLeaseConditions } from '../../jobs/claim-due.js';
import { paymentCallLeaseMs } from '../attempt/payment-leases.js';
import { PaymentStatusSync } from './payment-status-sync.js';
import { type PaymentSyncResult, PaymentAttempt } from '../attempt/payment-attempt.entity.js';

/** How often a call checks whether the query of another instance has its response. */
const POLL_INTERVAL_MS = 100;

/**
 * Queries WeChat for an attempt on request of a person. A call during a running query, on this or another instance,
 * waits for its response: a hundred concurrent calls send one query.
 */
@Injectable()
export class OnDemandPaymentSync {
  private readonly running = new Map<string, Promise<PaymentSyncResult>>();

  constructor(
    private readonly settings: Settings,
    private readonly clock: Clock,
    private readonly unitOfWork: UnitOfWork,
    private readonly statusSync: PaymentStatusSync,
  ) {}

  /** May be repeated. Paid and closed are committed before it returns. */
  sync(payment: PaymentAttempt): Promise<PaymentSyncResult> {
    const { outTradeNo } = payment;
    const running = this.running.get(outTradeNo);
    if (running) return running;
    const pendingSync = this.syncOrWait(payment).finally(() => this.running.delete(outTradeNo));
    this.running.set(outTradeNo, pendingSync);
    return pendingSync;
  }

  private async syncOrWait(payment: PaymentAttempt): Promise<PaymentSyncResult> {
    const { outTradeNo } = payment;
    const deadline = performance.now() + paymentCallLeaseMs(this.settings);
    for (;;) {
      const until = await this.acquireLease(outTradeNo);
      if (until) return this.syncWithLease(payment, until);
      const result = await this.waitForOtherInstance(outTradeNo, deadline);
      if (result !== null) return result;
      if (performance.now() > deadline) return 'UNKNOWN';
    }
  }

  private async syncWithLease(payment: PaymentAttempt, until: Date): Promise<PaymentSyncResult> {
    let result: PaymentSyncResult = 'UNKNOWN';
    try {
      result = await this.statusSync.syncWithWechat(payment, 'sync');
      return result;
    } finally {
      await this.releaseLease(payment.outTradeNo, until, result);
    }
  }

  /**
   * Compare-and-set: the end of the lease, or null while another instance holds it. The lease of a crashed instance
   * expires.
   */
  private acquireLease(outTradeNo: string): Promise<Date | null> {
    const now = this.clock.now();
    const syncUntil = new Date(now.getTime() + paymentCallLeaseMs(this.settings));
    return this.unitOfWork.run(async (tx) => {
      const where = freeLeaseConditions(now).map((free) => ({ outTradeNo, syncUntil: free }));
      const lease = { syncUntil, syncAnswer: null };
      const { affected } = await tx.createQueryBuilder().update(PaymentAttempt).set(lease).where(where).execute();
      return affected === 1 ? syncUntil : null;
    });
  }

  private async releaseLease(outTradeNo: string, syncUntil: Date, syncAnswer: PaymentSyncResult): Promise<void> {
    await this.unitOfWork.run((tx) =>
      tx.update(PaymentAttempt, { outTradeNo, syncUntil }, { syncUntil: null, syncAnswer }),
    );
  }

  /**
   * The response that the other instance received; null when its lease expired without one, or the deadline has passed.
   */
  private async waitForOtherInstance(outTradeNo: string, deadline: number): Promise<PaymentSyncResult | null> {
    while (performance.now() <= deadline) {
      await pause(POLL_INTERVAL_MS);
      const { syncUntil, syncAnswer } = await this.unitOfWork.read((manager) =>
        manager.findOneOrFail(PaymentAttempt, {
          where: { outTradeNo },
          select: { id: true, syncUntil: true, syncAnswer: true },
        }),
      );
      if (syncUntil === null) return syncAnswer;
      if (syncUntil <= this.clock.now()) return null;
    }
    return null;
  }
}
