import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readPackage } from '../../src/simulator/v1/read-package.js';
import { encodeText, decodeText } from '../../src/simulator/wire/charset.js';
import { readQuery, writeQuery } from '../../src/simulator/wire/query-string.js';
import { appSignatureOf, partnerSignOfTexts, partnerSignOf } from '../../src/simulator/wire/v1-signer.js';
import { APP_SIGNATURES, NOTICES, PACKAGES, GBK_NOTICE_HASHED_AS_UTF8 } from '../vectors/v1/simulator-vectors.js';
import { md5Of, packageOf, PARTNER_KEY } from './support/v1-signing.js';

const fieldsOf = (pairs: string): Map<string, string> =>
  new Map(pairs.split('&').map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]));

describe('the signatures of 2014', () => {
  it.each(PACKAGES)('of $name: MD5', ({ pairs, charset, key, sign }) => {
    expect(partnerSignOfTexts(charset, fieldsOf(pairs), key)).toBe(sign);
  });

  it.each(APP_SIGNATURES)('of $name: SHA1', ({ pairs, key, sign }) => {
    expect(appSignatureOf(new Map(Object.entries(pairs)), key)).toBe(sign);
  });

  it('hash a package as it was received: the case of its encoding counts', () => {
    const [sample] = APP_SIGNATURES;
    if (sample === undefined) throw new Error('no sample');
    const recoded = (sample.pairs['package'] ?? '').replaceAll('%3a', '%3A').replaceAll('%2f', '%2F');
    expect(appSignatureOf(new Map(Object.entries({ ...sample.pairs, package: recoded })), sample.key)).not.toBe(
      sample.sign,
    );
  });
});

describe('the notices of the documents', () => {
  it.each(NOTICES)('$name: fit their MD5, and say what they say', ({ query, attach, charset }) => {
    const raw = readQuery(query);
    if (raw === undefined) throw new Error('unreadable');
    expect(partnerSignOf(raw, PARTNER_KEY)).toBe(raw.get('sign')?.toString());
    expect(decodeText(raw.get('attach') ?? Buffer.alloc(0), charset)).toBe(attach);
    const fields = new Map([...raw].map(([name, bytes]) => [name, decodeText(bytes, charset) ?? '']));
    expect(writeQuery(fields, { charset, isUpperCase: true })).toBe(query);
    expect(readPackage(query, PARTNER_KEY)).toMatchObject({ isSigned: true, charset });
  });

  it('in GBK is another message when it is hashed as UTF-8', () => {
    const raw = readQuery(NOTICES[1]?.query ?? '') ?? new Map<string, Buffer>();
    const fields = new Map([...raw].map(([name, bytes]) => [name, decodeText(bytes, 'GBK') ?? '']));
    expect(partnerSignOfTexts('UTF-8', fields, PARTNER_KEY)).toBe(GBK_NOTICE_HASHED_AS_UTF8);
  });
});

describe('a package', () => {
  const character = fc.constantFrom('a', 'Z', '7', '&', '=', '%', '+', ' ', '/', '~', '茶', '杯', '测', 'é');

  it('comes back as it was written, in either charset, and is signed by whoever has the key', () => {
    fc.assert(
      fc.property(fc.string({ unit: character, minLength: 1 }), fc.constantFrom('GBK', 'UTF-8'), (body, charset) => {
        const written = packageOf({ body, input_charset: charset });
        const read = readPackage(written, PARTNER_KEY);
        expect(read).toMatchObject({ charset, isSigned: true });
        expect(read?.fields.get('body')).toBe(body);
        expect(readPackage(written, 'x'.repeat(32))?.isSigned).toBe(false);
        expect(md5Of({ body, input_charset: charset }, charset)).toHaveLength(32);
      }),
    );
  });

  it.each([
    ['a name twice', 'a=1&a=2'],
    ['a pair without a name', 'a=1&=2'],
    ['half an encoded byte', 'a=%4'],
    ['characters that were not encoded', 'a=茶'],
    ['a charset that there was not', 'a=1&input_charset=BIG5'],
    ['bytes that are no text of its charset', 'a=%FF%FF&input_charset=UTF-8'],
    ['nothing', ''],
  ])('is unreadable with %s', (_what, text) => {
    expect(readPackage(text, PARTNER_KEY)).toBeUndefined();
  });

  it('may be any text at all: it is read, or it is none', () => {
    const piece = fc.constantFrom(
      '%',
      '%B',
      '%b2',
      '%E2',
      '&',
      '=',
      'a',
      'sign',
      'input_charset=GBK',
      '茶',
      '+',
      '\u0000',
    );
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: piece })), (text) => {
        expect(readPackage(text, PARTNER_KEY)?.isSigned ?? false).toBe(false);
      }),
    );
  });

  it('knows bytes of GBK that are none of UTF-8', () => {
    expect(encodeText('测试', 'GBK')).toEqual(Buffer.from('b2e2cad4', 'hex'));
    expect(decodeText(Buffer.from('b2e2cad4', 'hex'), 'UTF-8')).toBeUndefined();
  });
});
