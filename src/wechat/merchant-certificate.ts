import type { X509Certificate } from 'node:crypto';
import type { Settings } from '../config/settings.js';
import { type CertificateProblem, certificateProblem } from './certificate-problem.js';

/** Days before its end from which a certificate is worth a warning at every start. */
const EXPIRY_WARNING_DAYS = 30;
const DAY_MS = 86_400_000;

/** A certificate with what may follow it, and its key, both PEM: who we are to hosts that ask. */
export interface TlsIdentity {
  cert: string;
  key: string;
}

/** What is known of a certificate that was loaded: where from, what it says, and what proves that it is ours. */
export interface LoadedCertificate {
  /** The variable that names it. */
  variable: string;
  leaf: X509Certificate;
  identity: TlsIdentity;
}

/**
 * The merchant's client certificate, which WeChat wants for refunds; or that there is none. The key is held where neither a
 * log nor a JSON text of this object can show it.
 */
export class MerchantCertificate {
  #loaded: LoadedCertificate | null;

  constructor(loaded: LoadedCertificate | null) {
    this.#loaded = loaded;
  }

  /** Takes over what was read again. False when it is what is in use already. */
  replace(loaded: LoadedCertificate): boolean {
    const { identity } = this.#loaded ?? {};
    if (identity?.cert === loaded.identity.cert && identity.key === loaded.identity.key) return false;
    this.#loaded = loaded;
    return true;
  }

  /** What TLS needs; null when the shop has no certificate, and so can pay nothing back. */
  identity(): TlsIdentity | null {
    return this.#loaded?.identity ?? null;
  }

  /** The merchant number that it was made out to; null without certificate or name. */
  get subjectName(): string | null {
    return /^CN=(.*)$/m.exec(this.#loaded?.leaf.subject ?? '')?.[1] ?? null;
  }

  get validUntil(): Date | null {
    return this.#loaded?.leaf.validToDate ?? null;
  }

  /** Whole days that it is still good for, negative when it has expired, null when there is none. */
  daysLeft(now: Date = new Date()): number | null {
    return this.validUntil && Math.floor((this.validUntil.getTime() - now.getTime()) / DAY_MS);
  }

  /**
   * Why no call may be made with it now; null when it can be used.
   * @param now the machine's time, by which TLS judges certificates.
   */
  problem(mchId: string, now: Date = new Date()): CertificateProblem | null {
    if (this.#loaded === null) return certificateProblem(null, mchId, now);
    const { validFromDate: validFrom, validToDate: validUntil } = this.#loaded.leaf;
    return certificateProblem({ subjectName: this.subjectName, validFrom, validUntil }, mchId, now);
  }

  /** What is no reason not to take payments, but will keep refunds from working. */
  warnings(settings: Settings, now: Date = new Date()): string[] {
    if (this.#loaded === null) {
      if (settings.WECHAT_MODE !== 'live') return [];
      return [
        'No merchant certificate is given: no refund can be sent. ' +
          'Set WECHAT_MCH_CERT_FILE and WECHAT_MCH_KEY_FILE, or WECHAT_MCH_P12_FILE',
      ];
    }
    const { variable, leaf } = this.#loaded;
    const warnings: string[] = [];
    if (this.subjectName !== settings.WECHAT_MCH_ID) {
      warnings.push(
        `${variable} is made out to ${JSON.stringify(this.subjectName)} and not to WECHAT_MCH_ID: refunds will be refused`,
      );
    }
    const until = leaf.validToDate.toISOString().slice(0, 10);
    const daysLeft = this.daysLeft(now) ?? 0;
    if (leaf.validFromDate > now) warnings.push(`${variable} is not valid yet: refunds will be refused`);
    if (leaf.validToDate <= now) warnings.push(`${variable} expired on ${until}: refunds will be refused. Renew it`);
    else if (daysLeft < EXPIRY_WARNING_DAYS)
      warnings.push(`${variable} expires on ${until}, in ${daysLeft} days: renew it`);
    return warnings;
  }
}
