/** Why a client certificate cannot be used for a call now. */
export type CertificateProblem = 'MISSING' | 'NOT_YET_VALID' | 'EXPIRED' | 'OTHER_MERCHANT';

/** What decides whether a certificate can be used. */
export interface CertificateDetails {
  /** The name that it was made out to. */
  subjectName: string | null;
  validFrom: Date;
  validUntil: Date;
}

/** A merchant number. Another kind of name says nothing about the merchant. */
const MERCHANT_ID_PATTERN = /^\d{8,10}$/;

/**
 * Decides before a call whether WeChat would have to refuse the certificate. A name that is no merchant number is left to
 * WeChat to judge.
 * @param certificate null when the shop has none.
 * @returns null when the certificate can be used.
 */
export function certificateProblem(
  certificate: CertificateDetails | null,
  mchId: string,
  now: Date,
): CertificateProblem | null {
  if (certificate === null) return 'MISSING';
  const { subjectName, validFrom, validUntil } = certificate;
  if (validFrom > now) return 'NOT_YET_VALID';
  if (validUntil <= now) return 'EXPIRED';
  const isOther = subjectName !== null && MERCHANT_ID_PATTERN.test(subjectName) && subjectName !== mchId;
  return isOther ? 'OTHER_MERCHANT' : null;
}
