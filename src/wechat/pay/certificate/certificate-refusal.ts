import type { Refused } from '../outcome.js';
import type { CertificateProblem } from './certificate-problem.js';

interface Refusal {
  code: string;
  message: string;
}

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
  return { kind: 'refused', ...REFUSAL_OF_PROBLEM[problem], action: 'FIX_REQUEST', raw: '' };
}
