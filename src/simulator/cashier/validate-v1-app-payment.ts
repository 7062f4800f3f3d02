import { SimulatorSettings } from '../simulator-settings.js';
import { WechatOrder } from '../state/wechat-order.js';
import { appSignatureOf } from '../wire/v1-signer.js';
import { readAppArguments } from './read-app-arguments.js';
import { ValidationIssue, RequestPayment } from './request-payment.js';

/** As in the documents and in samples; the oldest has the whole package behind it. */
const PACKAGE_PATTERN = /^Sign=(WXPay|WXpay|\S+&sign=[0-9A-F]{32})$/;

/**
 * What an app of 2014 hands to the SDK: the names of v2, but SHA1 with the PaySignKey. Source: v2.md §11.3.
 * @param order the one that the prepayid in the arguments belongs to
 */
export function validateV1AppPayment(
  given: RequestPayment,
  { merchant, partner }: SimulatorSettings,
  order: WechatOrder,
): ValidationIssue | undefined {
  const fields = readAppArguments(given);
  if (!(fields instanceof Map)) return fields;
  if (fields.get('appid') !== order.appid) return { reason: 'appid', text: 'appid不匹配' };
  if (fields.get('partnerid') !== partner) return { reason: 'partnerid', text: 'partnerid不匹配' };
  if (!PACKAGE_PATTERN.test(fields.get('package') ?? '')) return { reason: 'package', text: 'package参数错误' };
  if (!/^\d{10}$/.test(fields.get('timestamp') ?? '')) return { reason: 'timestamp', text: 'timestamp参数错误' };
  const isSigned = given['sign'] === appSignatureOf(fields, merchant.pay_sign_key);
  return isSigned ? undefined : { reason: 'sign', text: '支付验证签名失败' };
}
