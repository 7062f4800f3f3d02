import { type ErrorText, findErrorText } from '../../../common/error-text.js';
import { toBeijingTime } from '../../../common/time/beijing-time.js';
import type { Clock } from '../../../common/time/clock.js';
import type { BillDownload, BillKind, BillRequest, BillWriter } from '../bills/bill.js';
import type { PaymentNotice, RefundNotice } from '../notice.js';
import type { NoticeReply, NoticeRequest, NoticeResult } from '../notice-request.js';
import type { Outcome, Refused } from '../outcome.js';
import type { ChannelAccount, StoredRequest } from '../payment-channel.js';
import { PaymentProvider } from '../payment-provider.js';
import {
  PREPAY_REUSE_SECONDS,
  type ClientParameters,
  type PaymentQueryResult,
  type Prepay,
  type PrepayDraft,
  type RefundAccepted,
  type RefundDraft,
  type RefundQueryResult,
  TRADE_TYPES,
  type TradeType,
} from '../payment-types.js';
import { appParameters, miniProgramParameters } from './messages/client-parameters.js';
import { V2_ERROR_TEXTS } from './error-texts.js';
import { buildSceneInfo } from './messages/h5-scene.js';
import { parseCodeUrl, parsePaymentQueryResult } from './messages/payment-responses.js';
import type { Fields } from './signature.js';
import { merchantFields, parseRequest, type V2Account } from './v2-account.js';
import { V2Bills } from './v2-bills.js';
import { withRedirectUrl } from '../messages/h5-site.js';
import { truncateToBytes } from '../messages/truncate-to-bytes.js';
import { replyToV2Notice, V2NoticeReader } from './v2-notice.reader.js';
import { V2Refunds } from './v2-refunds.js';
import { unknownOutcome, type WechatPayV2Transport } from './wechat-pay-v2.transport.js';

/** `body` allows 127. WeChat does not say whether characters or bytes, so bytes are counted. */
const MAX_DESCRIPTION_BYTES = 127;
/** Milliseconds. WeChat refuses a `time_expire` less than a minute after `time_start`. */
const MIN_TTL_MS = 60_000;
/** Seconds. An mweb_url is valid for five minutes. Source: docs/wechat-protocol.md, v2 §2.2. */
const MWEB_URL_TTL_SECONDS = 4 * 60;
const NO_ACCOUNT = 'WeChat Pay v2 is not configured';

/** WeChat Pay v2: XML over HTTPS, signed with the merchant's key. */
export class WechatPayV2Provider extends PaymentProvider {
  readonly channel = 'wechat-v2';
  private readonly account: (V2Account & { sceneInfo: string }) | null;
  private readonly refunds: V2Refunds;
  private readonly bills: V2Bills;
  private readonly notices: V2NoticeReader;

  /**
   * @param account null without keys: then no payment can begin, and calls for old ones have an unknown outcome.
   * @param otherRefunds makes new refunds of v2 payments while the v2 key is missing; null when there is no other protocol.
   */
  constructor(
    account: V2Account | null,
    private readonly clock: Clock,
    private readonly transport: WechatPayV2Transport,
    private readonly otherRefunds: PaymentProvider | null = null,
  ) {
    super();
    this.account = account && { ...account, sceneInfo: buildSceneInfo(account.h5) };
    this.refunds = new V2Refunds(transport, this.signType);
    this.bills = new V2Bills(account, transport);
    this.notices = new V2NoticeReader(account);
  }

  get isConfigured(): boolean {
    return this.account !== null;
  }

  get newTradeTypes(): readonly TradeType[] {
    return TRADE_TYPES;
  }

  /**
   * Composes the unified order without nonce and signature. `time_expire` only ends the payment page; this service closes
   * the order.
   */
  override composePrepay(draft: PrepayDraft): StoredRequest {
    const { appId, mobileAppId, mchId, signType, sceneInfo } = this.configuredAccount();
    const expiresAt = Math.max(draft.expiresAt.getTime(), draft.createdAt.getTime() + MIN_TTL_MS);
    const account: ChannelAccount = {
      channel: this.channel,
      appId: draft.tradeType === 'APP' ? mobileAppId : (draft.appId ?? appId),
      mchId,
    };
    const fields: Fields = {
      ...merchantFields(account, signType),
      body: truncateToBytes(draft.description, MAX_DESCRIPTION_BYTES),
      out_trade_no: draft.outTradeNo,
      fee_type: 'CNY',
      total_fee: String(draft.amountFen),
      spbill_create_ip: draft.payerIp,
      time_start: toBeijingTime(draft.createdAt),
      time_expire: toBeijingTime(new Date(expiresAt)),
      notify_url: `${draft.notifyUrlBase}/payment`,
      trade_type: draft.tradeType,
      ...tradeTypeFields(draft, sceneInfo),
    };
    return { ...account, request: JSON.stringify(fields) };
  }

