import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readPackage } from '../../../packages/wechat-pay-simulator/src/v1/v1-package.js';
import { encodeText, decodeText } from '../../../packages/wechat-pay-simulator/src/v1/query-string.js';
import { readQuery, writeQuery } from '../../../packages/wechat-pay-simulator/src/v1/query-string.js';
import {
  appSignatureOf,
  partnerSignOfTexts,
  partnerSignOf,
} from '../../../packages/wechat-pay-simulator/src/v1/v1-signer.js';
import { APP_SIGNATURES, NOTICES, PACKAGES, GBK_NOTICE_HASHED_AS_UTF8 } from '../../vectors/v1/simulator-vectors.js';
import { md5Of, packageOf, PARTNER_KEY } from '../support/v1-signing.js';

const fieldsOf = (pairs: string): Map<string, string> =>
  new Map(pairs.split('&').map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]));

describe('simulator v1 vectors: signatures', () => {
  it.each(PACKAGES)('of $name: MD5', ({ pairs, charset, key, sign }) => {
    expect(partnerSignOfTexts(charset, fieldsOf(pairs), key)).toBe(sign);
  });

  it.each(APP_SIGNATURES)('of $name: SHA1', ({ pairs, key, sign }) => {
    expect(appSignatureOf(new Map(Object.entries(pairs)), key)).toBe(sign);
  });

  it('cover a package as received: the case of its encoding matters', () => {
    const [sample] = APP_SIGNATURES;
    if (sample === undefined) throw new Error('no sample');
    const recoded = (sample.pairs['package'] ?? '').replaceAll('%3a', '%3A').replaceAll('%2f', '%2F');
    expect(appSignatureOf(new Map(Object.entries({ ...sample.pairs, package: recoded })), sample.key)).not.toBe(
      sample.sign,
    );
  });
});

describe('simulator v1 vectors: the notices of the documents', () => {
  it.each(NOTICES)('$name: match their MD5 and their fields', ({ query, attach, charset }) => {
    const raw = readQuery(query);
    if (raw === undefined) throw new Error('unreadable');
    expect(partnerSignOf(raw, PARTNER_KEY)).toBe(raw.get('sign')?.toString());
    expect(decodeText(raw.get('attach') ?? Buffer.alloc(0), charset)).toBe(attach);
    const fields = new Map([...raw].map(([name, bytes]) => [name, decodeText(bytes, charset) ?? '']));
    expect(writeQuery(fields, { charset, isUpperCase: true })).toBe(query);
    expect(readPackage(query, PARTNER_KEY)).toMatchObject({ isSigned: true, charset });
  });

  it('in GBK have another hash in UTF-8', () => {
    const raw = readQuery(NOTICES[1]?.query ?? '') ?? new Map<string, Buffer>();
    const fields = new Map([...raw].map(([name, bytes]) => [name, decodeText(bytes, 'GBK') ?? '']));
    expect(partnerSignOfTexts('UTF-8', fields, PARTNER_KEY)).toBe(GBK_NOTICE_HASHED_AS_UTF8);
  });
});

describe('simulator v1 vectors: a package', () => {
  const character = fc.constantFrom('a', 'Z', '7', '&', '=', '%', '+', ' ', '/', '~', '茶', '杯', '测', 'é');

  it('is read back as written, in both charsets, and is signed with the key', () => {
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
    ['a repeated name', 'a=1&a=2'],
    ['a pair without a name', 'a=1&=2'],
    ['an incomplete encoded byte', 'a=%4'],
    ['characters that were not encoded', 'a=茶'],
    ['an unknown charset', 'a=1&input_charset=BIG5'],
    ['bytes that are not text of its charset', 'a=%FF%FF&input_charset=UTF-8'],
    ['nothing', ''],
  ])('is unreadable with %s', (_what, text) => {
    expect(readPackage(text, PARTNER_KEY)).toBeUndefined();
  });

  it('never throws for arbitrary text: it is read or it is undefined', () => {
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

  it('refuses GBK bytes that are not UTF-8', () => {
    expect(encodeText('测试', 'GBK')).toEqual(Buffer.from('b2e2cad4', 'hex'));
    expect(decodeText(Buffer.from('b2e2cad4', 'hex'), 'UTF-8')).toBeUndefined();
  });
});
