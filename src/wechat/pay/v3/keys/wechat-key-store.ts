import type { KeyObject } from 'node:crypto';

/** WeChat Pay's public key (微信支付公钥) and its id, `PUB_KEY_ID_…`. */
export interface WechatPublicKey {
  id: string;
  key: KeyObject;
}

/** A platform certificate (平台证书). */
export interface PlatformCertificate {
  /** Upper-case hex. */
  serial: string;
  key: KeyObject;
  effectiveAt: Date;
  expiresAt: Date;
}

/**
 * WeChat's keys by the id that `Wechatpay-Serial` names. While a merchant changes from certificates to the public key, WeChat
 * signs with either, so both are held. Source: docs/wechat-protocol.md, v3 §1.5.
 */
export class WechatKeyStore {
  private certificates = new Map<string, PlatformCertificate>();

  constructor(private readonly publicKey: WechatPublicKey | null) {}

  /** The key with this id, if it has not expired. */
  find(id: string, now: Date): KeyObject | null {
    if (id === this.publicKey?.id) return this.publicKey.key;
    const certificate = this.certificates.get(id.toUpperCase());
    return certificate && certificate.expiresAt > now ? certificate.key : null;
  }

  /** Replaces all certificates by those of a verified list. */
  replaceCertificates(certificates: readonly PlatformCertificate[]): void {
    this.certificates = new Map(certificates.map((certificate) => [certificate.serial, certificate]));
  }

  /** The id that requests name, so that WeChat signs its response with this key; null without any key. */
  preferredId(now: Date): string | null {
    return this.encryptionKey(now)?.id ?? null;
  }

  /** The key for sensitive fields: the public key, or the certificate that became effective last. */
  encryptionKey(now: Date): WechatPublicKey | null {
    if (this.publicKey) return this.publicKey;
    const [newest] = [...this.certificates.values()]
      .filter(({ effectiveAt, expiresAt }) => effectiveAt <= now && expiresAt > now)
      .sort((one, other) => other.effectiveAt.getTime() - one.effectiveAt.getTime());
    return newest ? { id: newest.serial, key: newest.key } : null;
  }

  get hasPublicKey(): boolean {
    return this.publicKey !== null;
  }

  /** For the doctor and readiness: ids with their last day, null for the public key. */
  list(): { id: string; expiresAt: Date | null }[] {
    return [
      ...(this.publicKey ? [{ id: this.publicKey.id, expiresAt: null }] : []),
      ...[...this.certificates.values()].map(({ serial, expiresAt }) => ({ id: serial, expiresAt })),
    ];
  }
}
