import type { Refused } from '../outcome.js';
import type { Exchange } from '../wechat-http.js';
import { actionFor } from './error-actions.js';

const MISSING = {
  code: 'NO_CLIENT_CERTIFICATE',
  message:
    "WeChat wants the merchant's client certificate for refunds, and this service sent none. Nothing was refunded.",
};
const UNWELCOME = {
  code: 'CLIENT_CERTIFICATE_REFUSED',
  message: 'WeChat does not accept the client certificate that this service sent. Nothing was refunded.',
};

/**
 * The refusal of our client certificate, which comes before WeChat Pay has seen the message: as a page of nginx with HTTP
 * 400, or as an alert of TLS. Null when the exchange was anything else.
 */
export function certificateRefusalOf(exchange: Exchange): Refused | null {
  if (exchange.kind === 'turned away') {
    const isMissing = exchange.reason.endsWith('CERTIFICATE_REQUIRED');
    return refused(isMissing ? MISSING : UNWELCOME, exchange.reason);
  }
  if (exchange.kind !== 'answered' || exchange.status !== 400) return null;
  if (/400 No required SSL certificate was sent/i.test(exchange.text)) return refused(MISSING, exchange.text);
  if (/400 The SSL certificate error/i.test(exchange.text)) return refused(UNWELCOME, exchange.text);
  return null;
}

function refused(what: { code: string; message: string }, raw: string): Refused {
  return { kind: 'refused', ...what, action: actionFor('refund', what.code, what.message), raw };
}
