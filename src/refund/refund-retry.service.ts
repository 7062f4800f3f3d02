import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type Actor, AuditLog } from '../audit/audit-log.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { OrderEventLog } from '../payment/order-event-log.js';
import { findStoredPrepayRequest } from '../payment/find-stored-prepay-request.js';
import { CertificateReloadJob } from '../wechat/certificate-reload.job.js';
import { refundNotDecidable } from './refund-not-decidable.js';
import { RefundStatusSync } from './refund-status-sync.js';
import { moveRefund } from './refund-moves.js';
import { WechatRefundRequestComposer } from './wechat-refund-request-composer.js';
import { RefundSchedule } from './refund-schedule.js';
import { isKnownToWechat } from './refund-visibility.js';
import type { Refund } from './refund.entity.js';
import { RefundQueryService } from './refund-query.service.js';

/** Retries refunds on request of staff, always under the same number. */
@Injectable()
export class RefundRetryService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly refunds: RefundQueryService,
    private readonly eventLog: OrderEventLog,
    private readonly audit: AuditLog,
    private readonly composer: WechatRefundRequestComposer,
    private readonly schedule: RefundSchedule,
    private readonly statusSync: RefundStatusSync,
    private readonly certificate: CertificateReloadJob,
  ) {}

  /**
   * Prepares the refund to be sent or queried now; the caller then calls `advance`. An ABNORMAL refund that WeChat has never
   * accepted gets a new request under the same `out_refund_no`, so that rejected content can be corrected.
   * @returns null when there is nothing to advance: another worker has it, or WeChat's answer has moved it.
   * @throws DomainError REFUND_NOT_FOUND, or REFUND_NOT_DECIDABLE for an undecided or ended refund.
   */
  async retry(refundNo: string, actor: Actor): Promise<Refund | null> {
    const refund = await this.refunds.getByNumber(refundNo);
    const { status } = refund;
    if (status !== 'ABNORMAL' && status !== 'PROCESSING') throw refundNotDecidable(refund);
    await this.certificate.run(); // staff usually retry after replacing the certificate files
    const request = status === 'ABNORMAL' ? await this.composeRetry(refund) : refund.request;
    const isTaken = await this.unitOfWork.run(async (tx) => {
      if (!(await this.schedule.acquireLease(tx, refund))) return false;
      // WeChat accepts the same number again. For a refund that it could not pay out, this has no effect.
      const again = { from: 'ABNORMAL', to: 'PROCESSING', acceptedAt: null, checkCount: 0, request } as const;
      if (status === 'ABNORMAL' && !(await moveRefund(tx, refund, again, { sendCount: refund.sendCount })))
        return false;
      await this.record(tx, refund, actor);
      return true;
    });
    return isTaken ? this.refunds.getByNumber(refundNo) : null;
  }

  /**
   * The stored request, unless WeChat reports no such refund. A number that WeChat knows is never sent with another text. A
   * delayed answer does no harm, because WeChat refunds once per number.
   */
  private async composeRetry(refund: Refund): Promise<string | null> {
    if (isKnownToWechat(refund) || (await this.statusSync.syncWithWechat(refund)) !== 'ABSENT') return refund.request;
    const paymentRequest = await findStoredPrepayRequest(this.unitOfWork, refund.outTradeNo);
    return paymentRequest === null ? refund.request : this.composer.composeText(refund, paymentRequest);
  }

  private async record(tx: EntityManager, refund: Refund, actor: Actor): Promise<void> {
    const { refundNo, orderNo, outTradeNo, amountFen, status } = refund;
    const facts = { refundNo, amountFen, actor: actor.username };
    await this.eventLog.write(tx, { type: 'REFUND_DECISION', result: 'RETRY', orderNo, outTradeNo, facts });
    await this.audit.write(tx, {
      ...{ actor, action: 'refund.retry', subject: refundNo, before: { status } },
      after: { status: 'PROCESSING' },
    });
  }
}
