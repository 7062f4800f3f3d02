import { Injectable, Logger } from '@nestjs/common';
import { UnitOfWork } from '../database/unit-of-work.js';
import { OrderEventLog } from '../payment/order-event-log.js';
import { findStoredPrepayRequest } from '../payment/find-stored-prepay-request.js';
import { channelOf } from '../wechat/payment-channel.js';
import type { DecryptedRefundNotice } from '../wechat/wechat-notice.reader.js';
import type { RefundResult } from '../wechat/wechat-pay.gateway.js';
import { isSameRefund } from './is-same-refund.js';
import { RefundStatusSync } from './refund-status-sync.js';
import { type RefundResultSource, RefundResultService, type ApplyRefundOutcome } from './refund-result.service.js';
import type { Refund } from './refund.entity.js';
import { RefundQueryService } from './refund-query.service.js';
import { MerchantPlatformRefundImporter } from './merchant-platform-refund-importer.js';

/**
 * `UNCONFIRMED`: a query at WeChat gives another state, or no usable answer · `FOREIGN_MERCHANT`: the notice names another
 * app than the payment. Nothing has changed in both cases.
 */
export type RefundNoticeOutcome = ApplyRefundOutcome | 'UNCONFIRMED' | 'FOREIGN_MERCHANT';

/**
 * Handles refund notices. A v2 refund notice has no signature, and its AES-ECB blocks can be exchanged by an attacker.
 * Before a notice changes anything, WeChat is queried, and only the signed answer is applied.
 */
@Injectable()
export class RefundNoticeHandler {
  private readonly log = new Logger(RefundNoticeHandler.name);

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly refunds: RefundQueryService,
    private readonly statusSync: RefundStatusSync,
    private readonly results: RefundResultService,
    private readonly refundImporter: MerchantPlatformRefundImporter,
    private readonly eventLog: OrderEventLog,
  ) {}

  /** Returns only after the commit; may be repeated. @throws DomainError SERVICE_UNAVAILABLE; WeChat sends it again. */
  async handle(notice: DecryptedRefundNotice): Promise<RefundNoticeOutcome> {
    const { refund: result, transactionId, paidFen, raw } = notice;
    const source = { type: 'REFUND_NOTICE', raw, transactionId, paidFen } as const;
    const paymentRequest = await findStoredPrepayRequest(this.unitOfWork, result.outTradeNo);
    const refund = await this.refunds.findByNumber(result.outRefundNo);
    // Without a payment of this shop, no refund can change, and no query is needed.
    if (paymentRequest === null) return this.results.apply(result, source);
    if (channelOf(paymentRequest).appid !== notice.appid) return this.rejectNotice(notice, refund, 'FOREIGN_MERCHANT');
    const isChange = refund ? wouldChangeRefund(refund, result, source) : notice.isFromMerchantPlatform;
    if (!isChange) return this.results.apply(result, source);
    const confirmed = await this.confirmWithWechat(notice, refund);
    if (confirmed === null) return this.rejectNotice(notice, refund, 'UNCONFIRMED');
    const outcome = await this.results.apply(result, source);
    return confirmed === 'APPLIED' && outcome === 'REPEATED' ? 'APPLIED' : outcome;
  }

  /** Queries WeChat and applies its answer. @returns null when the answer differs from the notice. */
  private async confirmWithWechat(
    notice: DecryptedRefundNotice,
    refund: Refund | null,
  ): Promise<ApplyRefundOutcome | null> {
    const { refund: result, transactionId, paidFen } = notice;
    const { outRefundNo: refundNo, outTradeNo } = result;
    const queried = await this.statusSync.queryWechat({ refundNo, outTradeNo, orderNo: refund?.orderNo ?? null });
    if (typeof queried === 'string') return null;
    if (!refund) {
      if (!areSameNumbers(queried.result, result)) return null;
      await this.refundImporter.importRefund(queried.result, transactionId, paidFen);
    }
    const outcome = await this.results.apply(queried.result, { type: 'REFUND_QUERY', raw: queried.raw });
    return outcome !== 'REFUND_MISMATCH' && isConfirmedBy(queried.result, result) ? outcome : null;
  }

  private async rejectNotice<Why extends 'UNCONFIRMED' | 'FOREIGN_MERCHANT'>(
    { refund: result, raw }: DecryptedRefundNotice,
    refund: Refund | null,
    why: Why,
  ): Promise<Why> {
    const facts = { refundNo: result.outRefundNo, amountFen: result.refundFen, state: result.state };
    const explanation = why === 'UNCONFIRMED' ? 'WeChat does not confirm it' : 'it names another app than the payment';
    this.log.warn(`Refund ${result.outRefundNo}: rejected a notice with state ${result.state}: ${explanation}`);
    const { outTradeNo } = result;
    const entry = { type: 'REFUND_NOTICE', result: why, orderNo: refund?.orderNo ?? null } as const;
    await this.eventLog.record({ ...entry, outTradeNo, facts, raw });
    return why;
  }
}

/** False when the notice repeats a known state, or would be rejected anyway. In both cases no query is needed. */
function wouldChangeRefund(refund: Refund, result: RefundResult, source: RefundResultSource): boolean {
  if (!isSameRefund(refund, result, source)) return false;
  switch (refund.status) {
    case 'PROCESSING':
      return true;
    case 'ABNORMAL':
      return result.state !== 'ABNORMAL';
    case 'FAILED':
      return result.state === 'SUCCEEDED';
    case 'REQUESTED':
    case 'REJECTED':
    case 'CANCELLED':
    case 'SUCCEEDED':
      return false;
  }
}

/** Query answers may lag behind notices: PROCESSING is consistent with a notice of success. */
function isConfirmedBy(answer: RefundResult, notice: RefundResult): boolean {
  return answer.state === notice.state || (answer.state === 'PROCESSING' && notice.state === 'SUCCEEDED');
}

function areSameNumbers(one: RefundResult, other: RefundResult): boolean {
  const { outTradeNo, wechatRefundId, refundFen } = one;
  return outTradeNo === other.outTradeNo && wechatRefundId === other.wechatRefundId && refundFen === other.refundFen;
}
