import { fromBeijingTime } from '../../common/beijing-time.js';
import type { Clock } from '../../common/clock.js';
import type { Outcome, Refused, Unknown } from '../outcome.js';
import type { PlatformApiClient } from '../platform/platform-api.client.js';
import type { JsonObject } from '../platform/platform-http.client.js';
import { newNonce } from '../v2/signature.js';
import {
  type ClientParameters,
  type PaymentState,
  type Prepay,
  type PrepayDraft,
  type RefundAccepted,
  type RefundDraft,
  type WechatRefundState,
  WechatPayGateway,
} from '../wechat-pay.gateway.js';
import { appSignatureOf } from './app-signature.js';
import type { AppV1Account } from './app-v1-account.js';
import { parseOrderInfo } from './order-info.js';
import { buildPackage } from './build-package.js';
import { charsetOf, parseStoredRequest, buildStoredRequest } from './stored-payment-request.js';

/** Seconds. As for v2: two hours minus a margin. */
const PREPAY_TTL_SECONDS = 110 * 60;
/**
 * Seconds after its `time_expire` during which a payment may still complete: password entry, delayed records, clock
 * differences.
 */
const EXPIRY_MARGIN_SECONDS = 5 * 60;

const NO_CLOSE_CALL: Refused = {
  ...{ kind: 'refused', code: 'NO_CLOSE_CALL', action: 'RETRY_LATER', raw: '' },
  message: 'the app protocol of 2014 cannot close an order: it ends at its time_expire',
};
const NO_KEYS: Unknown = {
  ...{ kind: 'unknown', raw: null, failure: { kind: 'NOT_CONFIGURED' } },
  reason: 'app-v1: set WECHAT_V1_PARTNER_KEY and WECHAT_V1_PAY_SIGN_KEY, which payments of this protocol need',
};
const OTHER_APP: Unknown = {
  ...{ kind: 'unknown', raw: null, failure: { kind: 'NOT_CONFIGURED' } },
  reason:
    'app-v1: the payment was created with another app than WECHAT_MOBILE_APP_ID, whose access token is not available',
};

/**
 * The app protocol of 2014: JSON to the platform with the app's access token. A package signed with the PartnerKey is inside
 * a call signed with the PaySignKey. It has no close call and refunds by v2. Source: v2.md §11.
 */
export class AppV1Gateway extends WechatPayGateway {
  /** @param account null without keys: then no payment can begin, and queries for old ones have an unknown outcome. */
  constructor(
    private readonly account: AppV1Account | null,
    private readonly clock: Clock,
    private readonly api: PlatformApiClient,
    private readonly v2: WechatPayGateway,
  ) {
    super();
  }

  override composePrepay(draft: PrepayDraft): string {
    if (!this.account) throw new Error(NO_KEYS.reason);
    return JSON.stringify(buildStoredRequest(draft, this.account));
  }

  /** `POST /pay/genprepay`. Source: v2.md §11.3. */
  override async prepay(request: string): Promise<Outcome<Prepay>> {
    const recorded = parseStoredRequest(request);
    const account = this.accountFor(recorded.appid);
    if ('kind' in account) return account;
    const { partnerKey, paySignKey } = account;
    const call = {
      appid: recorded.appid,
      traceid: recorded.traceid,
      noncestr: newNonce(),
      package: buildPackage(recorded.parameters, { charset: charsetOf(recorded), partnerKey }),
      timestamp: this.nowSeconds(),
    };
    const outcome = await this.api.post({
      ...{ endpoint: 'genprepay', path: '/pay/genprepay', read: parsePrepay },
      body: { ...call, sign_method: 'sha1', app_signature: appSignatureOf(call, paySignKey) },
    });
    return outcome.kind === 'refused' && /\bpaid\b|已支付/i.test(outcome.message)
      ? { ...outcome, action: 'ALREADY_PAID' } // the errcode is undocumented; the caller queries the payment
      : outcome;
  }

  /** 0 when the parameters for the client cannot be signed. */
  override prepayTtlSeconds(request: string): number {
    return 'kind' in this.accountFor(parseStoredRequest(request).appid) ? 0 : PREPAY_TTL_SECONDS;
  }

  /** Signed with the PaySignKey; `package` is a constant here. Source: v2.md §11.3. */
  override clientParameters(request: string, { prepayId }: Prepay): ClientParameters {
    const { appid, parameters } = parseStoredRequest(request);
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
   * `POST /pay/orderquery` of the platform. Only its time closes such an order: an unpaid one counts as closed a few minutes
   * after its `time_expire`. Source: v2.md §11.5.
   */
  override async queryPayment(request: string): Promise<Outcome<PaymentState>> {
    const recorded = parseStoredRequest(request);
    const account = this.accountFor(recorded.appid);
    if ('kind' in account) return account;
    const { out_trade_no, partner, time_expire } = recorded.parameters;
    const call = {
      appid: recorded.appid,
      package: buildPackage({ out_trade_no, partner }, account),
      timestamp: String(this.nowSeconds()),
    };
    const isExpired = this.isExpired(time_expire); // read before the query: a payment made meanwhile counts
    const outcome = await this.api.post({
      ...{ endpoint: 'v1_orderquery', path: '/pay/orderquery', read: (answer) => parseOrderInfo(answer, recorded) },
      body: { ...call, sign_method: 'sha1', app_signature: appSignatureOf(call, account.paySignKey) },
    });
    if (outcome.kind !== 'done' || outcome.value.state === 'PAID' || !isExpired) return outcome;
    return { ...outcome, value: { state: 'CLOSED', isByExpiry: true } };
  }

  override closePayment(): Promise<Outcome<null>> {
    return Promise.resolve(NO_CLOSE_CALL);
  }

  /**
   * Refunds by v2, with WeChat's transaction number; v2 reads only the appid from the payment's request. Source: v2.md
   * §11.5.
   */
  override composeRefund(draft: RefundDraft): string {
    return this.v2.composeRefund(draft);
  }

  override checkRefundReady(request: string): Refused | null {
    return this.v2.checkRefundReady(request);
  }

  override refund(request: string): Promise<Outcome<RefundAccepted>> {
    return this.v2.refund(request);
  }

  override queryRefund(outRefundNo: string, paymentRequest: string): Promise<Outcome<WechatRefundState>> {
    return this.v2.queryRefund(outRefundNo, paymentRequest);
  }

  private accountFor(appid: string): AppV1Account | Unknown {
    if (!this.account) return NO_KEYS;
    return this.account.appid === appid ? this.account : OTHER_APP;
  }

  private isExpired(timeExpire: string): boolean {
    const expiresAt = fromBeijingTime(timeExpire);
    return expiresAt !== null && expiresAt < this.clock.secondsFromNow(-EXPIRY_MARGIN_SECONDS);
  }

  private nowSeconds(): number {
    return Math.floor(this.clock.now().getTime() / 1000);
  }
}

/** The answer names no order, so only the prepayid can be checked. */
function parsePrepay({ prepayid }: JsonObject): Prepay | null {
  return typeof prepayid === 'string' && /^[!-~]{1,128}$/.test(prepayid) ? { prepayId: prepayid, codeUrl: null } : null;
}
