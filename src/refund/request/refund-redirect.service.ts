import { Injectable } from '@nestjs/common';
import type { Actor } from '../../audit/audit-log.js';
import { DomainError } from '../../common/problem/domain-error.js';
import { Clock } from '../../common/time/clock.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import type { Outcome, Refused, Unknown } from '../../wechat/pay/outcome.js';
import type { RefundDestination, RefundQueryResult } from '../../wechat/pay/payment-types.js';
import { RefundQueryService } from '../read/refund-query.service.js';
import { RefundRecorder } from '../refund-recorder.js';
import { Refund } from '../refund.entity.js';
import { RefundResultService } from '../results/refund-result.service.js';
import { allowsDestination, isRedirectable, storedDestinationOf } from '../rules/redirect.js';
import { refundAlreadyRedirected, refundNotDecidable } from '../rules/refund-errors.js';
import { RefundSchedule } from '../sending/refund-schedule.js';
import { accountOf, WechatRefundClient } from '../sending/wechat-refund-client.js';
import { claimRedirect, recordPaidOtherwise, releaseRedirect } from './claim-redirect.js';

/**
 * Sends the money of an ABNORMAL refund elsewhere, for staff: WeChat could not pay it out, because the buyer's card or
 * account is closed. One refund has one destination, from before the first call until WeChat definitely refuses it.
 */
@Injectable()
export class RefundRedirectService {
  constructor(
    private readonly clock: Clock,
    private readonly unitOfWork: UnitOfWork,
    private readonly refunds: RefundQueryService,
    private readonly client: WechatRefundClient,
    private readonly results: RefundResultService,
    private readonly schedule: RefundSchedule,
    private readonly recorder: RefundRecorder,
  ) {}

  /**
   * Queries WeChat first. The refund stays ABNORMAL until WeChat reports that the money has arrived. The same destination may be
   * repeated, also after an unknown outcome: if WeChat pays it out already, no call is made.
   * @throws DomainError REFUND_NOT_FOUND; REFUND_NOT_DECIDABLE when it is not ABNORMAL at WeChat; REFUND_ALREADY_REDIRECTED
   * when WeChat accepted another destination, or may have; WECHAT_REJECTED, also for a protocol without such a call;
   * WECHAT_UNAVAILABLE without a usable response.
   */
  async redirect(refundNo: string, destination: RefundDestination, actor: Actor): Promise<Refund> {
    const before = await this.refunds.getByNumber(refundNo);
    assertAllowed(before, destination);
    const state = await this.queryState(before);
    const refund = await this.refunds.getByNumber(refundNo);
    const account = accountOf(refund);
    assertAllowed(refund, destination);
    if (!isRedirectable(refund) || account === null) throw refundNotDecidable(refund);
    const { wechatRefundId } = refund;
    if (state === 'PROCESSING') {
      if (refund.redirectTo === null) throw refundAlreadyRedirected(refund); // chosen in the merchant platform
      return this.checkSoon(refund);
    }
    if (!(await this.unitOfWork.run((tx) => claimRedirect(tx, this.recorder, refund, { destination, actor })))) {
      const after = await this.refunds.getByNumber(refundNo);
      throw after.status === 'ABNORMAL' ? refundAlreadyRedirected(after) : refundNotDecidable(after);
    }
    const outcome = await this.client.redirect(refund, account, { outRefundNo: refundNo, wechatRefundId, destination });
    if (outcome.kind !== 'done') return this.applyFailure(refund, outcome);
    if (outcome.value.state !== 'NOT_FOUND')
      await this.results.apply(outcome.value, { type: 'REFUND_QUERY', raw: outcome.raw });
    return this.checkSoon(refund);
  }

  /**
   * Records that the buyer of a refund whose money came back to the merchant was paid in another way. May be repeated: the
   * first note stays.
   * @throws DomainError REFUND_NOT_FOUND; REFUND_NOT_DECIDABLE for any other refund.
   */
  async confirmPaidOtherwise(refundNo: string, note: string, actor: Actor): Promise<Refund> {
    const refund = await this.refunds.getByNumber(refundNo);
    const paid = { note, actor, at: this.clock.now() };
    const isRecorded = await this.unitOfWork.run((tx) => recordPaidOtherwise(tx, this.recorder, refund, paid));
    const after = await this.refunds.getByNumber(refundNo);
    if (!isRecorded && after.paidOtherwiseAt === null) throw refundNotDecidable(after);
    return after;
  }

  /** A refused repetition is no failure if WeChat has accepted an earlier or a concurrent call with the same destination. */
  private async applyFailure(refund: Refund, outcome: Refused | Unknown): Promise<Refund> {
    if (isWithoutEffect(outcome)) await this.unitOfWork.run((tx) => releaseRedirect(tx, refund));
    if (outcome.kind === 'unknown') throw new DomainError('WECHAT_UNAVAILABLE', { cause: new Error(outcome.reason) });
    const after = await this.refunds.getByNumber(refund.refundNo);
    if (after.redirectTo !== null && (await this.queryState(after)) === 'PROCESSING') return this.checkSoon(after);
    const { code, message } = outcome;
    throw new DomainError('WECHAT_REJECTED', { upstream: { code, message } });
  }

  /** Applies WeChat's response and returns its state. @throws DomainError WECHAT_UNAVAILABLE without a usable response. */
  private async queryState(refund: Refund): Promise<RefundQueryResult['state']> {
    const queried = await this.client.query(refund);
    if (queried === 'NOT_FOUND') return queried;
    if (queried === 'UNKNOWN') throw new DomainError('WECHAT_UNAVAILABLE');
    const outcome = await this.results.apply(queried.result, { type: 'REFUND_QUERY', raw: queried.raw });
    if (!['APPLIED', 'REPEATED', 'PENDING'].includes(outcome)) throw new DomainError('WECHAT_UNAVAILABLE');
    return queried.result.state;
  }

  /** WeChat's next result is queried soon, instead of after the longest delay. */
  private async checkSoon({ id, refundNo }: Refund): Promise<Refund> {
    const nextCheckAt = this.schedule.nextCheckAt(0);
    await this.unitOfWork.run((tx) => tx.update(Refund, { id, status: 'ABNORMAL' }, { nextCheckAt }));
    return this.refunds.getByNumber(refundNo);
  }
}

function assertAllowed(refund: Refund, destination: RefundDestination): void {
  if (refund.status !== 'ABNORMAL') throw refundNotDecidable(refund);
  if (!allowsDestination(refund, storedDestinationOf(destination))) throw refundAlreadyRedirected(refund);
}

/** A definite refusal, or a call that was not sent. After QUERY_FIRST WeChat may have accepted the call. */
function isWithoutEffect(outcome: Exclude<Outcome<unknown>, { kind: 'done' }>): boolean {
  if (outcome.kind === 'refused') return outcome.action !== 'QUERY_FIRST';
  return outcome.failure?.kind === 'UNREACHABLE' || outcome.failure?.kind === 'NOT_CONFIGURED';
}
