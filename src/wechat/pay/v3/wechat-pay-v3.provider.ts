import { type ErrorText, findErrorText } from '../../../common/error-text.js';
import type { Clock } from '../../../common/time/clock.js';
import type { BillDownload, BillRequest, BillWriter } from '../bills/bill.js';
import { withRedirectUrl } from '../messages/h5-site.js';
import type { PaymentNotice, RefundNotice } from '../notice.js';
import type { NoticeReply, NoticeRequest, NoticeResult } from '../notice-request.js';
import type { Outcome, Refused } from '../outcome.js';
import type { ChannelAccount, StoredRequest } from '../payment-channel.js';
import { PaymentProvider } from '../payment-provider.js';
import type {
  AbnormalRefund,
  ClientParameters,
  PaymentQueryResult,
  Prepay,
  PrepayDraft,
  RefundAccepted,
  RefundDraft,
  RefundQueryResult,
  TradeType,
} from '../payment-types.js';
import { PREPAY_REUSE_SECONDS } from '../payment-types.js';
import { V3_ERROR_TEXTS } from './error-texts.js';
import { appParameters, miniProgramParameters } from './messages/client-parameters.js';
import { buildOrder } from './messages/payment-request.js';
import { buildPaymentRequest, parseStoredPayment } from './messages/stored-request.js';
import { replyToV3Notice } from './notices/v3-notice-reply.js';
import { V3NoticeReader } from './notices/v3-notice.reader.js';
import type { V3Connection } from './transport/v3-connection.js';
import type { V3Keys, V3Transport } from './transport/v3-transport.js';
import { V3Bills } from './v3-bills.js';
import { V3Payments } from './v3-payments.js';
import { V3Refunds } from './v3-refunds.js';

/** Seconds. An h5_url is valid for five minutes. Source: docs/wechat-protocol.md, v3 §2.5. */
const H5_URL_TTL_SECONDS = 4 * 60;

/** What new payments begin with it, and what can prevent a refund. */
export interface V3ProviderOptions {
  newTradeTypes: readonly TradeType[];
  /** Why WeChat would refuse the merchant's certificate now; null when it would not. */
  checkCertificate: () => Refused | null;
}

/** WeChat Pay API v3: JSON over HTTPS, signed with the merchant's private key. */
export class WechatPayV3Provider extends PaymentProvider {
  readonly channel = 'wechat-v3';
  private readonly payments: V3Payments;
  private readonly refunds: V3Refunds;
  private readonly bills: V3Bills;
  private readonly notices: V3NoticeReader;

  /** @param connection null without keys: then no payment can begin, and calls for old ones have an unknown outcome. */
  constructor(
    private readonly connection: V3Connection | null,
    keys: V3Keys,
    transport: V3Transport,
    private readonly clock: Clock,
    private readonly options: V3ProviderOptions,
  ) {
    super();
    this.payments = new V3Payments(transport);
    this.refunds = new V3Refunds(transport, () => keys.store.encryptionKey(clock.now()));
    this.bills = new V3Bills(transport, connection?.account.baseUrls ?? []);
    this.notices = new V3NoticeReader(connection?.account ?? null, keys, clock);
  }

  get isConfigured(): boolean {
    return this.connection !== null;
  }

  get newTradeTypes(): readonly TradeType[] {
    return this.options.newTradeTypes;
  }

  override composePrepay(draft: PrepayDraft): StoredRequest {
    const { account } = this.configured();
    const appId = draft.tradeType === 'APP' ? account.mobileAppId : (draft.appId ?? account.appId);
    const request = buildPaymentRequest(draft.tradeType, buildOrder(draft, account, appId));
    return { channel: this.channel, appId, mchId: account.mchId, request };
  }

  override prepay(payment: StoredRequest): Promise<Outcome<Prepay>> {
    return this.payments.prepay(payment);
  }

  override prepayTtlSeconds(payment: StoredRequest): number {
    if (!this.connection?.key()) return 0;
    return parseStoredPayment(payment).tradeType === 'MWEB' ? H5_URL_TTL_SECONDS : PREPAY_REUSE_SECONDS;
  }

  /** Source: docs/wechat-protocol.md, v3 §2.3 and §2.5. */
  override clientParameters(payment: StoredRequest, prepay: Prepay): ClientParameters {
    const connection = this.configured();
    const key = connection.key();
    if (key === null) throw new Error('API v3 has no merchant key');
    const signing = { key, now: this.clock.now() };
    switch (parseStoredPayment(payment).tradeType) {
      case 'NATIVE':
        return { codeUrl: prepay.codeUrl ?? '' };
      case 'MWEB':
        return { mwebUrl: withRedirectUrl(prepay.codeUrl ?? '', connection.account.h5) };
      case 'APP':
        return appParameters(payment, prepay.prepayId, signing);
      case 'JSAPI':
        return miniProgramParameters(payment.appId, prepay.prepayId, signing);
    }
  }

  override queryPayment(payment: StoredRequest): Promise<Outcome<PaymentQueryResult>> {
    return this.payments.query(payment);
  }

  /**
   * Queries a paid payment by WeChat's number instead of ours, for a source that names nothing else, such as a bill. Always
   * safe. NOT_FOUND for an unpaid payment too: it has no such number. Not part of the contract: v2 has the same in its
   * orderquery, without a caller.
   */
  queryTransaction(transactionId: string, account: ChannelAccount): Promise<Outcome<PaymentQueryResult>> {
    return this.payments.queryTransaction(transactionId, account);
  }

  override closePayment(payment: StoredRequest): Promise<Outcome<null>> {
    return this.payments.close(payment);
  }

  override refundAccountOf({ appId, mchId }: ChannelAccount): ChannelAccount {
    return { channel: this.channel, appId, mchId };
  }

  override composeRefund(draft: RefundDraft): StoredRequest {
    return this.refunds.compose(draft, this.refundAccountOf(draft.payment));
  }

  override checkRefundReady(): Refused | null {
    return this.options.checkCertificate();
  }

  override refund(refund: StoredRequest): Promise<Outcome<RefundAccepted>> {
    return this.refunds.refund(refund);
  }

  override queryRefund(outRefundNo: string): Promise<Outcome<RefundQueryResult>> {
    return this.refunds.query(outRefundNo);
  }

  override canCompleteAbnormalRefunds(): boolean {
    return this.isConfigured;
  }

  override completeAbnormalRefund(refund: AbnormalRefund): Promise<Outcome<RefundQueryResult>> {
    return this.refunds.completeAbnormal(refund);
  }

  override canDownloadBill(): boolean {
    return this.isConfigured;
  }

  override downloadBill(request: BillRequest, writer: BillWriter): Promise<Outcome<BillDownload>> {
    return this.bills.download(request, writer);
  }

  override readPaymentNotice(request: NoticeRequest): PaymentNotice {
    return this.notices.readPayment(request);
  }

  override readRefundNotice(request: NoticeRequest): RefundNotice {
    return this.notices.readRefund(request);
  }

  override reply(result: NoticeResult): NoticeReply {
    return replyToV3Notice(result);
  }

  override explain(code: string): ErrorText | null {
    return findErrorText(V3_ERROR_TEXTS, code);
  }

  private configured(): V3Connection {
    if (this.connection === null) throw new Error('WeChat Pay API v3 is not configured');
    return this.connection;
  }
}
