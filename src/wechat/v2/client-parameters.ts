import type { ClientParameters } from '../wechat-pay.gateway.js';
import { type Fields, newNonce, sign, type SignType } from './signature.js';

interface SigningContext {
  key: string;
  now: Date;
}

/** Mini-programs want `appId` with a capital I. Source: v2.md §3.1. */
export function miniProgramParameters(asked: Fields, prepayId: string, { key, now }: SigningContext): ClientParameters {
  const signType = signTypeOf(asked);
  const signed = {
    appId: asked['appid'] ?? '',
    timeStamp: secondsOf(now),
    nonceStr: newNonce(),
    package: `prepay_id=${prepayId}`,
    signType,
  };
  return { ...signed, packageValue: signed.package, paySign: sign(signed, key, signType) };
}

/** The SDK for apps wants small letters, and is signed as the order was without saying how. Source: v2.md §3.2. */
export function appParameters(asked: Fields, prepayId: string, { key, now }: SigningContext): ClientParameters {
  const signed = {
    appid: asked['appid'] ?? '',
    partnerid: asked['mch_id'] ?? '',
    prepayid: prepayId,
    package: 'Sign=WXPay',
    noncestr: newNonce(),
    timestamp: secondsOf(now),
  };
  return { ...signed, sign: sign(signed, key, signTypeOf(asked)) };
}

function signTypeOf({ sign_type }: Fields): SignType {
  return sign_type === 'HMAC-SHA256' ? 'HMAC-SHA256' : 'MD5';
}

function secondsOf(now: Date): string {
  return String(Math.floor(now.getTime() / 1000));
}
