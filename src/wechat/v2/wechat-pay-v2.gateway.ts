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
  WechatPayGateway,
} from '../wechat-pay.gateway.js';
import { cutToBytes } from './cut-to-bytes.js';
import { type Fields, newNonce, sign, type SignType } from './signature.js';
import { unknown, WechatPayV2Transport } from './wechat-pay-v2.transport.js';

/** `body` takes 127; WeChat does not say whether characters or bytes, so bytes. */
const DESCRIPTION_BYTES = 127;
/** WeChat refuses a `time_expire` less than a minute after `time_start`. */
const SHORTEST_LIFE_MS = 60_000;

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
