import type { ValidationIssue, RequestPayment } from './request-payment.js';

const SIGNED_NAMES = ['appid', 'partnerid', 'prepayid', 'package', 'noncestr', 'timestamp'];

/**
 * Reads the signed arguments that an app passes to WeChat's SDK, or returns the first one that is missing. `timestamp`
 * may be an integer, because it is one in the SDK's request class.
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
