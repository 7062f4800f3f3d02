import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import {
  CLIENT_PARAMETERS,
  GENPREPAY,
  NOTICE_QUERIES,
  OFFICIAL_APP_SIGNATURE,
  OFFICIAL_PACKAGE,
  ORDER_QUERY,
  V1_MERCHANT,
} from '../../../../test/vectors/v1/client-vectors.js';
import { appSignatureOf, isAppSigned, buildPackage, isPartnerSigned, partnerSignOf } from './signatures.js';
import { encodeText, type Charset, truncateToCharset } from './charset.js';
import { percentEncode, parseQuery } from './query-string.js';

const { partnerKey, paySignKey, appid, partnerId } = V1_MERCHANT;

describe('app-v1 signature: documented vectors', () => {
  it("signs WeChat's own sample of a package", () => {
    const { parameters, partnerKey: key, sign } = OFFICIAL_PACKAGE;
    expect(buildPackage(parameters, { charset: 'GBK', partnerKey: key })).toMatch(new RegExp(`&sign=${sign}$`));
  });

  it("signs WeChat's own sample of a call and leaves its package unchanged", () => {
    const { values, paySignKey: key, signature } = OFFICIAL_APP_SIGNATURE;
    expect(appSignatureOf(values, key)).toBe(signature);
    const other = { ...values, package: values.package.replaceAll('%3a', '%3A').replaceAll('%2f', '%2F') };
    expect(appSignatureOf(other, key)).not.toBe(signature);
  });

  it('signs a package with Chinese characters, and the call that contains it', () => {
    expect(buildPackage(GENPREPAY.parameters, { charset: 'UTF-8', partnerKey })).toBe(GENPREPAY.call.package);
    expect(appSignatureOf(GENPREPAY.call, paySignKey)).toBe(GENPREPAY.appSignature);
  });

  it('signs the client parameters and the order query', () => {
    expect(appSignatureOf(CLIENT_PARAMETERS.values, paySignKey)).toBe(CLIENT_PARAMETERS.sign);
    const query = { out_trade_no: 'V1SHOP20261121001', partner: partnerId };
    expect(buildPackage(query, { charset: 'UTF-8', partnerKey })).toBe(ORDER_QUERY.package);
    const { package: pack, timestamp } = ORDER_QUERY;
    expect(appSignatureOf({ appid, package: pack, timestamp }, paySignKey)).toBe(ORDER_QUERY.appSignature);
  });

  it.each(['UTF-8', 'GBK'] as const)('verifies a notice in %s over its raw bytes', (charset) => {
    expect(isPartnerSigned(parseQuery(NOTICE_QUERIES[charset]) ?? new Map(), partnerKey)).toBe(true);
  });

  it('rejects a notice in GBK that was hashed as UTF-8', () => {
    expect(isPartnerSigned(parseQuery(NOTICE_QUERIES['GBK, hashed as UTF-8']) ?? new Map(), partnerKey)).toBe(false);
  });
});

describe('parseQuery', () => {
  it.each([
    ['is empty', ''],
    ['has an incomplete percent escape', 'a=%ZZ'],
    ['ends within an escape', 'a=1&b=%B'],
    ['has a name twice', 'a=1&b=2&a=1'],
    ['has a value without a name', '=1'],
    ['has a percent-encoded name', '%61=1'],
    ['has too many parameters', Array.from({ length: 65 }, (_, n) => `n${n}=1`).join('&')],
  ])('returns null when the query %s', (_what, query) => {
    expect(parseQuery(query)).toBeNull();
  });

  it('decodes %20 and + as spaces, and keeps = in values and empty values', () => {
    const read = parseQuery('a=x%20y+z&b=1=2&c=&d&e=%b2%E2') ?? new Map<string, Buffer>();
    expect(Object.fromEntries([...read].map(([name, bytes]) => [name, bytes.toString('latin1')]))).toEqual({
      a: 'x y z',
      b: '1=2',
      c: '',
      d: '',
      e: '\u00b2\u00e2',
    });
  });

  it('returns the bytes that percentEncode encoded', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        const encoded = percentEncode(Buffer.from(bytes));
        expect(encoded).toMatch(/^([\w.~-]|%[0-9A-F]{2})*$/);
        expect(parseQuery(`a=${encoded}`)?.get('a')).toEqual(Buffer.from(bytes));
      }),
    );
  });
});

