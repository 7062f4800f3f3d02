import { newId, newToken } from '../common/ids.js';

/**
 * `wxk_live_` + a public id + `_` + 256 random bits. The beginning is there for secret scanners, which know a key by it in
 * a repository or a log; `test` says that no real money hangs on it.
 */
const KEY_PATTERN = /^wxk_(?:live|test)_([0-9A-Z]{16})_[\w-]{43}$/;

/** A key in the middle of something longer, whole or cut off. */
const KEY_IN_TEXT_PATTERN = /(wxk_(?:live|test)_[0-9A-Z]{16}_)[\w-]+/g;

export interface GeneratedApiKey {
  keyId: string;
  prefix: string;
  /** The whole key: shown once and kept nowhere. */
  key: string;
}

export function generateApiKey(isLive: boolean): GeneratedApiKey {
  const keyId = newId();
  const prefix = `wxk_${isLive ? 'live' : 'test'}_${keyId}`;
  return { keyId, prefix, key: `${prefix}_${newToken()}` };
}

/** The public part, or null for what cannot be a key: that is refused before anything is looked up. */
export function parseKeyId(text: string): string | null {
  return KEY_PATTERN.exec(text)?.[1] ?? null;
}

/** The text with the secret of any key in it blotted out: who puts a key into an address puts it into every log. */
export function redactApiKeys(text: string): string {
  return text.includes('wxk_') ? text.replaceAll(KEY_IN_TEXT_PATTERN, '$1[redacted]') : text;
}
