import type { CertificateProblem } from '../certificate-problem.js';
import type { Refused } from '../outcome.js';
import type { Exchange } from '../wechat-http.js';
import { actionFor } from './error-actions.js';

interface Refusal {
  code: string;
  message: string;
}

const MISSING: Refusal = {
  code: 'NO_CLIENT_CERTIFICATE',
  message:
    "WeChat wants the merchant's client certificate for refunds, and this service sent none. Nothing was refunded.",
};
const UNWELCOME: Refusal = {
  code: 'CLIENT_CERTIFICATE_REFUSED',
  message: 'WeChat does not accept the client certificate that this service sent. Nothing was refunded.',
};

/** Refusals of our own, before anything is sent. */
const WITHHELD: Readonly<Record<CertificateProblem, Refusal>> = {
  MISSING: {
    code: 'NO_CLIENT_CERTIFICATE',
    message:
      'The shop has no merchant client certificate. The refund was not sent to WeChat. Configure the certificate, then retry.',
  },
  NOT_YET_VALID: {
    code: 'CLIENT_CERTIFICATE_NOT_YET_VALID',
    message:
      'The merchant client certificate is not valid yet. The refund was not sent to WeChat. Check the certificate and the clock, then retry.',
  },
  EXPIRED: {
    code: 'CLIENT_CERTIFICATE_EXPIRED',
    message:
      'The merchant client certificate has expired. The refund was not sent to WeChat. Renew the certificate, then retry.',
  },
  OTHER_MERCHANT: {
    code: 'CLIENT_CERTIFICATE_OF_OTHER_MERCHANT',
    message:
      'The client certificate belongs to another merchant than WECHAT_MCH_ID. The refund was not sent to WeChat. Configure the right certificate, then retry.',
  },
};

/** The refusal of a call that is not sent, because the client certificate cannot be used. */
export function withheldBecause(problem: CertificateProblem): Refused {
  return refused(WITHHELD[problem], '');
}

/**
 * The refusal of our client certificate, which comes before WeChat Pay has seen the message: as a page of nginx with HTTP
 * 400, or as an alert of TLS, or because nothing was sent. Null when the exchange was anything else.
 */
export function certificateRefusalOf(exchange: Exchange): Refused | null {
  if (exchange.kind === 'withheld') return withheldBecause(exchange.reason);
  if (exchange.kind === 'turned away') {
    const isMissing = exchange.reason.endsWith('CERTIFICATE_REQUIRED');
    return refused(isMissing ? MISSING : UNWELCOME, exchange.reason);
  }
  if (exchange.kind !== 'answered' || exchange.status !== 400) return null;
  if (/400 No required SSL certificate was sent/i.test(exchange.text)) return refused(MISSING, exchange.text);
  if (/400 The SSL certificate error/i.test(exchange.text)) return refused(UNWELCOME, exchange.text);
  return null;
}

function refused(what: Refusal, raw: string): Refused {
  return { kind: 'refused', ...what, action: actionFor('refund', what.code, what.message), raw };
}
