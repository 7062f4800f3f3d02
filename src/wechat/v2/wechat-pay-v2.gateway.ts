import { Injectable } from '@nestjs/common';
import { toBeijingTime } from '../../common/beijing-time.js';
import { Clock } from '../../common/clock.js';
import { parseFen } from '../../common/fen.js';
import { Settings } from '../../config/settings.js';
import type { Outcome, Refused } from '../outcome.js';
import { originOf } from '../payment-origin.js';
import {
  type ClientParameters,
  type PaymentState,
  type Prepay,
  type PrepayDraft,
  type RefundAccepted,
  type RefundDraft,
  type RefundState,
  WechatPayGateway,
} from '../wechat-pay.gateway.js';
import { parametersOfApp, parametersOfMiniProgram } from './client-parameters.js';
import { cutToBytes } from './cut-to-bytes.js';
import { H5Scene } from './h5-scene.js';
import { cashierAddressIn, stateOf } from './payment-answers.js';
import { acceptedOf, refundAt, refundNumbersIn } from './refund-answers.js';
import type { Fields } from './signature.js';
import { unknown, WechatPayV2Transport } from './wechat-pay-v2.transport.js';

/** `body` takes 127; WeChat does not say whether characters or bytes, so bytes. */
const DESCRIPTION_BYTES = 127;
/** WeChat refuses a `time_expire` less than a minute after `time_start`. */
const SHORTEST_LIFE_MS = 60_000;
const REFUND_REASON_BYTES = 80;
/** A prepay_id lives two hours at WeChat; the last minutes are not worth betting on. */
const PREPAY_LIFE_SECONDS = 110 * 60;
/** An mweb_url is dead after five minutes. Source: v2.md §2.2. */
const MWEB_URL_LIFE_SECONDS = 4 * 60;
/** An order has at most fifty refunds, and an answer lists ten. */
const MOST_PAGES = 6;

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

  /** Unified order, without nonce and signature. `time_expire` only shuts the cashier: the order is closed by us. */
  override composePrepay(draft: PrepayDraft): string {
    const expiresAt = Math.max(draft.expiresAt.getTime(), draft.createdAt.getTime() + SHORTEST_LIFE_MS);
    const fields: Fields = {
      ...this.identity(draft.tradeType === 'APP' ? this.settings.WECHAT_MOBILE_APP_ID : this.settings.WECHAT_APP_ID),
      body: cutToBytes(draft.description, DESCRIPTION_BYTES),
      out_trade_no: draft.outTradeNo,
      fee_type: 'CNY',
      total_fee: String(draft.amountFen),
      spbill_create_ip: draft.payerIp,
      time_start: toBeijingTime(draft.createdAt),
      time_expire: toBeijingTime(new Date(expiresAt)),
      notify_url: `${draft.noticesUrl}/payment`,
      trade_type: draft.tradeType,
      ...this.ofTradeType(draft),
    };
    return JSON.stringify(fields);
  }

  override async prepay(request: string): Promise<Outcome<Prepay>> {
    const asked = fieldsOf(request);
    const outcome = await this.transport.ask('unifiedorder', asked);
    if (outcome.kind !== 'done') return outcome;
    const { trade_type, prepay_id } = outcome.value;
    const codeUrl = cashierAddressIn(outcome.value);
    const isComplete = prepay_id && trade_type === asked['trade_type'] && codeUrl !== undefined;
    if (!isComplete) return unknown('unifiedorder: the answer lacks the prepay_id', outcome.raw);
    return { ...outcome, value: { prepayId: prepay_id, codeUrl } };
  }

  override prepayLifeSeconds(request: string): number {
    return fieldsOf(request)['trade_type'] === 'MWEB' ? MWEB_URL_LIFE_SECONDS : PREPAY_LIFE_SECONDS;
  }

  /** The second signature, where the client wants one. Every value is a string. Source: v2.md §3. */
  override clientParameters(request: string, prepay: Prepay): ClientParameters {
    const asked = fieldsOf(request);
    const signing = { key: this.settings.WECHAT_API_KEY, now: this.clock.now() };
    switch (asked['trade_type']) {
      case 'NATIVE':
        return { codeUrl: prepay.codeUrl ?? '' };
      case 'MWEB':
        return { mwebUrl: this.h5.withReturn(prepay.codeUrl ?? '') };
      case 'APP':
        return parametersOfApp(asked, prepay.prepayId, signing);
      case undefined:
      default:
        return parametersOfMiniProgram(asked, prepay.prepayId, signing);
    }
  }

  override async queryPayment(request: string): Promise<Outcome<PaymentState>> {
    const { appid = '', out_trade_no: outTradeNo = '' } = fieldsOf(request);
    const outcome = await this.transport.ask('orderquery', { ...this.identity(appid), out_trade_no: outTradeNo });
    if (outcome.kind === 'refused' && outcome.action === 'ABSENT') {
      return { kind: 'done', value: { state: 'ABSENT' }, raw: outcome.raw };
    }
    if (outcome.kind !== 'done') return outcome;
    if (outcome.value['out_trade_no'] !== outTradeNo) {
      return unknown('orderquery: the answer is about another payment', outcome.raw);
    }
    const state = stateOf(outcome.value);
    return state ? { ...outcome, value: state } : unknown('orderquery: the answer is incomplete', outcome.raw);
  }

  override async closePayment(request: string): Promise<Outcome<null>> {
    const { appid = '', out_trade_no: outTradeNo = '' } = fieldsOf(request);
    const outcome = await this.transport.ask('closeorder', { ...this.identity(appid), out_trade_no: outTradeNo });
    return outcome.kind === 'done' ? { ...outcome, value: null } : outcome;
  }

  /** WeChat wants one number of the payment, and prefers its own. The appid is the payment's, whoever asks for it back. */
  override composeRefund(draft: RefundDraft): string {
    const { appid } = originOf(draft.paymentRequest);
    // Trimmed again after the cut: the signature covers every byte, and WeChat may trim what it reads.
    const reason = cutToBytes(draft.reason.trim(), REFUND_REASON_BYTES).trim();
    const fields: Fields = {
      ...this.identity(appid),
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
    const asked = fieldsOf(request);
    const outcome = await this.transport.ask('refund', asked);
    if (outcome.kind !== 'done') return outcome;
    const accepted = acceptedOf(outcome.value, asked);
    return accepted
      ? { ...outcome, value: accepted }
      : unknown('refund: the answer is about another refund, or incomplete', outcome.raw);
  }

  /** Turns pages while WeChat says that the order has more refunds than it has shown, and ours was not among them. */
  override async queryRefund(outRefundNo: string, paymentRequest: string): Promise<Outcome<RefundState>> {
    const asked = { ...this.identity(originOf(paymentRequest).appid), out_refund_no: outRefundNo };
    let raw: string | null = null;
    for (let page = 0, offset = 0; page < MOST_PAGES; page++) {
      const outcome = await this.transport.ask(
        'refundquery',
        page === 0 ? asked : { ...asked, offset: String(offset) },
      );
      if (outcome.kind === 'unknown') return outcome;
      if (outcome.kind === 'refused') {
        // What has shown refunds already cannot have none: a refused page only means that it was not read.
        if (page > 0) return unknown(`refundquery: page ${page} is refused with ${outcome.code}`, outcome.raw);
        if (outcome.action !== 'ABSENT') return outcome;
        return { kind: 'done', value: { state: 'ABSENT' }, raw: outcome.raw };
      }
      raw = outcome.raw;
      const listed = refundNumbersIn(outcome.value);
      const ours = listed.find((refund) => refund.outRefundNo === outRefundNo);
      if (ours) {
        const refund = refundAt(ours.place, outcome.value);
        return refund ? { ...outcome, value: refund } : unknown('refundquery: the answer is incomplete', raw);
      }
      offset += listed.length;
      if (listed.length === 0 || offset >= (parseFen(outcome.value['total_refund_count']) ?? 0)) break;
    }
    return unknown('refundquery: the answer does not list our refund', raw);
  }

  /** The fields that every question has. */
  private identity(appid: string): Fields {
    const { WECHAT_MCH_ID: mch_id, WECHAT_SIGN_TYPE: sign_type } = this.settings;
    return { appid, mch_id, sign_type };
  }

  /** What unifiedorder wants for one way to pay alone. Source: v2.md §2.1. */
  private ofTradeType({ tradeType, openid, productId }: PrepayDraft): Fields {
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

function fieldsOf(request: string): Fields {
  return JSON.parse(request) as Fields;
}
