import { newNonce } from '../../nonce.js';
import type { ClientParameters } from '../../payment-types.js';
import type { MerchantKey } from '../../certificate/merchant-key.js';
import { linesOf, secondsOf } from '../keys/merchant-signer.js';
import { signRsa } from '../keys/rsa.js';

interface SigningContext {
  key: MerchantKey;
  now: Date;
  nonce?: string;
}

/** Parameters of mini-programs and of web pages in WeChat. Source: docs/wechat-protocol.md, v3 §2.3. */
export function miniProgramParameters(
  appId: string,
  prepayId: string,
  { key, now, nonce: nonceStr = newNonce() }: SigningContext,
): ClientParameters {
  const timeStamp = secondsOf(now);
  const prepay = `prepay_id=${prepayId}`;
  const paySign = signRsa(linesOf(appId, timeStamp, nonceStr, prepay), key.privateKey);
  // A copy for frameworks in which `package` is a reserved word; WeChat does not read it.
  return { appId, timeStamp, nonceStr, package: prepay, packageValue: prepay, signType: 'RSA', paySign };
}

/** Parameters of the SDK for apps. Its signature covers the bare prepay_id. Source: docs/wechat-protocol.md, v3 §2.3. */
export function appParameters(
  { appId, mchId }: { appId: string; mchId: string },
  prepayId: string,
  { key, now, nonce: noncestr = newNonce() }: SigningContext,
): ClientParameters {
  const timestamp = secondsOf(now);
  return {
    appid: appId,
    partnerid: mchId,
    prepayid: prepayId,
    package: 'Sign=WXPay',
    noncestr,
    timestamp,
    sign: signRsa(linesOf(appId, timestamp, noncestr, prepayId), key.privateKey),
  };
}
