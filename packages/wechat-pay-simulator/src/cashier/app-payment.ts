import { WechatOrder } from '../book/wechat-order.js';
import { SimulatorSettings } from '../simulator-settings.js';
import { appSignatureOf } from '../v1/v1-signer.js';
import { signatureOf } from '../v2/wire/signer.js';
import { RequestPayment, ValidationIssue } from './request-payment.js';

const SIGNED_NAMES = ['appid', 'partnerid', 'prepayid', 'package', 'noncestr', 'timestamp'];
/** The forms of v1 in the documents and in samples; the oldest form contains the complete package. */
const V1_PACKAGE = /^Sign=(WXPay|WXpay|\S+&sign=[0-9A-F]{32})$/;

/**
 * Validates the arguments that an app passes to WeChat's SDK. The names are all lower case. Both protocols have the same
 * names: v2 signs with the key and the sign type of the order, v1 by SHA1 with the PaySignKey.
 * Source: WeChat Pay v2, second signature for APP; docs/wechat-protocol.md, v1 §4.
 * @param order the order of the prepayid in the arguments
 */
export function validateAppPayment(
  args: RequestPayment,
  { merchant, partner }: SimulatorSettings,
  order: WechatOrder | undefined,
): ValidationIssue | undefined {
  const fields = readAppArguments(args);
  if (!(fields instanceof Map)) return fields;
  const isV1 = order?.protocol === 'v1';
  if (order !== undefined && fields.get('appid') !== order.appid) return { reason: 'appid', text: 'appid不匹配' };
  if (fields.get('partnerid') !== (isV1 ? partner : merchant.mch_id)) {
    return { reason: 'partnerid', text: 'partnerid不匹配' };
  }
  if (!(isV1 ? V1_PACKAGE : /^Sign=WXPay$/).test(fields.get('package') ?? '')) {
    return { reason: 'package', text: 'package参数错误' };
  }
  if (!/^\d{10}$/.test(fields.get('timestamp') ?? '')) return { reason: 'timestamp', text: 'timestamp参数错误' };
  if (order?.tradeType !== 'APP') return { reason: 'prepayid', text: 'prepayid无效' };
  const sign = isV1
    ? appSignatureOf(fields, merchant.pay_sign_key)
    : signatureOf(fields, merchant.key, order.signType ?? 'MD5');
  return args['sign'] === sign ? undefined : { reason: 'sign', text: '支付验证签名失败' };
}

/** The signed arguments, or the first one that is missing. `timestamp` may be an integer, as in the SDK's request class. */
function readAppArguments(args: RequestPayment): Map<string, string> | ValidationIssue {
  const fields = new Map<string, string>();
  for (const name of SIGNED_NAMES) {
    const value = args[name];
    const isInteger = name === 'timestamp' && Number.isSafeInteger(value);
    if (!isInteger && (typeof value !== 'string' || value === '')) return { reason: name, text: `缺少参数:${name}` };
    fields.set(name, String(value));
  }
  return fields;
}
