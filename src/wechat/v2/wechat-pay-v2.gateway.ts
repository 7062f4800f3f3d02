import { Injectable } from '@nestjs/common';
import { fromBeijingTime, toBeijingTime } from '../../common/beijing-time.js';
import { Clock } from '../../common/clock.js';
import { parseFen } from '../../common/fen.js';
import { Settings } from '../../config/settings.js';
import type { Outcome } from '../outcome.js';
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
import { cutToBytes } from './cut-to-bytes.js';
import { acceptedOf, refundAt, refundNumbersIn } from './refund-answers.js';
import { type Fields, newNonce, sign, type SignType } from './signature.js';
import { unknown, WechatPayV2Transport } from './wechat-pay-v2.transport.js';

/** `body` takes 127; WeChat does not say whether characters or bytes, so bytes. */
const DESCRIPTION_BYTES = 127;
/** WeChat refuses a `time_expire` less than a minute after `time_start`. */
const SHORTEST_LIFE_MS = 60_000;
const REFUND_REASON_BYTES = 80;
/** An order has at most fifty refunds, and an answer lists ten. */
const MOST_PAGES = 6;

/** WeChat Pay v2: XML over HTTPS, signed with the merchant's key. */
@Injectable()
export class WechatPayV2Gateway extends WechatPayGateway {
  constructor(
    private readonly settings: Settings,
    private readonly clock: Clock,
    private readonly transport: WechatPayV2Transport,
  ) {
    super();
  }

  /** Unified order, without nonce and signature. `time_expire` only shuts the cashier: the order is closed by us. */
  override composePrepay(draft: PrepayDraft): string {
    const expiresAt = Math.max(draft.expiresAt.getTime(), draft.createdAt.getTime() + SHORTEST_LIFE_MS);
    const fields: Fields = {
      ...this.transport.identity(),
      body: cutToBytes(draft.description, DESCRIPTION_BYTES),
      out_trade_no: draft.outTradeNo,
      fee_type: 'CNY',
      total_fee: String(draft.amountFen),
      spbill_create_ip: draft.payerIp,
      time_start: toBeijingTime(draft.createdAt),
      time_expire: toBeijingTime(new Date(expiresAt)),
      notify_url: draft.notifyUrl,
      trade_type: draft.tradeType,
      ...(draft.tradeType === 'JSAPI' ? { openid: draft.openid } : { product_id: draft.productId }),
    };
    return JSON.stringify(fields);
  }

  override async prepay(request: string): Promise<Outcome<Prepay>> {
    const asked = fieldsOf(request);
    const outcome = await this.transport.ask('unifiedorder', asked);
    if (outcome.kind !== 'done') return outcome;
    const { trade_type, prepay_id, code_url } = outcome.value;
    const isComplete = prepay_id && trade_type === asked['trade_type'] && (trade_type !== 'NATIVE' || code_url);
    if (!isComplete) return unknown('unifiedorder: the answer lacks the prepay_id', outcome.raw);
    return { ...outcome, value: { prepayId: prepay_id, codeUrl: code_url ?? null } };
  }

  /** The second signature. Mini-programs want `appId` with a capital I, and every value as a string. */
  override clientParameters(request: string, prepay: Prepay): ClientParameters {
    const { trade_type, appid = '', sign_type } = fieldsOf(request);
    if (trade_type === 'NATIVE') return { codeUrl: prepay.codeUrl ?? '' };
    const signType: SignType = sign_type === 'HMAC-SHA256' ? 'HMAC-SHA256' : 'MD5';
    const signed = {
      appId: appid,
      timeStamp: String(Math.floor(this.clock.now().getTime() / 1000)),
      nonceStr: newNonce(),
      package: `prepay_id=${prepay.prepayId}`,
      signType,
    };
    return { ...signed, packageValue: signed.package, paySign: sign(signed, this.settings.WECHAT_API_KEY, signType) };
  }

  override async queryPayment(outTradeNo: string): Promise<Outcome<PaymentState>> {
    const outcome = await this.transport.ask('orderquery', { ...this.transport.identity(), out_trade_no: outTradeNo });
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

  override async closePayment(outTradeNo: string): Promise<Outcome<null>> {
    const outcome = await this.transport.ask('closeorder', { ...this.transport.identity(), out_trade_no: outTradeNo });
    return outcome.kind === 'done' ? { ...outcome, value: null } : outcome;
  }

  /** WeChat wants one number of the payment, and prefers its own. */
  override composeRefund(draft: RefundDraft): string {
    const reason = cutToBytes(draft.reason, REFUND_REASON_BYTES);
    const fields: Fields = {
      ...this.transport.identity(),
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
  override async queryRefund(outRefundNo: string): Promise<Outcome<RefundState>> {
    const asked = { ...this.transport.identity(), out_refund_no: outRefundNo };
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
}

function fieldsOf(request: string): Fields {
  return JSON.parse(request) as Fields;
}

/** `trade_state` in our words; null when a paid one lacks what a payment must have. */
function stateOf(answer: Fields): PaymentState | null {
  switch (answer['trade_state']) {
    case 'SUCCESS':
    case 'REFUND':
      return paidStateOf(answer);
    case 'NOTPAY':
      return { state: 'OPEN' };
    case 'USERPAYING':
    case 'ACCEPT':
      return { state: 'PAYING' };
    case 'CLOSED':
    case 'REVOKED':
      return { state: 'CLOSED' };
    case 'PAYERROR':
      return { state: 'FAILED' };
    case undefined:
    default:
      return null;
  }
}

function paidStateOf(answer: Fields): PaymentState | null {
  const { out_trade_no: outTradeNo, transaction_id: transactionId } = answer;
  const paidFen = parseFen(answer['total_fee']);
  const paidAt = fromBeijingTime(answer['time_end'] ?? '');
  if (!outTradeNo || !transactionId || paidFen === null || paidAt === null) return null;
  return { state: 'PAID', outTradeNo, transactionId, paidFen, paidAt };
}
