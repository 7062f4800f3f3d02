import { newId, newToken } from '../common/ids.js';

/**
 * `wxk_live_` + a public id + `_` + 256 random bits. The prefix lets secret scanners find a key in a repository or a log.
 * `test` marks keys of a simulated shop.
 */
const KEY_PATTERN = /^wxk_(?:live|test)_([0-9A-Z]{16})_[\w-]{43}$/;

/** A key inside a longer text, whole or truncated. */
const KEY_IN_TEXT_PATTERN = /(wxk_(?:live|test)_[0-9A-Z]{16}_)[\w-]+/g;

export interface GeneratedApiKey {
  keyId: string;
  prefix: string;
  /** The whole key. It is shown once and never stored. */
  key: string;
}

export function generateApiKey(isLive: boolean): GeneratedApiKey {
  const keyId = newId();
  const prefix = `wxk_${isLive ? 'live' : 'test'}_${keyId}`;
  return { keyId, prefix, key: `${prefix}_${newToken()}` };
}

/** Returns the public key id, or null when the text is not a key. */
export function parseKeyId(text: string): string | null {
  return KEY_PATTERN.exec(text)?.[1] ?? null;
}

/** Redacts the secret part of every key in the text. A key in a URL would otherwise appear in logs. */
export function redactApiKeys(text: string): string {
  return text.includes('wxk_') ? text.replaceAll(KEY_IN_TEXT_PATTERN, '$1[redacted]') : text;
}
