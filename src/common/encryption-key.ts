import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { sha256 } from './ids.js';

const KEY_BYTES = 32;
const IV_BYTES = 12;
const TAG_BYTES = 16;
const VERSION = 'v1';

/** An AES-256-GCM key. Its id is derived from the key itself, so that keys need no names. */
export class EncryptionKey {
  readonly id: string;

  private constructor(private readonly bytes: Buffer) {
    if (bytes.length !== KEY_BYTES) throw new Error(`An encryption key must have ${KEY_BYTES} bytes.`);
    this.id = sha256(`wx-checkout key ${bytes.toString('hex')}`).slice(0, 12);
  }

  static fromBase64(base64: string): EncryptionKey {
    return new EncryptionKey(Buffer.from(base64, 'base64'));
  }

  /** Derives a key from another secret. Different purposes give different keys. */
  static derivedFrom(secret: string, purpose: string): EncryptionKey {
    return new EncryptionKey(Buffer.from(hkdfSync('sha256', secret, '', `wx-checkout ${purpose}`, KEY_BYTES)));
  }

  /** @param context the owner of the text, such as a row. The text can be decrypted only with the same context. */
  encrypt(text: string, context: string): string {
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.bytes, iv, { authTagLength: TAG_BYTES }).setAAD(
      Buffer.from(context),
    );
    const encrypted = Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
    return `${VERSION}.${this.id}.${encrypted.toString('base64url')}`;
  }

  /** @returns null if the text was encrypted with another key or context, or was changed afterwards. */
  decrypt(encrypted: string, context: string): string | null {
    const [version, id, content = ''] = encrypted.split('.');
    const bytes = Buffer.from(content, 'base64url');
    if (version !== VERSION || id !== this.id || bytes.length < IV_BYTES + TAG_BYTES) return null;
    try {
      const decipher = createDecipheriv('aes-256-gcm', this.bytes, bytes.subarray(0, IV_BYTES), {
        authTagLength: TAG_BYTES,
      })
        .setAAD(Buffer.from(context))
        .setAuthTag(bytes.subarray(-TAG_BYTES));
      return decipher.update(bytes.subarray(IV_BYTES, -TAG_BYTES), undefined, 'utf8') + decipher.final('utf8');
    } catch {
      return null;
    }
  }
}

/** True for 32 bytes in base64, as `openssl rand -base64 32` prints them. */
export function isBase64Key(value: unknown): boolean {
  return typeof value === 'string' && /^[A-Za-z0-9+/]{43}=$/.test(value);
}
