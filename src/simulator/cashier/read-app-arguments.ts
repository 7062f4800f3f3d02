import type { ValidationIssue, RequestPayment } from './request-payment.js';

const SIGNED_NAMES = ['appid', 'partnerid', 'prepayid', 'package', 'noncestr', 'timestamp'];

/**
 * The signed arguments that an app hands to WeChat's SDK, as texts, or which one is missing. `timestamp` may be an
 * integer too: it is one in the SDK's own request class.
 */
export function readAppArguments(given: RequestPayment): Map<string, string> | ValidationIssue {
  const fields = new Map<string, string>();
  for (const name of SIGNED_NAMES) {
    const value = given[name];
    const isInteger = name === 'timestamp' && Number.isSafeInteger(value);
    if (!isInteger && (typeof value !== 'string' || value === '')) return { reason: name, text: `缺少参数:${name}` };
    fields.set(name, String(value));
  }
  return fields;
}
