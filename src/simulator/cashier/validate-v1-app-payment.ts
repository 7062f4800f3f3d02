import { SimulatorSettings } from '../simulator-settings.js';
import { WechatOrder } from '../state/wechat-order.js';
import { appSignatureOf } from '../wire/v1-signer.js';
import { readAppArguments } from './read-app-arguments.js';
import { ValidationIssue, RequestPayment } from './request-payment.js';

/** The forms in the documents and in samples; the oldest form contains the complete package. */
const PACKAGE_PATTERN = /^Sign=(WXPay|WXpay|\S+&sign=[0-9A-F]{32})$/;

/**
 * Validates the arguments that a v1 app passes to the SDK: the names of v2, signed by SHA1 with the PaySignKey. Source:
 * v2.md §11.3.
 * @param order the order of the prepayid in the arguments
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
