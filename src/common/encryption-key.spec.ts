import { describe, expect, it } from '@jest/globals';
import { isBase64Key, EncryptionKey } from './encryption-key.js';

const KEY = EncryptionKey.fromBase64(Buffer.alloc(32, 7).toString('base64'));
const OTHER_KEY = EncryptionKey.fromBase64(Buffer.alloc(32, 8).toString('base64'));

describe('encryption key: an encrypted text', () => {
  it('can be decrypted with its key and context, and contains the key id', () => {
    const encrypted = KEY.encrypt('13800138000 电话', 'alice');
    expect(encrypted.split('.')[1]).toBe(KEY.id);
    expect(encrypted).not.toContain('138');
    expect(KEY.decrypt(encrypted, 'alice')).toBe('13800138000 电话');
  });

  it('is different each time', () => {
    expect(KEY.encrypt('same', 'alice')).not.toBe(KEY.encrypt('same', 'alice'));
  });

  it.each([
    ['another key', OTHER_KEY, 'alice', (text: string): string => text],
    ['another key under its id', OTHER_KEY, 'alice', (text: string): string => text.replace(KEY.id, OTHER_KEY.id)],
    ['another owner', KEY, 'bob', (text: string): string => text],
    ['another end', KEY, 'alice', (text: string): string => text.slice(0, -2) + (text.endsWith('AA') ? 'BB' : 'AA')],
    ['half of it', KEY, 'alice', (text: string): string => text.slice(0, text.length / 2)],
    ['another version', KEY, 'alice', (text: string): string => text.replace('v1', 'v2')],
    ['nothing', KEY, 'alice', (): string => ''],
    ['a number as it was before it was encrypted', KEY, 'alice', (): string => '13800138000'],
  ])('cannot be decrypted with %s', (_what, key, owner, change) => {
    expect(key.decrypt(change(KEY.encrypt('13800138000', 'alice')), owner)).toBeNull();
  });
});

describe('encryption key', () => {
  it('is the same if it is derived from the same secret for the same purpose', () => {
    const encrypted = EncryptionKey.derivedFrom('secret', 'phones').encrypt('text', '');
    expect(EncryptionKey.derivedFrom('secret', 'phones').decrypt(encrypted, '')).toBe('text');
    expect(EncryptionKey.derivedFrom('secret', 'tokens').decrypt(encrypted, '')).toBeNull();
    expect(EncryptionKey.derivedFrom('Secret', 'phones').decrypt(encrypted, '')).toBeNull();
  });

  it('must be exactly 32 bytes in base64', () => {
    expect(isBase64Key(Buffer.alloc(32, 1).toString('base64'))).toBe(true);
    for (const text of [Buffer.alloc(31).toString('base64'), Buffer.alloc(33).toString('base64'), 'x'.repeat(44), 7])
      expect(isBase64Key(text)).toBe(false);
    expect(() => EncryptionKey.fromBase64('c2hvcnQ=')).toThrow('32 bytes');
  });
});
