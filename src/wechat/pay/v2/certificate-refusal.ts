import { refusalOfProblem } from '../certificate/certificate-refusal.js';
import type { Refused } from '../outcome.js';
import type { WechatHttpResult } from '../wechat-http-client.js';
import { actionFor } from './error-actions.js';

interface Refusal {
  code: string;
  message: string;
}

const NO_CERTIFICATE: Refusal = {
  code: 'NO_CLIENT_CERTIFICATE',
  message:
    "WeChat requires the merchant's client certificate for refunds, and this service sent none. Nothing was refunded.",
};
const CERTIFICATE_REJECTED: Refusal = {
  code: 'CLIENT_CERTIFICATE_REFUSED',
  message: 'WeChat refused the client certificate that this service sent. Nothing was refunded.',
};

/**
 * Recognizes a refusal because of our client certificate, before WeChat Pay has read the message: nginx's page with
 * HTTP 400, a TLS alert, or our own check before sending. Null for any other result.
 */
export function certificateRefusalOf(exchange: WechatHttpResult): Refused | null {
  if (exchange.kind === 'not sent') return refusalOfProblem(exchange.reason);
  if (exchange.kind === 'certificate refused') {
    const isMissing = exchange.reason.endsWith('CERTIFICATE_REQUIRED');
    return refused(isMissing ? NO_CERTIFICATE : CERTIFICATE_REJECTED, exchange.reason);
  }
  if (exchange.kind !== 'answered' || exchange.status !== 400) return null;
  if (/400 No required SSL certificate was sent/i.test(exchange.text)) return refused(NO_CERTIFICATE, exchange.text);
  if (/400 The SSL certificate error/i.test(exchange.text)) return refused(CERTIFICATE_REJECTED, exchange.text);
  return null;
}

function refused(what: Refusal, raw: string): Refused {
  return { kind: 'refused', ...what, action: actionFor('refund', what.code, what.message), raw };
}
