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
} from '../../../test/vectors/v1/client-vectors.js';
import { appSignatureOf, isAppSigned } from './app-signature.js';
import { encodeText, type Charset, truncateToCharset } from './charset.js';
import { buildPackage } from './build-package.js';
import { isPartnerSigned, partnerSignOf } from './partner-sign.js';
import { percentEncode, parseQuery } from './query-string.js';

const { partnerKey, paySignKey, appid, partnerId } = V1_MERCHANT;

describe('what is signed by the documents', () => {
  it("is WeChat's own sample of a package", () => {
    const { parameters, partnerKey: key, sign } = OFFICIAL_PACKAGE;
    expect(buildPackage(parameters, { charset: 'GBK', partnerKey: key })).toMatch(new RegExp(`&sign=${sign}$`));
  });

  it("is WeChat's own sample of a call, whose package is taken as it is", () => {
    const { values, paySignKey: key, signature } = OFFICIAL_APP_SIGNATURE;
    expect(appSignatureOf(values, key)).toBe(signature);
    const other = { ...values, package: values.package.replaceAll('%3a', '%3A').replaceAll('%2f', '%2F') };
    expect(appSignatureOf(other, key)).not.toBe(signature);
  });

  it('is a package with Chinese in it, and the call that carries it', () => {
    expect(buildPackage(GENPREPAY.parameters, { charset: 'UTF-8', partnerKey })).toBe(GENPREPAY.call.package);
    expect(appSignatureOf(GENPREPAY.call, paySignKey)).toBe(GENPREPAY.appSignature);
  });

  it('is what the app gets, and the question about an order', () => {
    expect(appSignatureOf(CLIENT_PARAMETERS.values, paySignKey)).toBe(CLIENT_PARAMETERS.sign);
    const asked = { out_trade_no: 'V1SHOP20261121001', partner: partnerId };
    expect(buildPackage(asked, { charset: 'UTF-8', partnerKey })).toBe(ORDER_QUERY.package);
    const { package: pack, timestamp } = ORDER_QUERY;
    expect(appSignatureOf({ appid, package: pack, timestamp }, paySignKey)).toBe(ORDER_QUERY.appSignature);
  });

  it.each(['UTF-8', 'GBK'] as const)('is a notice in %s, over the bytes that it is written in', (charset) => {
    expect(isPartnerSigned(parseQuery(NOTICE_QUERIES[charset]) ?? new Map(), partnerKey)).toBe(true);
  });

  it('is not a notice in GBK that was hashed as UTF-8', () => {
    expect(isPartnerSigned(parseQuery(NOTICE_QUERIES['GBK, hashed as UTF-8']) ?? new Map(), partnerKey)).toBe(false);
  });
});

describe('a query', () => {
  it.each([
    ['is empty', ''],
    ['has a percent sign that encodes nothing', 'a=%ZZ'],
    ['ends within an escape', 'a=1&b=%B'],
    ['has a name twice', 'a=1&b=2&a=1'],
    ['has a value without a name', '=1'],
    ['has a name that is encoded', '%61=1'],
    ['has more names than any notice', Array.from({ length: 65 }, (_, n) => `n${n}=1`).join('&')],
  ])('is none of WeChat’s when it %s', (_what, query) => {
    expect(parseQuery(query)).toBeNull();
  });

  it('is read into bytes: blanks as both kinds, equals signs in values, nothing at all', () => {
    const read = parseQuery('a=x%20y+z&b=1=2&c=&d&e=%b2%E2') ?? new Map<string, Buffer>();
    expect(Object.fromEntries([...read].map(([name, bytes]) => [name, bytes.toString('latin1')]))).toEqual({
      ...{ a: 'x y z', b: '1=2', c: '', d: '', e: '\u00b2\u00e2' },
    });
  });

  it('gives back any bytes that were encoded', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        const encoded = percentEncode(Buffer.from(bytes));
        expect(encoded).toMatch(/^([\w.~-]|%[0-9A-F]{2})*$/);
        expect(parseQuery(`a=${encoded}`)?.get('a')).toEqual(Buffer.from(bytes));
      }),
    );
  });
});

/** Texts of whatever people write, in characters that the charset has. */
const textIn = (charset: Charset): fc.Arbitrary<string> =>
  fc
    .string({ unit: fc.oneof(fc.constantFrom(...'茶杯、￥〇＆龘&=%+ ?#/\\"<>'), fc.string({ unit: 'grapheme' })) })
    .map((text) => truncateToCharset(charset, text, 60));

describe.each(['UTF-8', 'GBK'] as const)('a package in %s', (charset) => {
  it('says to whoever reads it what was put into it, and proves it, and nothing else', () => {
    const name = fc.stringMatching(/^[a-z_]{1,12}$/).filter((each) => each !== 'sign');
    const parameters = fc.dictionary(name, textIn(charset), { maxKeys: 8 });
    fc.assert(
      fc.property(parameters, (given) => {
        const query = buildPackage(given, { charset, partnerKey });
        const read = parseQuery(query) ?? new Map<string, Buffer>();
        const said = [...read].filter(([name]) => name !== 'sign');
        const decoded = Object.fromEntries(said.map(([name, bytes]) => [name, iconv.decode(bytes, charset)]));
        expect(decoded).toEqual(Object.fromEntries(Object.entries(given).filter(([, value]) => value !== '')));
        expect(isPartnerSigned(read, partnerKey)).toBe(true);
        expect(isPartnerSigned(read, 'f'.repeat(32))).toBe(false);
        const changed = new Map([...read, ['total_fee', Buffer.from('1')]]);
        expect(isPartnerSigned(changed, partnerKey)).toBe(given['total_fee'] === '1');
      }),
    );
  });

  it('is written in the order of the names, without what is empty', () => {
    const pack = buildPackage({ b: '2', a: '茶', c: '' }, { charset, partnerKey });
    const tea = percentEncode(encodeText(charset, '茶'));
    const raw = new Map([
      ['a', encodeText(charset, '茶')],
      ['b', Buffer.from('2')],
    ]);
    expect(pack).toBe(`a=${tea}&b=2&sign=${partnerSignOf(raw, partnerKey)}`);
  });
});

describe('a text', () => {
  it.each<[string, Charset, string, string]>([
    ['in GBK has two bytes for a Chinese character', 'GBK', '茶'.repeat(100), '茶'.repeat(64)],
    ['in UTF-8 has three', 'UTF-8', '茶'.repeat(100), '茶'.repeat(42)],
    ['that GBK cannot write gets question marks', 'GBK', '茶🍵杯', '茶?杯'],
    ['is one line, and whole characters', 'UTF-8', 'a\u0000b\nc\uD83Cd', 'a b c\uFFFDd'],
  ])('%s', (_what, charset, text, cut) => {
    expect(truncateToCharset(charset, text, 128)).toBe(cut);
  });
});

describe('a signature by SHA1', () => {
  const values = { appid, noncestr: 'x' };

  it('is believed in either case, and nothing else is', () => {
    const right = appSignatureOf(values, paySignKey);
    expect(isAppSigned(right, values, paySignKey)).toBe(true);
    expect(isAppSigned(right.toUpperCase(), values, paySignKey)).toBe(true);
    for (const wrong of ['', 'x'.repeat(40), right.slice(1), `${right}0`, right.replace(/.$/, 'g')])
      expect(isAppSigned(wrong, values, paySignKey)).toBe(false);
    expect(isAppSigned(right, { ...values, noncestr: 'y' }, paySignKey)).toBe(false);
    expect(isAppSigned(right, values, partnerKey)).toBe(false);
  });
});
