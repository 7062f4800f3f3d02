import { type ErrorText, type ErrorTexts, findErrorText } from '../../../common/error-text.js';
import { fromBeijingTime } from '../../../common/time/beijing-time.js';
import type { Clock } from '../../../common/time/clock.js';
import type { PlatformApiClient } from '../../mini-program/api/platform-api.client.js';
import { PLATFORM_ERROR_TEXTS } from '../../mini-program/api/platform-error-texts.js';
import type { JsonObject } from '../../mini-program/api/platform-http.client.js';
import { newNonce } from '../nonce.js';
import { type PaymentNotice, type RefundNotice, refusedRefundNotice } from '../notice.js';
import type { NoticeReply, NoticeRequest, NoticeResult } from '../notice-request.js';
import type { Outcome, Refused, Unknown } from '../outcome.js';
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
  type TradeType,
} from '../payment-types.js';
import { appSignatureOf, buildPackage } from './signatures.js';
import type { AppV1Account } from './app-v1-account.js';
import { AppV1PaymentNoticeReader } from './app-v1-payment-notice.reader.js';
import { parseOrderInfo } from './trade.js';
import { buildStoredRequest, charsetOf, parseStoredRequest } from './stored-payment-request.js';

/**
 * Seconds after its `time_expire` during which a payment may still complete: password entry, delayed records, clock
 * differences.
 */
const EXPIRY_MARGIN_SECONDS = 5 * 60;

const NO_CLOSE_CALL: Refused = {
  kind: 'refused',
  code: 'NO_CLOSE_CALL',
  action: 'RETRY_LATER',
  raw: '',
  message: 'the app protocol of 2014 cannot close an order: it ends at its time_expire',
};
const NO_BILL_CALL: Refused = {
  kind: 'refused',
  code: 'NO_BILL_CALL',
  action: 'FIX_REQUEST',
  raw: '',
  message: 'the app protocol of 2014 has no bills: those of the other protocols hold its payments',
};
/** The codes of this protocol: those of the platform, and its own. */
const ERROR_TEXTS: ErrorTexts = {
  ...PLATFORM_ERROR_TEXTS,
  NO_BILL_CALL: {
    en: 'The 2014 protocol has no bills. The bills of the other protocols hold its payments',
    zh: '2014 年的协议没有账单，其支付在其他协议的账单中',
    replacesMessage: true,
  },
  NO_CLOSE_CALL: {
    en: 'App payments of the 2014 protocol cannot be closed. They expire',
    zh: '2014 年的 App 支付不能关单，到期自动失效',
    replacesMessage: true,
  },
};
const NO_KEYS: Unknown = {
  kind: 'unknown',
  raw: null,
  failure: { kind: 'NOT_CONFIGURED' },
  reason: 'app-v1: set WECHAT_V1_PARTNER_KEY and WECHAT_V1_PAY_SIGN_KEY, which payments of this protocol need',
};
const OTHER_APP: Unknown = {
  kind: 'unknown',
  raw: null,
  failure: { kind: 'NOT_CONFIGURED' },
  reason:
    'app-v1: the payment was created with another app than WECHAT_MOBILE_APP_ID, whose access token is not available',
};

/** The account, and the platform's API with the access token of its app. */
export interface AppV1Connection {
  account: AppV1Account;
  api: PlatformApiClient;
}

/** The provider of the protocol that makes the refunds, and its merchant number. */
export interface AppV1Refunds {
  provider: PaymentProvider;
  mchId: string;
}

/**
 * The app protocol of 2014: JSON to the platform with the app's access token. A package signed with the PartnerKey is
 * inside a call signed with the PaySignKey. It has no close call and refunds by v2.
 * Source: docs/wechat-protocol.md, v1 §1.
 */
export class AppV1Provider extends PaymentProvider {
  readonly channel = 'wechat-app-v1';
  private readonly account: AppV1Account | null;
  private readonly notices: AppV1PaymentNoticeReader;

  /** @param connection null without keys: then no payment can begin, and calls for old ones have an unknown outcome. */
  constructor(
    private readonly connection: AppV1Connection | null,
    private readonly clock: Clock,
    private readonly refunds: AppV1Refunds,
  ) {
    super();
    this.account = connection?.account ?? null;
    this.notices = new AppV1PaymentNoticeReader(this.account);
  }

  get isConfigured(): boolean {
    return this.account !== null;
  }

  get newTradeTypes(): readonly TradeType[] {
    return this.account?.beginsAppPayments === true ? ['APP'] : [];
  }

  override composePrepay(draft: PrepayDraft): StoredRequest {
    const { account } = this;
    if (account === null) throw new Error(NO_KEYS.reason);
    const request = JSON.stringify(buildStoredRequest(draft, account));
    return { channel: this.channel, appId: account.appid, mchId: account.partnerId, request };
  }

  /** `POST /pay/genprepay`. Source: docs/wechat-protocol.md, v1 §4. */
  override async prepay(payment: StoredRequest): Promise<Outcome<Prepay>> {
    const connection = this.connectionFor(payment);
    if ('kind' in connection) return connection;
    const { account, api } = connection;
    const recorded = parseStoredRequest(payment);
    const { partnerKey, paySignKey } = account;
    const call = {
      appid: recorded.appid,
      traceid: recorded.traceid,
      noncestr: newNonce(),
      package: buildPackage(recorded.parameters, { charset: charsetOf(recorded), partnerKey }),
      timestamp: this.nowSeconds(),
    };
    const outcome = await api.post({
      endpoint: 'genprepay',
      path: '/pay/genprepay',
      read: parsePrepay,
      body: { ...call, sign_method: 'sha1', app_signature: appSignatureOf(call, paySignKey) },
    });
    return outcome.kind === 'refused' && /\bpaid\b|已支付/i.test(outcome.message)
      ? { ...outcome, action: 'ALREADY_PAID' } // the errcode is undocumented; the caller queries the payment
      : outcome;
  }

