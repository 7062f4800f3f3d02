import { Injectable } from '@nestjs/common';
import { SimulatorClock } from '../clock.js';
import { SimulatorSettings } from '../simulator-settings.js';
import { Behaviours } from '../state/behaviours.js';
import { KeyRing } from './key-ring.js';
import { refuse, V3Refusal } from './v3-call.js';
import { parseAuthorization } from './wire/authorization.js';
import { explainMismatch } from './wire/sign-mismatch.js';
import { isSignatureOf, linesOf, requestText, SignedRequestParts } from './wire/v3-crypto.js';

const MAX_CLOCK_DIFFERENCE_S = 300;
const MAX_SHOWN_CHARACTERS = 1000;
const SIGNATURE_REASON = 268_443_699;
/** The order calls check no User-Agent, and refuse a missing Authorization in other words. */
const ORDER_CALLS = '/v3/pay/';

/** A request as it arrived. */
export interface ReceivedRequest {
  readonly method: string;
  /** Path and query as sent. */
  readonly url: string;
  readonly body: Buffer;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

export interface AuthenticationResult {
  /** Why the request is refused; undefined when it is authentic. */
  readonly refusal?: V3Refusal;
  /** Undefined when the signature was not checked. */
  readonly signatureOk?: boolean;
  /** Who signed it; undefined when it is refused. */
  readonly mchId?: string;
}

/** Authenticates requests. Source: WeChat Pay v3, request signature and 401 by message. */
@Injectable()
export class Authenticator {
  constructor(
    private readonly keys: KeyRing,
    private readonly settings: SimulatorSettings,
    private readonly behaviours: Behaviours,
    private readonly clock: SimulatorClock,
  ) {}

  /**
   * @param acceptsOtherMerchant accepts another merchant's signature; the call decides what such a merchant may do
   *
   * In WeChat's order: User-Agent and Accept, the syntax and scheme of Authorization, mchid, timestamp, serial_no, the
   * signature.
   */
  check(request: ReceivedRequest, acceptsOtherMerchant = false): AuthenticationResult {
    const isOrderCall = request.url.startsWith(ORDER_CALLS);
    if (!isOrderCall && !['user-agent', 'accept'].every((name) => textOf(request.headers[name]) !== '')) {
      return { refusal: refuse(400, 'INVALID_REQUEST', 'Http头缺少Accept或User-Agent') };
    }
    const given = parseAuthorization(textOf(request.headers['authorization']));
    if (given === 'scheme') return signError('Http头Authorization认证类型不正确');
    if (given === 'format') {
      const text = 'Http头Authorization值格式错误，请参考《微信支付商户REST API签名规则》';
      return signError(isOrderCall ? '签名信息错误，验签失败' : text);
    }
    const { otherMerchant } = this.keys;
    const isOther = acceptsOtherMerchant && given.mchid === otherMerchant.mchId;
    if (!isOther && given.mchid !== this.settings.merchant.mch_id) return signError('商户未申请过证书');
    const ageS =
      this.clock.now().getTime() / 1000 + this.behaviours.current.v3ClockOffsetSeconds - Number(given.timestamp);
    if (Math.abs(ageS) > MAX_CLOCK_DIFFERENCE_S) {
      return signError('Http头Authorization中的timestamp与发起请求的时间不得超过5分钟');
    }
    const merchantKey = isOther ? this.keys.findOtherKey(given.serial) : this.keys.findMerchantKey(given.serial);
    if (merchantKey === undefined) {
      return signError('商户证书序列号有误。请使用签名私钥匹配的证书序列号');
    }
    const { method, url, body } = request;
    const parts = { method, url, timestamp: given.timestamp, nonce: given.nonce, body: body.toString('utf8') };
    const signed = Buffer.concat([
      Buffer.from(linesOf(method, url, given.timestamp, given.nonce)),
      body,
      Buffer.from('\n'),
    ]);
    if (isSignatureOf(signed, given.signature, merchantKey)) return { signatureOk: true, mchId: given.mchid };
    return this.wrongSignature(parts, given.signature, merchantKey);
  }

  /** Like WeChat, shows the string to sign; unlike WeChat, explains what differs. */
  private wrongSignature(parts: SignedRequestParts, signature: string, merchantKey: string): AuthenticationResult {
    const text = requestText(parts);
    const detail = {
      field: 'signature',
      issue: 'sign not match',
      location: 'authorization',
      sign_information: {
        method: parts.method,
        url: parts.url,
        truncated_sign_message: text.slice(0, MAX_SHOWN_CHARACTERS),
        sign_message_length: Buffer.byteLength(text),
      },
      sim_explanation: explainMismatch(parts, signature, merchantKey),
    };
    const refusal = { ...refuse(401, 'SIGN_ERROR', '错误的签名，验签失败', SIGNATURE_REASON), detail };
    return { refusal, signatureOk: false };
  }
}

function signError(message: string): AuthenticationResult {
  return { refusal: refuse(401, 'SIGN_ERROR', message) };
}

function textOf(header: string | string[] | undefined): string {
  return Array.isArray(header) ? header.join(', ') : (header ?? '');
}
