import type { X509Certificate } from 'node:crypto';
import type { Settings } from '../../../config/settings.js';
import type { MerchantKey } from './merchant-key.js';
import { type CertificateProblem, certificateProblem } from './certificate-problem.js';

/** Days before expiry from which every start warns. */
const EXPIRY_WARNING_DAYS = 30;
const DAY_MS = 86_400_000;

/** The certificate, with any intermediate certificates, and its key, both PEM: the client's identity in TLS. */
export interface TlsIdentity {
  cert: string;
  key: string;
}

/** A certificate as it was loaded. */
export interface LoadedCertificate {
  /** The setting that it was read from, such as `WECHAT_MCH_CERT_FILE`. */
  variable: string;
  leaf: X509Certificate;
  identity: TlsIdentity;
  key: MerchantKey;
}

/**
 * The merchant's client certificate, which v2 requires for refunds, or its absence, and the key that signs every request of
 * API v3. The key is held in a private field, so that neither a log nor JSON.stringify can show it.
 */
export class MerchantCertificate {
  #loaded: LoadedCertificate | null;
  #keyOnly: MerchantKey | null;

  /** @param keyOnly a key whose certificate is not at hand, only its serial number. */
  constructor(loaded: LoadedCertificate | null, keyOnly: MerchantKey | null = null) {
    this.#loaded = loaded;
    this.#keyOnly = keyOnly;
  }

  /** The key that signs requests of API v3; null without one. */
  signingKey(): MerchantKey | null {
    return this.#loaded?.key ?? this.#keyOnly;
  }

  /** True when only the key is configured: it can sign, but it cannot identify the shop in TLS. */
  get hasOnlyKey(): boolean {
    return this.#loaded === null && this.#keyOnly !== null;
  }

  /** Like `replace`, for a key without its certificate. */
  replaceKey(key: MerchantKey): boolean {
    if (this.#keyOnly?.privateKey.equals(key.privateKey) === true && this.#keyOnly.serial === key.serial) return false;
    this.#keyOnly = key;
    return true;
  }

  /** Replaces the certificate with a reloaded one. Returns false when it is the one already in use. */
  replace(loaded: LoadedCertificate): boolean {
    const { identity } = this.#loaded ?? {};
    if (identity?.cert === loaded.identity.cert && identity.key === loaded.identity.key) return false;
    this.#loaded = loaded;
    return true;
  }

  /** The identity for TLS; null when the shop has no certificate and so cannot send refunds. */
  identity(): TlsIdentity | null {
    return this.#loaded?.identity ?? null;
  }

  /** The common name in its subject, which is the merchant number in a certificate of WeChat; null without a certificate or a name. */
  get subjectName(): string | null {
    return /^CN=(.*)$/m.exec(this.#loaded?.leaf.subject ?? '')?.[1] ?? null;
  }

  get validUntil(): Date | null {
    return this.#loaded?.leaf.validToDate ?? null;
  }

  /** Whole days until it expires, negative after that, null without a certificate. */
  daysLeft(now: Date = new Date()): number | null {
    return this.validUntil && Math.floor((this.validUntil.getTime() - now.getTime()) / DAY_MS);
  }

  /**
   * Why it cannot be used for a call now; null when it can.
   * @param now the machine's time, which TLS uses to check certificates.
   */
  problem(mchId: string, now: Date = new Date()): CertificateProblem | null {
    if (this.#loaded === null) return certificateProblem(null, mchId, now);
    const { validFromDate: validFrom, validToDate: validUntil } = this.#loaded.leaf;
    return certificateProblem({ subjectName: this.subjectName, validFrom, validUntil }, mchId, now);
  }

  /** Problems that do not prevent payments but will make refunds fail. */
  warnings(settings: Settings, now: Date = new Date()): string[] {
    if (this.#loaded === null) {
      if (settings.wechat.WECHAT_MODE !== 'live' || (this.hasOnlyKey && settings.v2.WECHAT_API_KEY === undefined))
        return [];
      return [
        'No merchant certificate is configured: no refund can be sent. ' +
          'Set WECHAT_MCH_CERT_FILE and WECHAT_MCH_KEY_FILE, or WECHAT_MCH_P12_FILE',
      ];
    }
    const { variable, leaf } = this.#loaded;
    const warnings: string[] = [];
    if (this.subjectName !== settings.wechat.WECHAT_MCH_ID) {
      warnings.push(
        `${variable} was issued to ${JSON.stringify(this.subjectName)}, not to WECHAT_MCH_ID: WeChat will refuse refunds`,
      );
    }
    const until = leaf.validToDate.toISOString().slice(0, 10);
    const daysLeft = this.daysLeft(now) ?? 0;
    if (leaf.validFromDate > now) warnings.push(`${variable} is not valid yet: WeChat will refuse refunds`);
    if (leaf.validToDate <= now) warnings.push(`${variable} expired on ${until}: WeChat will refuse refunds. Renew it`);
    else if (daysLeft < EXPIRY_WARNING_DAYS)
      warnings.push(`${variable} expires on ${until}, in ${daysLeft} days: renew it`);
    return warnings;
  }
}
