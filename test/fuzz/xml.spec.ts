import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { buildXml, parseXml, XmlError } from '../../src/wechat/v2/xml.js';
import { withinCpuTime } from '../support/within-cpu-time.js';
import { MESSAGES, messageText } from '../vectors/v2/vectors.js';
import { assertProperty, PROPERTY_TIMEOUT_MS } from './assert-property.js';
import { anyMessage, mutatedMessage } from './message-arbitraries.js';
import { anyText } from './text-arbitraries.js';

/** Milliseconds of work. The largest message takes some ten; what grows with its square takes longer than this. */
const MAX_CPU_MS = 500;

/** What the reader makes of it: fields, or null for its one kind of refusal. Anything else is thrown on. */
const parseOrNull = (message: Buffer | string): Record<string, string> | null =>
  withinCpuTime(MAX_CPU_MS, () => {
    try {
      return { ...parseXml(message) };
    } catch (error) {
      if (error instanceof XmlError) return null;
      throw error;
    }
  });

describe('the reader of XML', () => {
  const anything = fc.oneof(
    anyMessage(),
    fc.constantFrom(...MESSAGES).chain(({ name }) => mutatedMessage(messageText(name))),
  );

  it(
    'reads flat texts or refuses, whatever it is given, and stays as it was',
    async () => {
      const sane = messageText('payment-notice');
      const expected = parseOrNull(sane);
      await assertProperty(
        fc.property(anything, (message) => {
          const fields = parseOrNull(message);
          for (const value of Object.values(fields ?? {})) expect(typeof value).toBe('string');
          expect(Object.prototype).not.toHaveProperty('isAdmin');
        }),
      );
      expect(parseOrNull(sane)).toEqual(expected);
    },
    PROPERTY_TIMEOUT_MS,
  );

  it(
    'gives back every text that was built, and refuses every one that XML cannot carry',
    async () => {
      const name = fc.stringMatching(/^[A-Za-z_][\w.-]{0,30}$/);
      await assertProperty(
        fc.property(fc.dictionary(name, anyText(), { maxKeys: 8 }), (fields) => {
          const text = buildXml(fields);
          fc.pre(Buffer.byteLength(text) < 60_000);
          const isCarried = Object.values(fields).every(
            (value) => value.isWellFormed() && !/[^\t\n\r -\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u.test(value),
          );
          const lines = Object.entries(fields).map(([key, value]) => [key, value.replaceAll(/\r\n?/g, '\n')]);
          const heard = parseOrNull(text);
          if (!isCarried) expect(heard).toBeNull();
          else if (heard !== null)
            expect(Object.entries(heard).map(([key, value]) => [key, value.replaceAll(/\r\n?/g, '\n')])).toEqual(lines);
          else expect(text).toBe('built, and not read');
        }),
      );
    },
    PROPERTY_TIMEOUT_MS,
  );
});