/** Arbitrary texts, in characters that the charset has. */
const textIn = (charset: Charset): fc.Arbitrary<string> =>
  fc
    .string({ unit: fc.oneof(fc.constantFrom(...'茶杯、￥〇＆龘&=%+ ?#/\\"<>'), fc.string({ unit: 'grapheme' })) })
    .map((text) => truncateToCharset(charset, text, 60));

describe.each(['UTF-8', 'GBK'] as const)('buildPackage in %s', (charset) => {
  it('can be parsed back, and its signature covers every parameter', () => {
    const name = fc.stringMatching(/^[a-z_]{1,12}$/).filter((each) => each !== 'sign');
    const parameters = fc.dictionary(name, textIn(charset), { maxKeys: 8 });
    fc.assert(
      fc.property(parameters, (input) => {
        const query = buildPackage(input, { charset, partnerKey });
        const read = parseQuery(query) ?? new Map<string, Buffer>();
        const parsed = [...read].filter(([name]) => name !== 'sign');
        const decoded = Object.fromEntries(parsed.map(([name, bytes]) => [name, iconv.decode(bytes, charset)]));
        expect(decoded).toEqual(Object.fromEntries(Object.entries(input).filter(([, value]) => value !== '')));
        expect(isPartnerSigned(read, partnerKey)).toBe(true);
        expect(isPartnerSigned(read, 'f'.repeat(32))).toBe(false);
        const changed = new Map([...read, ['total_fee', Buffer.from('1')]]);
        expect(isPartnerSigned(changed, partnerKey)).toBe(input['total_fee'] === '1');
      }),
    );
  });

  it('sorts parameters by name and omits empty ones', () => {
    const pack = buildPackage({ b: '2', a: '茶', c: '' }, { charset, partnerKey });
    const tea = percentEncode(encodeText(charset, '茶'));
    const raw = new Map([
      ['a', encodeText(charset, '茶')],
      ['b', Buffer.from('2')],
    ]);
    expect(pack).toBe(`a=${tea}&b=2&sign=${partnerSignOf(raw, partnerKey)}`);
  });
});

describe('truncateToCharset', () => {
  it.each<[string, Charset, string, string]>([
    ['counts two bytes for a Chinese character in GBK', 'GBK', '茶'.repeat(100), '茶'.repeat(64)],
    ['counts three bytes for a Chinese character in UTF-8', 'UTF-8', '茶'.repeat(100), '茶'.repeat(42)],
    ['replaces characters that GBK does not have with question marks', 'GBK', '茶🍵杯', '茶?杯'],
    ['returns one line of whole characters', 'UTF-8', 'a\u0000b\nc\uD83Cd', 'a b c\uFFFDd'],
  ])('%s', (_what, charset, text, cut) => {
    expect(truncateToCharset(charset, text, 128)).toBe(cut);
  });
});

describe('isAppSigned', () => {
  const values = { appid, noncestr: 'x' };

  it('accepts the signature in upper or lower case and nothing else', () => {
    const right = appSignatureOf(values, paySignKey);
    expect(isAppSigned(right, values, paySignKey)).toBe(true);
    expect(isAppSigned(right.toUpperCase(), values, paySignKey)).toBe(true);
    for (const wrong of ['', 'x'.repeat(40), right.slice(1), `${right}0`, right.replace(/.$/, 'g')])
      expect(isAppSigned(wrong, values, paySignKey)).toBe(false);
    expect(isAppSigned(right, { ...values, noncestr: 'y' }, paySignKey)).toBe(false);
    expect(isAppSigned(right, values, partnerKey)).toBe(false);
  });
});
