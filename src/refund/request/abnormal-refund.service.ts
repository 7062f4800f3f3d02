import { Injectable } from '@nestjs/common';
import type { Actor } from '../../audit/audit-log.js';
import { DomainError } from '../../common/problem/domain-error.js';
import { Clock } from '../../common/time/clock.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { RefundQueryService } from '../read/refund-query.service.js';
import { RefundRecorder } from '../refund-recorder.js';
import type { Refund } from '../refund.entity.js';
import { RefundResultService } from '../results/refund-result.service.js';
import { refundKnownToWechat, refundNotDecidable, refundSentRecently } from '../rules/refund-errors.js';
import { isKnownToWechat, secondsUntilVisible } from '../rules/refund-visibility.js';
import { endAbandonedRefund } from './decide-refund.js';

/** Ends an ABNORMAL refund that WeChat does not have, for staff. */
@Injectable()
export class AbnormalRefundService {
  constructor(
    private readonly clock: Clock,
    private readonly unitOfWork: UnitOfWork,
    private readonly refunds: RefundQueryService,
    private readonly results: RefundResultService,
    private readonly recorder: RefundRecorder,
  ) {}

  /**
   * Queries WeChat and ends an ABNORMAL refund as FAILED if WeChat reports no such refund, which releases its amount. If
   * WeChat has it, its result is applied, and the call is rejected. So is a call that is repeated after a lost response.
   * @throws DomainError REFUND_NOT_FOUND; REFUND_NOT_DECIDABLE when it is not ABNORMAL, before or after the query;
   * REFUND_KNOWN_TO_WECHAT when WeChat has it and it is still ABNORMAL; WECHAT_UNAVAILABLE without a usable response, or with
   * one that contradicts our records; REFUND_SENT_RECENTLY while the response "no such refund" is not reliable.
   */
  async abandon(refundNo: string, note: string, actor: Actor): Promise<Refund> {
    const refund = await this.refunds.getByNumber(refundNo);
    if (refund.status !== 'ABNORMAL') throw refundNotDecidable(refund);
    if (isKnownToWechat(refund)) throw refundKnownToWechat(refund);
    const waitSeconds = secondsUntilVisible(refund, this.clock.now()); // measured at the time of the query, not of the response
    const answer = await this.results.syncWithWechat(refund);
    if (answer === 'FOUND') throw refundKnownToWechat(await this.refunds.getByNumber(refundNo));
    if (answer === 'UNKNOWN') throw new DomainError('WECHAT_UNAVAILABLE');
    if (waitSeconds > 0) throw refundSentRecently(refundNo, waitSeconds);
    const at = this.clock.now();
    const isEnded = await this.unitOfWork.run((tx) =>
      endAbandonedRefund(tx, this.recorder, refund, { note, actor, at }),
    );
    const after = await this.refunds.getByNumber(refundNo);
    if (isEnded) return after;
    throw after.status === 'ABNORMAL' ? refundSentRecently(refundNo, 1) : refundNotDecidable(after);
  }
}
