import { isSignType, signatureOf, SignType } from '../v2/wire/signer.js';

/** What the mini-program passes to `wx.requestPayment`: the values from the shop's server, unchecked. */
export type RequestPayment = Readonly<Record<string, unknown>>;

/** `reason` is machine-readable; `text` is what the phone shows. */
export interface ValidationIssue {
  readonly reason: string;
  readonly text: string;
}

export interface ValidRequestPayment {
  readonly prepayId: string;
  readonly signType: SignType;
}

const PACKAGE_PATTERN = /^prepay_id=(\S{1,118})$/;

/**
 * Converts the arguments to those of `wx.requestPayment`. `wx.chooseWXPay`, the same call for pages of official
 * accounts, has `timestamp` in lower case, as text or number. The signature covers the name `timeStamp` in both cases.
 */
export function normalizeJsapiArguments(args: RequestPayment, accepted: 'either' | 'mini-program'): RequestPayment {
  if (accepted === 'mini-program' || !isChooseWxPayCall(args)) return args;
  const { timestamp, ...others } = args;
  return { ...others, timeStamp: String(timestamp) };
}

/** True for the arguments of `wx.chooseWXPay`, false for those of `wx.requestPayment`. */
export function isChooseWxPayCall(args: RequestPayment): boolean {
  const { timestamp } = args;
  const isTime = Number.isSafeInteger(timestamp) || (typeof timestamp === 'string' && timestamp !== '');
  return args['timeStamp'] === undefined && isTime;
}

/**
 * The checks of `wx.requestPayment` that need no order: all arguments are strings, the package has its prefix, and
 * paySign is valid for appId, timeStamp, nonceStr, package and signType. Source: WeChat Pay v2, second signature.
 * @param appid of the mini-program that makes the call
 */
export function validateRequestPayment(
  args: RequestPayment,
  appid: string,
  key: string,
): ValidRequestPayment | ValidationIssue {
  const missing = ['timeStamp', 'nonceStr', 'package', 'paySign'].find(
    (name) => textArgument(args, name) === undefined,
  );
  if (missing !== undefined) return { reason: missing, text: `调用支付JSAPI缺少参数:${missing}` };
  const signType = args['signType'] ?? 'MD5';
  if (typeof signType !== 'string' || !isSignType(signType)) return { reason: 'signType', text: 'signType参数错误' };
  if (!/^\d{10}$/.test(textArgument(args, 'timeStamp') ?? ''))
    return { reason: 'timeStamp', text: 'timeStamp参数错误' };
  if ((textArgument(args, 'nonceStr') ?? '').length > 32) return { reason: 'nonceStr', text: 'nonceStr参数长度有误' };
  const prepayId = PACKAGE_PATTERN.exec(textArgument(args, 'package') ?? '')?.[1];
  if (prepayId === undefined) return { reason: 'package', text: '缺少参数prepay_id' };
  if ((args['appId'] ?? appid) !== appid) return { reason: 'appId', text: 'appId不匹配' };
  if (args['paySign'] !== paySignOf({ ...args, appId: appid, signType }, signType, key)) {
    return { reason: 'paySign', text: '支付验证签名失败' };
  }
  return { prepayId, signType };
}

function paySignOf(args: RequestPayment, signType: SignType, key: string): string {
  const names = ['appId', 'timeStamp', 'nonceStr', 'package', 'signType'];
  return signatureOf(new Map(names.map((name) => [name, textArgument(args, name) ?? ''])), key, signType);
}

/** Undefined for a number: a phone reports it as missing. */
function textArgument(args: RequestPayment, name: string): string | undefined {
  const value = args[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}
