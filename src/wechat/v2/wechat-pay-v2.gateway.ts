import { Injectable } from '@nestjs/common';
import { toBeijingTime } from '../../common/beijing-time.js';
import { Clock } from '../../common/clock.js';
import { parseFen } from '../../common/fen.js';
import { Settings } from '../../config/settings.js';
import type { Outcome, Refused } from '../outcome.js';
import { channelOf } from '../payment-channel.js';
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
import { appParameters, miniProgramParameters } from './client-parameters.js';
import { truncateToBytes } from './truncate-to-bytes.js';
import { H5Scene } from './h5-scene.js';
import { parseCodeUrl, parsePaymentState } from './payment-responses.js';
import { parseRefundAccepted, parseRefundAt, listRefundNumbers } from './refund-responses.js';
import type { Fields } from './signature.js';
import { unknownOutcome, WechatPayV2Transport } from './wechat-pay-v2.transport.js';

/** `body` allows 127. WeChat does not say whether characters or bytes, so bytes are counted. */
const MAX_DESCRIPTION_BYTES = 127;
/** Milliseconds. WeChat refuses a `time_expire` less than a minute after `time_start`. */
const MIN_TTL_MS = 60_000;
const MAX_REFUND_REASON_BYTES = 80;
/** Seconds. A prepay_id is valid for two hours at WeChat; this leaves a margin. */
const PREPAY_TTL_SECONDS = 110 * 60;
/** Seconds. An mweb_url is valid for five minutes. Source: v2.md §2.2. */
const MWEB_URL_TTL_SECONDS = 4 * 60;
/** An order has at most fifty refunds, and an answer lists ten. */
const MAX_PAGES = 6;

/** WeChat Pay v2: XML over HTTPS, signed with the merchant's key. */
@Injectable()
export class WechatPayV2Gateway extends WechatPayGateway {
  private readonly h5: H5Scene;

  constructor(
    private readonly settings: Settings,
    private readonly clock: Clock,
    private readonly transport: WechatPayV2Transport,
  ) {
    super();
    this.h5 = new H5Scene(settings);
  }

  /**
   * Composes the unified order without nonce and signature. `time_expire` only ends the cashier; this service closes the
   * order.
   */
  override composePrepay(draft: PrepayDraft): string {
    const expiresAt = Math.max(draft.expiresAt.getTime(), draft.createdAt.getTime() + MIN_TTL_MS);
    const fields: Fields = {
      ...this.merchantFields(
        draft.tradeType === 'APP' ? this.settings.WECHAT_MOBILE_APP_ID : this.settings.WECHAT_APP_ID,
      ),
      body: truncateToBytes(draft.description, MAX_DESCRIPTION_BYTES),
      out_trade_no: draft.outTradeNo,
      fee_type: 'CNY',
      total_fee: String(draft.amountFen),
      spbill_create_ip: draft.payerIp,
      time_start: toBeijingTime(draft.createdAt),
      time_expire: toBeijingTime(new Date(expiresAt)),
      notify_url: `${draft.notifyUrlBase}/payment`,
      trade_type: draft.tradeType,
      ...this.tradeTypeFields(draft),
    };
    return JSON.stringify(fields);
  }

  override async prepay(request: string): Promise<Outcome<Prepay>> {
    const fields = parseRequest(request);
    const outcome = await this.transport.call('unifiedorder', fields);
    if (outcome.kind !== 'done') return outcome;
    const { trade_type, prepay_id } = outcome.value;
    const codeUrl = parseCodeUrl(outcome.value);
    const isComplete = prepay_id && trade_type === fields['trade_type'] && codeUrl !== undefined;
    if (!isComplete) return unknownOutcome('unifiedorder: the answer lacks the prepay_id', outcome.raw);
    return { ...outcome, value: { prepayId: prepay_id, codeUrl } };
  }

  override prepayTtlSeconds(request: string): number {
    return parseRequest(request)['trade_type'] === 'MWEB' ? MWEB_URL_TTL_SECONDS : PREPAY_TTL_SECONDS;
  }

  /** Signs the parameters for the client. Every value is a string. Source: v2.md §3. */
  override clientParameters(request: string, prepay: Prepay): ClientParameters {
    const fields = parseRequest(request);
    const signing = { key: this.settings.WECHAT_API_KEY, now: this.clock.now() };
    switch (fields['trade_type']) {
      case 'NATIVE':
        return { codeUrl: prepay.codeUrl ?? '' };
      case 'MWEB':
        return { mwebUrl: this.h5.withRedirectUrl(prepay.codeUrl ?? '') };
      case 'APP':
        return appParameters(fields, prepay.prepayId, signing);
      case undefined:
      default:
        return miniProgramParameters(fields, prepay.prepayId, signing);
    }
  }

