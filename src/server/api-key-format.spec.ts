import { describe, expect, it } from '@jest/globals';
import { parseKeyId, generateApiKey, redactApiKeys } from './api-key-format.js';

describe('the text of an API key', () => {
  it('shows what it is at its beginning, and holds 256 random bits behind that', () => {
    for (const isLive of [true, false]) {
      const { key, keyId, prefix } = generateApiKey(isLive);
      expect(prefix).toBe(`wxk_${isLive ? 'live' : 'test'}_${keyId}`);
      expect(key.startsWith(`${prefix}_`)).toBe(true);
      expect(Buffer.from(key.slice(prefix.length + 1), 'base64url')).toHaveLength(32);
      expect(parseKeyId(key)).toBe(keyId);
    }
    expect(new Set(Array.from({ length: 100 }, () => generateApiKey(true).key)).size).toBe(100);
  });

  it.each(['', 'wxk_', 'x'.repeat(43), `wxk_live_${'0'.repeat(16)}_`, `wxk_prod_${'0'.repeat(16)}_${'x'.repeat(43)}`])(
    'is none when it has not the form of one: %p',
    (text) => {
      expect(parseKeyId(text)).toBeNull();
    },
  );

  it('is none when anything stands before or behind it', () => {
    const { key } = generateApiKey(true);
    for (const text of [` ${key}`, `${key} `, `${key}x`, `${key}\n`, key.toUpperCase()])
      expect(parseKeyId(text)).toBeNull();
  });

  it('is blotted out of an address, whole or cut off', () => {
    const { key, prefix } = generateApiKey(true);
    const half = key.slice(0, -20);
    const told = redactApiKeys(`/server/api/me?a=${key}&b=${half}&c=1`);
    expect(told).toBe(`/server/api/me?a=${prefix}_[redacted]&b=${prefix}_[redacted]&c=1`);
  });
});
