import type { CertificateProblem } from '../certificate-problem.js';
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
  message: 'WeChat rejected the client certificate that this service sent. Nothing was refunded.',
};

/** Our own refusals, before anything is sent. */
const REFUSAL_OF_PROBLEM: Readonly<Record<CertificateProblem, Refusal>> = {
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

/** The refusal of a call that is not sent because the client certificate cannot be used. */
export function refusalOfProblem(problem: CertificateProblem): Refused {
  return refused(REFUSAL_OF_PROBLEM[problem], '');
}

/**
 * Recognizes a refusal because of our client certificate, before WeChat Pay has read the message: nginx's page with HTTP
 * 400, a TLS alert, or our own check before sending. Null for any other result.
 */
export function certificateRefusalOf(exchange: WechatHttpResult): Refused | null {
  if (exchange.kind === 'not sent') return refusalOfProblem(exchange.reason);
  if (exchange.kind === 'certificate rejected') {
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
