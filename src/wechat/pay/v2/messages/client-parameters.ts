import { newNonce } from '../../nonce.js';
import type { ClientParameters } from '../../payment-types.js';
import { type Fields, sign, type SignType } from '../signature.js';

interface SigningContext {
  key: string;
  now: Date;
}

/** Mini-programs need `appId` with a capital I. Source: docs/wechat-protocol.md, v2 §3.1. */
export function miniProgramParameters(
  request: Fields,
  prepayId: string,
  { key, now }: SigningContext,
): ClientParameters {
  const signType = signTypeOf(request);
  const signed = {
    appId: request['appid'] ?? '',
    timeStamp: secondsOf(now),
    nonceStr: newNonce(),
    package: `prepay_id=${prepayId}`,
    signType,
  };
  // A copy for frameworks in which `package` is a reserved word; WeChat does not read it.
  return { ...signed, packageValue: signed.package, paySign: sign(signed, key, signType) };
}

/**
 * The SDK for apps needs lower-case names. It uses the order's sign type without naming it.
 * Source: docs/wechat-protocol.md, v2 §3.2.
 */
export function appParameters(request: Fields, prepayId: string, { key, now }: SigningContext): ClientParameters {
  const signed = {
    appid: request['appid'] ?? '',
    partnerid: request['mch_id'] ?? '',
    prepayid: prepayId,
    package: 'Sign=WXPay',
    noncestr: newNonce(),
    timestamp: secondsOf(now),
  };
  return { ...signed, sign: sign(signed, key, signTypeOf(request)) };
}

function signTypeOf({ sign_type }: Fields): SignType {
  return sign_type === 'HMAC-SHA256' ? 'HMAC-SHA256' : 'MD5';
}

function secondsOf(now: Date): string {
  return String(Math.floor(now.getTime() / 1000));
}
