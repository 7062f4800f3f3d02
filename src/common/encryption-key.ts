import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { sha256 } from './ids.js';

const KEY_BYTES = 32;
const IV_BYTES = 12;
const TAG_BYTES = 16;
const VERSION = 'v1';

/** A key of AES-256-GCM. Its id is made of the key itself, so that nobody has to name keys, or can mix the names up. */
export class EncryptionKey {
  readonly id: string;

  private constructor(private readonly bytes: Buffer) {
    if (bytes.length !== KEY_BYTES) throw new Error(`A sealing key has ${KEY_BYTES} bytes.`);
    this.id = sha256(`wx-checkout key ${bytes.toString('hex')}`).slice(0, 12);
  }

  static fromBase64(base64: string): EncryptionKey {
    return new EncryptionKey(Buffer.from(base64, 'base64'));
  }

  /** Made of another secret. `purpose` keeps keys of the same secret apart. */
  static derivedFrom(secret: string, purpose: string): EncryptionKey {
    return new EncryptionKey(Buffer.from(hkdfSync('sha256', secret, '', `wx-checkout ${purpose}`, KEY_BYTES)));
  }

  /** @param context whose text it is: opened in another context, such as another person's row, it is no text at all. */
  encrypt(text: string, context: string): string {
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.bytes, iv, { authTagLength: TAG_BYTES }).setAAD(
      Buffer.from(context),
    );
    const sealed = Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
    return `${VERSION}.${this.id}.${sealed.toString('base64url')}`;
  }

  /** The text, or null when it was sealed with another key or for another context, or has been changed since. */
  decrypt(sealed: string, context: string): string | null {
    const [version, id, content = ''] = sealed.split('.');
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

/** True for the base64 of a whole key: `openssl rand -base64 32`. */
export function isBase64Key(value: unknown): boolean {
  return typeof value === 'string' && /^[A-Za-z0-9+/]{43}=$/.test(value);
}