  override async prepay(payment: StoredRequest): Promise<Outcome<Prepay>> {
    const fields = parseRequest(payment);
    const outcome = await this.transport.call('unifiedorder', fields);
    if (outcome.kind !== 'done') return outcome;
    const { trade_type, prepay_id } = outcome.value;
    const codeUrl = parseCodeUrl(outcome.value);
    const isComplete = prepay_id && trade_type === fields['trade_type'] && codeUrl !== undefined;
    if (!isComplete)
      return unknownOutcome(
        'unifiedorder: the response lacks the prepay_id or the URL, or has another trade type',
        outcome.raw,
      );
    return { ...outcome, value: { prepayId: prepay_id, codeUrl } };
  }

  override prepayTtlSeconds(payment: StoredRequest): number {
    if (!this.isConfigured) return 0;
    return parseRequest(payment)['trade_type'] === 'MWEB' ? MWEB_URL_TTL_SECONDS : PREPAY_REUSE_SECONDS;
  }

  /** Signs the parameters for the client. Every value is a string. Source: docs/wechat-protocol.md, v2 §3. */
  override clientParameters(payment: StoredRequest, prepay: Prepay): ClientParameters {
    const fields = parseRequest(payment);
    const { apiKey: key, h5 } = this.configuredAccount();
    const signing = { key, now: this.clock.now() };
    switch (fields['trade_type']) {
      case 'NATIVE':
        return { codeUrl: prepay.codeUrl ?? '' };
      case 'MWEB':
        return { mwebUrl: withRedirectUrl(prepay.codeUrl ?? '', h5) };
      case 'APP':
        return appParameters(fields, prepay.prepayId, signing);
      case undefined:
      default:
        return miniProgramParameters(fields, prepay.prepayId, signing);
    }
  }

  override async queryPayment(payment: StoredRequest): Promise<Outcome<PaymentQueryResult>> {
    const identity = this.identityOf(payment);
    const outcome = await this.transport.call('orderquery', identity);
    if (outcome.kind === 'refused' && outcome.action === 'NOT_FOUND') {
      return { kind: 'done', value: { state: 'NOT_FOUND' }, raw: outcome.raw };
    }
    if (outcome.kind !== 'done') return outcome;
    if (outcome.value['out_trade_no'] !== identity['out_trade_no']) {
      return unknownOutcome('orderquery: the response is about another payment', outcome.raw);
    }
    const state = parsePaymentQueryResult(outcome.value);
    return state ? { ...outcome, value: state } : unknownOutcome('orderquery: the response is incomplete', outcome.raw);
  }

  override async closePayment(payment: StoredRequest): Promise<Outcome<null>> {
    const outcome = await this.transport.call('closeorder', this.identityOf(payment));
    return outcome.kind === 'done' ? { ...outcome, value: null } : outcome;
  }

  override refundAccountOf(payment: ChannelAccount): ChannelAccount {
    const { appId, mchId } = payment;
    if (this.refundsElsewhere) return this.refundsElsewhere.refundAccountOf(payment);
    return { channel: this.channel, appId, mchId };
  }

  /** Source: docs/decisions/0044-both-protocols.md. */
  override composeRefund(draft: RefundDraft): StoredRequest {
    if (this.refundsElsewhere) return this.refundsElsewhere.composeRefund(draft);
    return this.refunds.compose(draft, this.refundAccountOf(draft.payment));
  }

  override checkRefundReady(): Refused | null {
    return this.transport.checkRefundReady();
  }

  override refund(refund: StoredRequest): Promise<Outcome<RefundAccepted>> {
    return this.refunds.refund(refund);
  }

  override queryRefund(outRefundNo: string, account: ChannelAccount): Promise<Outcome<RefundQueryResult>> {
    return this.refunds.query(outRefundNo, account);
  }

  override canDownloadBill(kind: BillKind): boolean {
    return this.bills.canDownload(kind);
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
    return replyToV2Notice(result);
  }

  override explain(code: string): ErrorText | null {
    return findErrorText(V2_ERROR_TEXTS, code);
  }

  private get refundsElsewhere(): PaymentProvider | null {
    return this.account === null && this.otherRefunds?.isConfigured === true ? this.otherRefunds : null;
  }

  private get signType(): V2Account['signType'] {
    return this.account?.signType ?? 'MD5';
  }

  private configuredAccount(): V2Account & { sceneInfo: string } {
    if (this.account === null) throw new Error(NO_ACCOUNT);
    return this.account;
  }

  /** The fields that identify a payment in a call about it. */
  private identityOf(payment: StoredRequest): Fields {
    const { out_trade_no = '' } = parseRequest(payment);
    return { ...merchantFields(payment, this.signType), out_trade_no };
  }
}

/** The fields that unifiedorder needs for one trade type only. Source: docs/wechat-protocol.md, v2 §2.1. */
function tradeTypeFields({ tradeType, openid, productId }: PrepayDraft, scene_info: string): Fields {
  switch (tradeType) {
    case 'JSAPI':
      return { openid };
    case 'NATIVE':
      return { product_id: productId };
    case 'MWEB':
      return { scene_info };
    case 'APP':
      return {};
  }
}