  /** 0 when the parameters for the client cannot be signed. */
  override prepayTtlSeconds(payment: StoredRequest): number {
    return 'kind' in this.connectionFor(payment) ? 0 : PREPAY_REUSE_SECONDS;
  }

  /** Signed with the PaySignKey; `package` is a constant here. Source: docs/wechat-protocol.md, v1 §4. */
  override clientParameters(payment: StoredRequest, { prepayId }: Prepay): ClientParameters {
    const { appid, parameters } = parseStoredRequest(payment);
    if (!this.account) throw new Error(NO_KEYS.reason);
    const signed = {
      appid,
      partnerid: parameters.partner,
      prepayid: prepayId,
      package: 'Sign=WXPay',
      noncestr: newNonce(),
      timestamp: String(this.nowSeconds()),
    };
    return { ...signed, sign: appSignatureOf(signed, this.account.paySignKey) };
  }

  /**
   * `POST /pay/orderquery` of the platform. Only its time closes such an order: an unpaid one counts as closed a few
   * minutes after its `time_expire`. Source: docs/wechat-protocol.md, v1 §6.
   */
  override async queryPayment(payment: StoredRequest): Promise<Outcome<PaymentQueryResult>> {
    const connection = this.connectionFor(payment);
    if ('kind' in connection) return connection;
    const { account, api } = connection;
    const recorded = parseStoredRequest(payment);
    const { out_trade_no, partner, time_expire } = recorded.parameters;
    const call = {
      appid: recorded.appid,
      package: buildPackage({ out_trade_no, partner }, account),
      timestamp: String(this.nowSeconds()),
    };
    const isExpired = this.isExpired(time_expire); // read before the query: a payment made meanwhile counts
    const outcome = await api.post({
      endpoint: 'v1_orderquery',
      path: '/pay/orderquery',
      read: (answer) => parseOrderInfo(answer, recorded),
      body: { ...call, sign_method: 'sha1', app_signature: appSignatureOf(call, account.paySignKey) },
    });
    if (outcome.kind !== 'done' || outcome.value.state === 'PAID' || !isExpired) return outcome;
    return { ...outcome, value: { state: 'CLOSED', isByExpiry: true } };
  }

  override closePayment(): Promise<Outcome<null>> {
    return Promise.resolve(NO_CLOSE_CALL);
  }

  /** Refunds are made by another protocol, under its merchant number. Source: docs/wechat-protocol.md, v1 §6. */
  override refundAccountOf({ appId }: ChannelAccount): ChannelAccount {
    const { provider, mchId } = this.refunds;
    return provider.refundAccountOf({ channel: provider.channel, appId, mchId });
  }

  override composeRefund(draft: RefundDraft): StoredRequest {
    return this.refunds.provider.composeRefund({ ...draft, payment: this.refundAccountOf(draft.payment) });
  }

  override checkRefundReady(refund: StoredRequest): Refused | null {
    return this.refunds.provider.checkRefundReady(refund);
  }

  override refund(refund: StoredRequest): Promise<Outcome<RefundAccepted>> {
    return this.refunds.provider.refund(refund);
  }

  override queryRefund(outRefundNo: string, account: ChannelAccount): Promise<Outcome<RefundQueryResult>> {
    return this.refunds.provider.queryRefund(outRefundNo, account);
  }

  override canDownloadBill(): boolean {
    return false;
  }

  override downloadBill(): Promise<Outcome<never>> {
    return Promise.resolve(NO_BILL_CALL);
  }

  override readPaymentNotice(request: NoticeRequest): PaymentNotice {
    return this.notices.read(request);
  }

  /** This protocol has none: the notice of a refund comes by the protocol that made it. */
  override readRefundNotice(): RefundNotice {
    return refusedRefundNotice('MALFORMED');
  }

  override reply({ kind }: NoticeResult): NoticeReply {
    const body = kind === 'accepted' ? 'success' : 'fail';
    return { status: 200, contentType: 'text/plain; charset=utf-8', body };
  }

  override explain(code: string): ErrorText | null {
    return findErrorText(ERROR_TEXTS, code) ?? this.refunds.provider.explain(code);
  }

  private connectionFor({ appId }: ChannelAccount): AppV1Connection | Unknown {
    const { connection } = this;
    if (connection === null) return NO_KEYS;
    return connection.account.appid === appId ? connection : OTHER_APP;
  }

  private isExpired(timeExpire: string): boolean {
    const expiresAt = fromBeijingTime(timeExpire);
    return expiresAt !== null && expiresAt < this.clock.secondsFromNow(-EXPIRY_MARGIN_SECONDS);
  }

  private nowSeconds(): number {
    return Math.floor(this.clock.now().getTime() / 1000);
  }
}

/** The response names no order, so only the prepayid can be checked. */
function parsePrepay({ prepayid }: JsonObject): Prepay | null {
  return typeof prepayid === 'string' && /^[!-~]{1,128}$/.test(prepayid) ? { prepayId: prepayid, codeUrl: null } : null;
}
