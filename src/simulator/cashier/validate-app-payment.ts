import { SimulatorSettings } from '../simulator-settings.js';
import { WechatOrder } from '../state/wechat-order.js';
import { signatureOf } from '../wire/signer.js';
import { readAppArguments } from './read-app-arguments.js';
import { ValidationIssue, RequestPayment } from './request-payment.js';

/**
 * Validates the arguments of a payment in an app. The names differ from those of a mini-program and are all lower case.
 * The signature uses the sign type of the order, which the arguments do not contain. Source: WeChat Pay v2, second
 * signature for APP.
 * @param order the order of the prepay_id in the arguments
 */
export function validateAppPayment(
  given: RequestPayment,
  merchant: SimulatorSettings['merchant'],
  order: WechatOrder | undefined,
): ValidationIssue | undefined {
  const fields = readAppArguments(given);
  if (!(fields instanceof Map)) return fields;
  if (order !== undefined && fields.get('appid') !== order.appid) return { reason: 'appid', text: 'appid不匹配' };
  if (fields.get('partnerid') !== merchant.mch_id) return { reason: 'partnerid', text: 'partnerid不匹配' };
  if (fields.get('package') !== 'Sign=WXPay') return { reason: 'package', text: 'package参数错误' };
  if (!/^\d{10}$/.test(fields.get('timestamp') ?? '')) return { reason: 'timestamp', text: 'timestamp参数错误' };
  if (order?.tradeType !== 'APP') return { reason: 'prepayid', text: 'prepayid无效' };
  const isSigned = given['sign'] === signatureOf(fields, merchant.key, order.signType);
  return isSigned ? undefined : { reason: 'sign', text: '支付验证签名失败' };
}
