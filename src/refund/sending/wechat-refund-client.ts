import { Injectable } from '@nestjs/common';
import { Settings } from '../../config/settings.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { PaymentAttempt } from '../../payment/attempt/payment-attempt.entity.js';
import { OrderEventLog } from '../../payment/event-log/order-event-log.js';
import { callEvent } from '../../payment/event-log/wechat-events.js';
import { NOTICE_PATH } from '../../wechat/notice-path.js';
import { CertificateReloadJob } from '../../wechat/pay/certificate/certificate-reload.job.js';
import type { Outcome, Refused } from '../../wechat/pay/outcome.js';
import type { ChannelAccount, StoredRequest } from '../../wechat/pay/payment-channel.js';
import { PaymentProviderRegistry } from '../../wechat/pay/payment-provider-registry.js';
import type {
  AbnormalRefund,
  RefundAccepted,
  RefundQueryResult,
  RefundResult,
} from '../../wechat/pay/payment-types.js';
import type { Refund } from '../refund.entity.js';

/** The refund to query. `orderNo` is null for a refund that is not in our database yet. */
export type QueryRefundInput = Pick<Refund, 'refundNo' | 'outTradeNo' | 'channel' | 'appId' | 'mchId'> & {
  orderNo: string | null;
};

/** WeChat's response, not applied yet. */
export interface QueriedRefund {
  result: RefundResult;
  raw: string;
}

/** The calls to WeChat about refunds. Each outcome is recorded in the event log; no refund is changed here. */
@Injectable()
export class WechatRefundClient {
  private readonly notifyUrlBase: string;

  constructor(
    settings: Settings,
    private readonly unitOfWork: UnitOfWork,
    private readonly providers: PaymentProviderRegistry,
    private readonly eventLog: OrderEventLog,
    private readonly certificate: CertificateReloadJob,
  ) {
    this.notifyUrlBase = settings.PUBLIC_BASE_URL + NOTICE_PATH;
  }

  /**
   * The request and its account. Repetitions send it unchanged. Only a retry by staff composes it again, after WeChat has
   * reported no such refund. @param account of the payment; of the refund itself to compose it again.
   */
  composeRequest(refund: Refund, { channel, appId, mchId }: ChannelAccount): StoredRequest {
    const { refundNo: outRefundNo, outTradeNo, transactionId, paidFen, amountFen: refundFen, reason } = refund;
    const { notifyUrlBase } = this;
    return this.providers.of(channel).composeRefund({
      outRefundNo,
      outTradeNo,
      transactionId,
      paidFen,
      refundFen,
      reason,
      notifyUrlBase,
      payment: { channel, appId, mchId },
    });
  }

  /** The account of a payment; null when there is no such payment. */
  async findPaymentAccount(outTradeNo: string): Promise<ChannelAccount | null> {
    const select = { id: true, channel: true, appId: true, mchId: true };
    const payment = await this.unitOfWork.read((manager) =>
      manager.findOne(PaymentAttempt, { where: { outTradeNo }, select }),
    );
    return payment && { channel: payment.channel, appId: payment.appId, mchId: payment.mchId };
  }

  /** The account under which refunds of the payment are made; null without a payment of this shop. */
  async findRefundAccount(outTradeNo: string): Promise<ChannelAccount | null> {
    const payment = await this.findPaymentAccount(outTradeNo);
    return payment && this.refundAccountOf(payment);
  }

  refundAccountOf(payment: ChannelAccount): ChannelAccount {
    return this.providers.of(payment.channel).refundAccountOf(payment);
  }

  /** Reads the certificate files again: staff usually retry a refund after replacing them. */
  reloadCertificate(): Promise<void> {
    return this.certificate.run();
  }

  /** Why the refund cannot be sent now, such as a missing certificate; null when it can. It makes no call. */
  async checkReady(refund: Refund, stored: StoredRequest): Promise<Refused | null> {
    const refusal = this.providers.of(stored.channel).checkRefundReady(stored);
    if (refusal) {
      const event = callEvent('REFUND_CALL', subjectOf(refund), refusal);
      await this.eventLog.record({ ...event, result: 'NOT_SENT', raw: null });
    }
    return refusal;
  }

  /** Sends the stored request. The call must be recorded in the refund before, see `recordRefundCall`. */
  async send(refund: Refund, stored: StoredRequest): Promise<Outcome<RefundAccepted>> {
    const outcome = await this.providers.of(stored.channel).refund(stored);
    await this.eventLog.record(callEvent('REFUND_CALL', subjectOf(refund), outcome, 'ACCEPTED'));
    return outcome;
  }

  /** Sends the money of an ABNORMAL refund elsewhere. The response is not applied. */
  async redirect(
    refund: Refund,
    account: ChannelAccount,
    abnormal: AbnormalRefund,
  ): Promise<Outcome<RefundQueryResult>> {
    const outcome = await this.providers.of(account.channel).completeAbnormalRefund(abnormal);
    await this.eventLog.record(callEvent('REFUND_CALL', subjectOf(refund), outcome, 'ACCEPTED'));
    return outcome;
  }

  /**
   * Queries WeChat without applying the response. A response that cannot be applied is recorded in the event log.
   * UNKNOWN without a query if the payment does not belong to this shop.
   */
  async query(refund: QueryRefundInput): Promise<QueriedRefund | 'NOT_FOUND' | 'UNKNOWN'> {
    const account = accountOf(refund) ?? (await this.findRefundAccount(refund.outTradeNo));
    if (account === null) return 'UNKNOWN';
    const outcome = await this.providers.of(account.channel).queryRefund(refund.refundNo, account);
    if (outcome.kind === 'done' && outcome.value.state !== 'NOT_FOUND')
      return { result: outcome.value, raw: outcome.raw };
    await this.eventLog.record(callEvent('REFUND_QUERY', subjectOf(refund), outcome, 'NOT_FOUND'));
    return outcome.kind === 'done' ? 'NOT_FOUND' : 'UNKNOWN';
  }
}

/** The refund that a call is about, for the event log. */
function subjectOf({ orderNo, outTradeNo, refundNo }: Pick<QueryRefundInput, 'orderNo' | 'outTradeNo' | 'refundNo'>): {
  orderNo: string | null;
  outTradeNo: string;
  data: { refundNo: string };
} {
  return { orderNo, outTradeNo, data: { refundNo } };
}

/** The account of a refund; null before its approval. */
export function accountOf({
  channel,
  appId,
  mchId,
}: Pick<Refund, 'channel' | 'appId' | 'mchId'>): ChannelAccount | null {
  return channel === null || appId === null || mchId === null ? null : { channel, appId, mchId };
}

/** The request of a refund; null before its approval, and for a refund from the merchant platform. */
export function storedRequestOf(refund: Refund): StoredRequest | null {
  const account = accountOf(refund);
  return account === null || refund.request === null ? null : { ...account, request: refund.request };
}
