import { EncryptionKey } from '../common/encryption-key.js';
import type { Settings } from './settings.js';

/**
 * Encrypts values of the database with DATA_ENCRYPTION_KEY, or without it with a key derived from WECHAT_APP_SECRET. Values of
 * the previous keys, and from before DATA_ENCRYPTION_KEY was set, stay readable.
 */
export class DataEncryption {
  private readonly encryptionKey: EncryptionKey;
  private readonly decryptionKeys: readonly EncryptionKey[];

  /** @param purpose what is encrypted; a derived key is different for each. Never change one. */
  constructor(settings: Settings, purpose: string) {
    const { DATA_ENCRYPTION_KEY: currentKey, DATA_ENCRYPTION_OLD_KEYS: oldKeys } = settings;
    const derived = EncryptionKey.derivedFrom(settings.wechat.WECHAT_APP_SECRET, purpose);
    this.encryptionKey = currentKey === undefined ? derived : EncryptionKey.fromBase64(currentKey);
    this.decryptionKeys = [
      this.encryptionKey,
      derived,
      ...(oldKeys?.split(',') ?? []).map((key) => EncryptionKey.fromBase64(key)),
    ];
  }

  /** @param context the owner of the text, such as a row. The text can be decrypted only with the same context. */
  encrypt(text: string, context: string): string {
    return this.encryptionKey.encrypt(text, context);
  }

  /** @returns null if the text was encrypted with a key that is not configured, or with another context. */
  decrypt(encrypted: string, context: string): string | null {
    for (const key of this.decryptionKeys) {
      const text = key.decrypt(encrypted, context);
      if (text !== null) return text;
    }
    return null;
  }
}
