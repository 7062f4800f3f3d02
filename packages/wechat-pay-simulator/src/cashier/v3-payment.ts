import { X509Certificate } from 'node:crypto';
import { WechatOrder } from '../book/wechat-order.js';
import { isSignatureOf, linesOf } from '../v3/wire/v3-crypto.js';
import { RequestPayment, ValidationIssue } from './request-payment.js';

/** The names of the SDK on Android; iOS calls the package `package`, and v2's names are lower case. */
const APP_NAMES = {
  appId: ['appId', 'appid'],
  partnerId: ['partnerId', 'partnerid'],
  prepayId: ['prepayId', 'prepayid'],
  packageValue: ['packageValue', 'package'],
  nonceStr: ['nonceStr', 'noncestr'],
  timeStamp: ['timeStamp', 'timestamp'],
  sign: ['sign'],
} as const;
const WRONG_SIGNATURE = '支付验证签名失败';

/**
 * The checks of `wx.requestPayment` for a prepay_id made by v3: the merchant's private key signs appid, time, nonce and
 * package. Source: WeChat Pay v3, what the front end receives.
 * @param merchantCertificates PEM; the signature names none of them, so that of any one is accepted
 */
export function validateV3RequestPayment(
  args: RequestPayment,
  appid: string,
  merchantCertificates: readonly string[],
): ValidationIssue | undefined {
  const texts = textsIn(args, ['timeStamp', 'nonceStr', 'package', 'signType', 'paySign']);
  if ('reason' in texts) return { ...texts, text: `调用支付JSAPI缺少参数:${texts.reason}` };
  const of = (name: string): string => texts.get(name) ?? '';
  if (of('signType') !== 'RSA') return { reason: 'paySign', text: WRONG_SIGNATURE };
  if (!/^\d{10}$/.test(of('timeStamp'))) return { reason: 'timeStamp', text: 'timeStamp参数错误' };
  if (of('nonceStr').length > 32) return { reason: 'nonceStr', text: 'nonceStr参数长度有误' };
  if ((args['appId'] ?? appid) !== appid) return { reason: 'appId', text: 'appId不匹配' };
  const text = linesOf(appid, of('timeStamp'), of('nonceStr'), of('package'));
  const isSigned = isSignedByOneOf(merchantCertificates, text, of('paySign'));
  return isSigned ? undefined : { reason: 'paySign', text: WRONG_SIGNATURE };
}

/** The same for the SDK of an app, where the prepay_id is signed alone. */
export function validateV3AppPayment(
  args: RequestPayment,
  mchid: string,
  order: WechatOrder,
  merchantCertificates: readonly string[],
): ValidationIssue | undefined {
  const named = Object.entries(APP_NAMES).map(([name, spellings]) => {
    const value = spellings.map((spelling) => args[spelling]).find((spelled) => spelled !== undefined);
    return [
      name,
      name === 'timeStamp' && typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : value,
    ] as const;
  });
  const texts = textsIn(Object.fromEntries(named), Object.keys(APP_NAMES));
  if ('reason' in texts) return texts;
  const of = (name: string): string => texts.get(name) ?? '';
  if (of('appId') !== order.appid) return { reason: 'appid', text: 'appid不匹配' };
  if (of('partnerId') !== mchid) return { reason: 'partnerid', text: 'partnerid不匹配' };
  if (of('packageValue') !== 'Sign=WXPay') return { reason: 'package', text: 'package参数错误' };
  if (!/^\d{10}$/.test(of('timeStamp'))) return { reason: 'timestamp', text: 'timestamp参数错误' };
  if (order.tradeType !== 'APP') return { reason: 'prepayid', text: 'prepayid无效' };
  const text = linesOf(of('appId'), of('timeStamp'), of('nonceStr'), of('prepayId'));
  const isSigned = isSignedByOneOf(merchantCertificates, text, of('sign'));
  return isSigned ? undefined : { reason: 'sign', text: WRONG_SIGNATURE };
}

function isSignedByOneOf(certificates: readonly string[], text: string, signature: string): boolean {
  return certificates.some((cert) => isSignatureOf(text, signature, new X509Certificate(cert).publicKey));
}

/** The arguments with these names, or the first one that is missing. A number counts as missing, as on a phone. */
function textsIn(args: RequestPayment, names: readonly string[]): ReadonlyMap<string, string> | ValidationIssue {
  const missing = names.find((name) => typeof args[name] !== 'string' || args[name] === '');
  if (missing !== undefined) return { reason: missing, text: `缺少参数:${missing}` };
  return new Map(names.map((name) => [name, String(args[name])]));
}