  override async queryPayment(request: string): Promise<Outcome<PaymentState>> {
    const { appid = '', out_trade_no: outTradeNo = '' } = parseRequest(request);
    const outcome = await this.transport.call('orderquery', {
      ...this.merchantFields(appid),
      out_trade_no: outTradeNo,
    });
    if (outcome.kind === 'refused' && outcome.action === 'NOT_FOUND') {
      return { kind: 'done', value: { state: 'ABSENT' }, raw: outcome.raw };
    }
    if (outcome.kind !== 'done') return outcome;
    if (outcome.value['out_trade_no'] !== outTradeNo) {
      return unknownOutcome('orderquery: the answer is about another payment', outcome.raw);
    }
    const state = parsePaymentState(outcome.value);
    return state ? { ...outcome, value: state } : unknownOutcome('orderquery: the answer is incomplete', outcome.raw);
  }

  override async closePayment(request: string): Promise<Outcome<null>> {
    const { appid = '', out_trade_no: outTradeNo = '' } = parseRequest(request);
    const outcome = await this.transport.call('closeorder', {
      ...this.merchantFields(appid),
      out_trade_no: outTradeNo,
    });
    return outcome.kind === 'done' ? { ...outcome, value: null } : outcome;
  }

  /** WeChat needs one number of the payment and prefers its own. The appid is the payment's, not the configured one. */
  override composeRefund(draft: RefundDraft): string {
    const { appid } = channelOf(draft.paymentRequest);
    // Trimmed again after the cut: the signature covers every byte, and WeChat may trim what it reads.
    const reason = truncateToBytes(draft.reason.trim(), MAX_REFUND_REASON_BYTES).trim();
    const fields: Fields = {
      ...this.merchantFields(appid),
      transaction_id: draft.transactionId,
      out_refund_no: draft.outRefundNo,
      total_fee: String(draft.paidFen),
      refund_fee: String(draft.refundFen),
      refund_fee_type: 'CNY',
      ...(reason !== '' && { refund_desc: reason }),
      notify_url: draft.notifyUrl,
    };
    return JSON.stringify(fields);
  }

  override checkRefundReady(): Refused | null {
    return this.transport.checkRefundReady();
  }

  override async refund(request: string): Promise<Outcome<RefundAccepted>> {
    const fields = parseRequest(request);
    const outcome = await this.transport.call('refund', fields);
    if (outcome.kind !== 'done') return outcome;
    const accepted = parseRefundAccepted(outcome.value, fields);
    return accepted
      ? { ...outcome, value: accepted }
      : unknownOutcome('refund: the answer is incomplete or about another refund', outcome.raw);
  }

  /** Reads further pages while WeChat reports more refunds than it has listed and ours was not among them. */
  override async queryRefund(outRefundNo: string, paymentRequest: string): Promise<Outcome<WechatRefundState>> {
    const fields = { ...this.merchantFields(channelOf(paymentRequest).appid), out_refund_no: outRefundNo };
    let raw: string | null = null;
    for (let page = 0, offset = 0; page < MAX_PAGES; page++) {
      const outcome = await this.transport.call(
        'refundquery',
        page === 0 ? fields : { ...fields, offset: String(offset) },
      );
      if (outcome.kind === 'unknown') return outcome;
      if (outcome.kind === 'refused') {
        // An order that has listed refunds cannot have none: a refused page only means that it was not read.
        if (page > 0) return unknownOutcome(`refundquery: page ${page} is refused with ${outcome.code}`, outcome.raw);
        if (outcome.action !== 'NOT_FOUND') return outcome;
        return { kind: 'done', value: { state: 'ABSENT' }, raw: outcome.raw };
      }
      raw = outcome.raw;
      const listed = listRefundNumbers(outcome.value);
      const ours = listed.find((refund) => refund.outRefundNo === outRefundNo);
      if (ours) {
        const refund = parseRefundAt(ours.index, outcome.value);
        return refund ? { ...outcome, value: refund } : unknownOutcome('refundquery: the answer is incomplete', raw);
      }
      offset += listed.length;
      if (listed.length === 0 || offset >= (parseFen(outcome.value['total_refund_count']) ?? 0)) break;
    }
    return unknownOutcome('refundquery: the answer does not list our refund', raw);
  }

  /** The fields that every request has. */
  private merchantFields(appid: string): Fields {
    const { WECHAT_MCH_ID: mch_id, WECHAT_SIGN_TYPE: sign_type } = this.settings;
    return { appid, mch_id, sign_type };
  }

  /** The fields that unifiedorder needs for one trade type only. Source: v2.md §2.1. */
  private tradeTypeFields({ tradeType, openid, productId }: PrepayDraft): Fields {
    switch (tradeType) {
      case 'JSAPI':
        return { openid };
      case 'NATIVE':
        return { product_id: productId };
      case 'MWEB':
        return { scene_info: this.h5.sceneInfo };
      case 'APP':
        return {};
    }
  }
}

function parseRequest(request: string): Fields {
  return JSON.parse(request) as Fields;
}
