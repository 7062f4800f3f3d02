import { newId, newToken } from '../common/ids.js';

/**
 * `wxk_live_` + a public id + `_` + 256 random bits. The beginning is there for secret scanners, which know a key by it in
 * a repository or a log; `test` says that no real money hangs on it.
 */
const FORM = /^wxk_(?:live|test)_([0-9A-Z]{16})_[\w-]{43}$/;

/** A key in the middle of something longer, whole or cut off. */
const IN_TEXT = /(wxk_(?:live|test)_[0-9A-Z]{16}_)[\w-]+/g;

export interface NewKeyText {
  keyId: string;
  prefix: string;
  /** The whole key: shown once and kept nowhere. */
  key: string;
}

export function newKeyText(isLive: boolean): NewKeyText {
  const keyId = newId();
  const prefix = `wxk_${isLive ? 'live' : 'test'}_${keyId}`;
  return { keyId, prefix, key: `${prefix}_${newToken()}` };
}

/** The public part, or null for what cannot be a key: that is refused before anything is looked up. */
export function keyIdOf(text: string): string | null {
  return FORM.exec(text)?.[1] ?? null;
}

/** The text with the secret of any key in it blotted out: who puts a key into an address puts it into every log. */
export function withoutKeys(text: string): string {
  return text.includes('wxk_') ? text.replaceAll(IN_TEXT, '$1[redacted]') : text;
}
