import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { MERCHANT, MESSAGES, messageText, SIGNED_STRINGS } from '../../../../test/vectors/v2/vectors.js';
import { newNonce } from '../nonce.js';
import { type Fields, isSigned, sign } from './signature.js';
import { parseXml } from '../../xml.js';

const KEY = MERCHANT.key;
const signedMessages = MESSAGES.flatMap((message) =>
  message.signed === null ? [] : [{ ...message, signed: message.signed }],
);

/** Parses `a=x=1&b=2` into fields: a value may contain `=`, but none here contains `&`. */
function fieldsOf(text: string): Fields {
  return Object.fromEntries(text.split('&').map((pair) => pair.split(/=(.*)/s).slice(0, 2) as [string, string]));
}

const names = fc.stringMatching(/^[A-Za-z][A-Za-z0-9_]{0,15}$/).filter((name) => name !== 'sign');
const values = fc.string({ unit: 'binary', minLength: 1, maxLength: 24 });
const messages = fc.dictionary(names, values, { minKeys: 1, maxKeys: 12, noNullPrototype: true });
const types = fc.constantFrom('MD5' as const, 'HMAC-SHA256' as const);

describe('v2 signature: documented vectors', () => {
  it.each(SIGNED_STRINGS)('is what sign() computes: $source, $type', ({ text, key, type, sign: expected }) => {
    expect(sign(fieldsOf(text), key, type)).toBe(expected);
    expect(isSigned({ ...fieldsOf(text), sign: expected }, key)).toBe(true);
  });

  it.each(signedMessages)('is what sign() computes for the message $name ($source)', ({ name, signed }) => {
    const message = parseXml(messageText(name));
    expect(sign(message, KEY, signed)).toBe(message['sign']);
    expect(isSigned(message, KEY)).toBe(true);
  });

  it.each(signedMessages)('is invalid after any one field of $name changes', ({ name }) => {
    const message = parseXml(messageText(name));
    for (const [field, value] of Object.entries(message)) {
      if (field === 'sign') continue;
      expect(isSigned({ ...message, [field]: `${value}0` }, KEY)).toBe(false);
      // Leaving out an empty field does not change the signature.
      const rest = Object.fromEntries(Object.entries(message).filter(([other]) => other !== field));
      expect(isSigned(rest, KEY)).toBe(value === '');
    }
  });
});

describe('v2 signature', () => {
  it('is valid with the right key only, for both algorithms', () => {
    fc.assert(
      fc.property(messages, types, (message, type) => {
        const signed = { ...message, sign: sign(message, KEY, type) };
        expect(signed.sign).toMatch(type === 'MD5' ? /^[0-9A-F]{32}$/ : /^[0-9A-F]{64}$/);
        expect(isSigned(signed, KEY)).toBe(true);
        expect(isSigned(signed, `${KEY.slice(1)}x`)).toBe(false);
      }),
    );
  });

  it('is invalid when a field changes, disappears or is added', () => {
    const changes = fc.record({ message: messages, type: types, pick: fc.nat(), other: fc.string({ unit: 'binary' }) });
    fc.assert(
      fc.property(changes, names, ({ message, type, pick, other }, added) => {
        const signature = sign(message, KEY, type);
        const present = Object.keys(message);
        const field = present[pick % present.length] ?? '';
        if (message[field] !== other)
          expect(isSigned({ ...message, [field]: other, sign: signature }, KEY)).toBe(false);
        if (!(added in message)) expect(isSigned({ ...message, [added]: 'x', sign: signature }, KEY)).toBe(false);
      }),
    );
  });

  it('does not depend on the order of the fields or on empty ones', () => {
    const shuffled = messages.chain((message) =>
      fc.record({
        message: fc.constant(message),
        order: fc.shuffledSubarray(Object.entries(message), { minLength: Object.keys(message).length }),
        empty: names.filter((name) => !(name in message)),
      }),
    );
    fc.assert(
      fc.property(shuffled, types, ({ message, order, empty }, type) => {
        const signature = sign(message, KEY, type);
        expect(sign(Object.fromEntries(order), KEY, type)).toBe(signature);
        expect(sign({ ...message, [empty]: '' }, KEY, type)).toBe(signature);
      }),
    );
  });

  it('sorts names by bytes, upper case first, in any locale', () => {
    const inByteOrder = sign({ Total: '1&_a=2&a=3&a_b=4&aa=5' }, KEY, 'MD5');
    expect(sign({ aa: '5', a_b: '4', a: '3', _a: '2', Total: '1' }, KEY, 'MD5')).toBe(inByteOrder);
  });

  it('covers a zero and excludes the field sign', () => {
    expect(sign({ a: '0' }, KEY, 'MD5')).not.toBe(sign({}, KEY, 'MD5'));
    expect(sign({ a: '1', sign: 'x' }, KEY, 'MD5')).toBe(sign({ a: '1' }, KEY, 'MD5'));
  });

  it('rejects arbitrary text', () => {
    const hex = (size: number): fc.Arbitrary<string> => fc.stringMatching(new RegExp(`^[0-9A-Fa-f]{${size}}$`));
    const garbage = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: 'binary', minLength: 32, maxLength: 32 }),
      fc.string({ unit: 'binary', minLength: 64, maxLength: 64 }),
      ...[0, 31, 32, 33, 63, 64, 65, 128].map(hex),
    );
    fc.assert(
      fc.property(messages, garbage, (message, given) => {
        expect(isSigned({ ...message, sign: given }, KEY)).toBe(false);
      }),
    );
  });

  it.each(['', ' ', 'null', 'SUCCESS'])('is missing when sign is %j, or absent', (given) => {
    expect(isSigned({ a: '1', sign: given }, KEY)).toBe(false);
    expect(isSigned({ a: '1' }, KEY)).toBe(false);
  });

  it('rejects characters whose code is only equal modulo 256', () => {
    const message = { a: '1' };
    for (const type of ['MD5', 'HMAC-SHA256'] as const) {
      const signature = sign(message, KEY, type);
      const wide = signature.replaceAll(/./g, (letter) => String.fromCodePoint((letter.codePointAt(0) ?? 0) + 0x100));
      expect(isSigned({ ...message, sign: wide }, KEY)).toBe(false);
      // Upper-casing makes it longer than at the length check.
      expect(isSigned({ ...message, sign: 'ß'.repeat(signature.length) }, KEY)).toBe(false);
    }
  });

  it('rejects truncated, extended and wrong-algorithm values', () => {
    const message = { a: '1' };
    const md5 = sign(message, KEY, 'MD5');
    const hmac = sign(message, KEY, 'HMAC-SHA256');
    for (const given of [md5.slice(1), `${md5}0`, `${md5}${md5}`, hmac.slice(0, 32), hmac.slice(32), `${hmac} `]) {
      expect(isSigned({ ...message, sign: given }, KEY)).toBe(false);
    }
  });
});

describe('newNonce', () => {
  it('returns 32 characters and never repeats', () => {
    const nonces = Array.from({ length: 1000 }, newNonce);
    expect(new Set(nonces).size).toBe(nonces.length);
    for (const nonce of nonces) expect(nonce).toMatch(/^[0-9a-f]{32}$/);
  });
});
