import { Injectable } from '@nestjs/common';
import { OrderStore } from '../book/order-store.js';
import { SimulatorClock } from '../clock.js';
import { Fault } from '../faults/fault.js';
import { WechatResponse } from '../faults/response-sender.js';
import { SeededRandom } from '../random.js';
import { Behaviours } from '../state/behaviours.js';
import { SignatureProbeSelector } from '../state/signature-probe-selector.js';
import { KeyRing } from './key-ring.js';
import { JsonObject, V3Refusal, V3Result } from './v3-call.js';
import { answerText, signText } from './wire/v3-crypto.js';

/** A stale timestamp is older than the 5 minutes that clients accept. */
const STALE_SECONDS = 600;
const JSON_TYPE = 'application/json; charset=utf-8';
const DOCTYPE = '<!DOCTYPE xml [<!ENTITY w "wechat">]>\n';
/** The other headers of an answer as observed. */
const COMMON_HEADERS = {
  server: 'nginx',
  'cache-control': 'no-cache, must-revalidate',
  'x-content-type-options': 'nosniff',
  'content-language': 'zh-CN',
};
const UNKNOWN_SERIALS = { publicKey: `PUB_KEY_ID_${'0'.repeat(34)}`, certificate: '0'.repeat(40) };

/** What an answer takes from its request. */
export interface AnsweredRequest {
  /** `Wechatpay-Serial` of the request. */
  readonly keyId: string | undefined;
  /** The same for a repeated request, whose answer is never a probe. */
  readonly requestKey: string;
  readonly fault: Fault | undefined;
}

/** Files are not signed. */
type SignedResult = Exclude<V3Result, { kind: 'file' }>;

/** What a signed message names and who signs it. */
export interface SignatureInput {
  readonly body: string;
  readonly signer: { readonly id: string; readonly privateKey: string };
  /** `mixed` in notices, `hex` in answers. */
  readonly nonce: 'hex' | 'mixed';
  /** A fault of the signature: `wrong_signature`, `no_signature`, `wrong_serial`, `stale_timestamp`, `probe`. */
  readonly fault?: string | undefined;
}

/** Writes answers, signed after authentication, and the signature headers of notices. */
@Injectable()
export class AnswerWriter {
  constructor(
    private readonly keys: KeyRing,
    private readonly orders: OrderStore,
    private readonly clock: SimulatorClock,
    private readonly random: SeededRandom,
    private readonly behaviours: Behaviours,
    private readonly probes: SignatureProbeSelector,
  ) {}

  /** Refusals before authentication carry no `Wechatpay-*` headers. */
  writeUnsigned(refusal: V3Refusal, hasRequestId: boolean): WechatResponse {
    const headers = { ...COMMON_HEADERS, ...(hasRequestId && this.requestId(refusal.reason)) };
    return { status: refusal.status, contentType: JSON_TYPE, body: JSON.stringify(bodyOf(refusal)), headers };
  }

  writeSigned(result: SignedResult, { keyId, requestKey, fault }: AnsweredRequest): WechatResponse {
    const json = this.jsonOf(result, fault?.kind);
    const doctype = fault?.kind === 'doctype' ? DOCTYPE : '';
    const body = json === undefined ? '' : doctype + JSON.stringify(json);
    const isProbe = fault === undefined && this.probes.shouldProbe(requestKey);
    const signer = this.keys.signerOfAnswer(keyId);
    const signature = this.signatureHeaders({ body, signer, nonce: 'hex', fault: isProbe ? 'probe' : fault?.kind });
    const headers = {
      ...COMMON_HEADERS,
      ...this.requestId(result.kind === 'refused' ? result.reason : undefined),
      ...signature,
    };
    const status = result.kind === 'refused' ? result.status : json === undefined ? 204 : 200;
    return { status, contentType: JSON_TYPE, body, headers };
  }

  signatureHeaders({ body, signer, nonce: alphabet, fault }: SignatureInput): Record<string, string> {
    const seconds = Math.floor(this.clock.now().getTime() / 1000) - (fault === 'stale_timestamp' ? STALE_SECONDS : 0);
    const timestamp = String(seconds);
    const nonce = alphabet === 'hex' ? this.random.hex(32) : this.random.alphanumeric(32);
    const signature = signText(answerText(timestamp, nonce, body), signer.privateKey);
    if (fault === 'no_signature') return {};
    const isPublicKey = signer.id.startsWith('PUB_KEY_ID_');
    const otherSerial = isPublicKey ? UNKNOWN_SERIALS.publicKey : UNKNOWN_SERIALS.certificate;
    return {
      'wechatpay-timestamp': timestamp,
      'wechatpay-nonce': nonce,
      'wechatpay-serial': fault === 'wrong_serial' ? otherSerial : signer.id,
      'wechatpay-signature': this.damaged(signature, fault),
      'wechatpay-signature-type': 'WECHATPAY2-SHA256-RSA2048',
    };
  }

  private damaged(signature: string, fault: string | undefined): string {
    if (fault === 'probe') return `WECHATPAY/SIGNTEST/${this.random.alphanumeric(signature.length - 2)}==`;
    if (fault !== 'wrong_signature') return signature;
    return (signature.startsWith('A') ? 'B' : 'A') + signature.slice(1);
  }

  private jsonOf(result: SignedResult, fault: string | undefined): JsonObject | undefined {
    if (result.kind === 'refused') return bodyOf(result);
    const { body } = result;
    if (body === undefined) return undefined;
    const extra = this.behaviours.current.unknownField && { sim_extra: this.random.alphanumeric(8) };
    const changed = { ...body, ...extra };
    if (fault === 'other_appid' && 'appid' in body) return { ...changed, appid: 'wx0123456789abcdef' };
    return fault === 'echo_other_order' ? this.withOtherNumbers(changed) : changed;
  }

  /** The same answer with the numbers of another order, or invented ones when there is no other. */
  private withOtherNumbers(body: JsonObject): JsonObject {
    const other = this.orders.all().find((order) => order.outTradeNo !== body['out_trade_no']);
    const numbers: JsonObject = {
      out_trade_no: other?.outTradeNo ?? 'OTHERORDER0001',
      prepay_id: other?.prepays.at(-1)?.prepayId ?? 'wx20200101000000c0ffee00c0ffee00c0ff',
      refund_id: '50000000002020010100000000000',
      out_refund_no: 'OTHERREFUND0001',
      transaction_id: other?.transaction?.transactionId ?? '4200000000202001010000000000',
    };
    return Object.fromEntries(Object.entries(body).map(([name, value]) => [name, numbers[name] ?? value]));
  }

  private requestId(reason = 0): Record<string, string> {
    return { 'request-id': `08${this.random.hex(24).toUpperCase()}-${reason}` };
  }
}

function bodyOf({ code, detail, message }: V3Refusal): JsonObject {
  return { code, ...(detail !== undefined && { detail }), message };
}
