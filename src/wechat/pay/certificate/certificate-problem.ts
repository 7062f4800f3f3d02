/** Why a client certificate cannot be used for a call now. */
export type CertificateProblem = 'MISSING' | 'NOT_YET_VALID' | 'EXPIRED' | 'OTHER_MERCHANT';

/** The fields of a certificate that decide whether it can be used. */
export interface CertificateDetails {
  /** The common name of the certificate's subject. */
  subjectName: string | null;
  validFrom: Date;
  validUntil: Date;
}

/** A merchant number. A subject name of another form does not identify a merchant. */
const MERCHANT_ID_PATTERN = /^\d{8,10}$/;

/**
 * Checks before a call whether WeChat would refuse the certificate. A subject name that is not a merchant number is not
 * checked.
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
