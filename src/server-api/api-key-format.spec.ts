import { describe, expect, it } from '@jest/globals';
import { parseKeyId, generateApiKey, redactApiKeys } from './api-key-format.js';

describe('API key format', () => {
  it('API key: starts with its type and key id, followed by 256 random bits', () => {
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
    'API key: rejects a text of another form: %p',
    (text) => {
      expect(parseKeyId(text)).toBeNull();
    },
  );

  it('API key: rejects additional characters before or after the key', () => {
    const { key } = generateApiKey(true);
    for (const text of [` ${key}`, `${key} `, `${key}x`, `${key}\n`, key.toUpperCase()])
      expect(parseKeyId(text)).toBeNull();
  });

  it('API key: is redacted in a URL, whole or truncated', () => {
    const { key, prefix } = generateApiKey(true);
    const truncatedKey = key.slice(0, -20);
    const redacted = redactApiKeys(`/server/api/me?a=${key}&b=${truncatedKey}&c=1`);
    expect(redacted).toBe(`/server/api/me?a=${prefix}_[redacted]&b=${prefix}_[redacted]&c=1`);
  });
});
