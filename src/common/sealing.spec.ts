import { describe, expect, it } from '@jest/globals';
import { isKeyText, SealingKey } from './sealing.js';

const KEY = SealingKey.of(Buffer.alloc(32, 7).toString('base64'));
const OTHER = SealingKey.of(Buffer.alloc(32, 8).toString('base64'));

describe('a sealed text', () => {
  it('opens with its key, for its owner, and says which key that is', () => {
    const sealed = KEY.seal('13800138000 电话', 'alice');
    expect(sealed.split('.')[1]).toBe(KEY.id);
    expect(sealed).not.toContain('138');
    expect(KEY.open(sealed, 'alice')).toBe('13800138000 电话');
  });

  it('looks different each time', () => {
    expect(KEY.seal('same', 'alice')).not.toBe(KEY.seal('same', 'alice'));
  });

  it.each([
    ['another key', OTHER, 'alice', (text: string): string => text],
    ['another key under its id', OTHER, 'alice', (text: string): string => text.replace(KEY.id, OTHER.id)],
    ['another owner', KEY, 'bob', (text: string): string => text],
    ['another end', KEY, 'alice', (text: string): string => text.slice(0, -2) + (text.endsWith('AA') ? 'BB' : 'AA')],
    ['half of it', KEY, 'alice', (text: string): string => text.slice(0, text.length / 2)],
    ['another version', KEY, 'alice', (text: string): string => text.replace('v1', 'v2')],
    ['nothing', KEY, 'alice', (): string => ''],
    ['a number as it was before it was sealed', KEY, 'alice', (): string => '13800138000'],
  ])('is no text with %s', (_what, key, owner, change) => {
    expect(key.open(change(KEY.seal('13800138000', 'alice')), owner)).toBeNull();
  });
});

describe('a key', () => {
  it('is the same wherever it is derived from the same secret for the same purpose', () => {
    const sealed = SealingKey.derivedFrom('secret', 'phones').seal('text', '');
    expect(SealingKey.derivedFrom('secret', 'phones').open(sealed, '')).toBe('text');
    expect(SealingKey.derivedFrom('secret', 'tokens').open(sealed, '')).toBeNull();
    expect(SealingKey.derivedFrom('Secret', 'phones').open(sealed, '')).toBeNull();
  });

  it('is 32 bytes in base64, no more and no less', () => {
    expect(isKeyText(Buffer.alloc(32, 1).toString('base64'))).toBe(true);
    for (const text of [Buffer.alloc(31).toString('base64'), Buffer.alloc(33).toString('base64'), 'x'.repeat(44), 7])
      expect(isKeyText(text)).toBe(false);
    expect(() => SealingKey.of('c2hvcnQ=')).toThrow('32 bytes');
  });
});
