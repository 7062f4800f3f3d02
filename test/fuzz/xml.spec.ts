import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { buildXml, parseXml, XmlError } from '../../src/wechat/xml.js';
import { withinCpuTime } from '../support/within-cpu-time.js';
import { MESSAGES, messageText } from '../vectors/v2/vectors.js';
import { assertProperty, PROPERTY_TIMEOUT_MS } from './assert-property.js';
import { anyMessage, mutatedMessage } from './message-arbitraries.js';
import { anyText } from './text-arbitraries.js';

/** Milliseconds of CPU time. The largest message takes about ten; quadratic work takes more than this limit. */
const MAX_CPU_MS = 500;

/** Returns the fields, or null when the parser rejects the message. Other errors are thrown. */
const parseOrNull = (message: Buffer | string): Record<string, string> | null =>
  withinCpuTime(MAX_CPU_MS, () => {
    try {
      return { ...parseXml(message) };
    } catch (error) {
      if (error instanceof XmlError) return null;
      throw error;
    }
  });

describe('fuzz: XML', () => {
  const anything = fc.oneof(
    anyMessage(),
    fc.constantFrom(...MESSAGES).chain(({ name }) => mutatedMessage(messageText(name))),
  );

  it(
    'parseXml returns flat texts or an XmlError for any input, and keeps no state',
    async () => {
      const validMessage = messageText('payment-notice');
      const expected = parseOrNull(validMessage);
      await assertProperty(
        fc.property(anything, (message) => {
          const fields = parseOrNull(message);
          for (const value of Object.values(fields ?? {})) expect(typeof value).toBe('string');
          expect(Object.prototype).not.toHaveProperty('isAdmin');
        }),
      );
      expect(parseOrNull(validMessage)).toEqual(expected);
    },
    PROPERTY_TIMEOUT_MS,
  );

  it(
    'parseXml returns every text that buildXml wrote, and rejects every text that XML cannot represent',
    async () => {
      const name = fc.stringMatching(/^[A-Za-z_][\w.-]{0,30}$/);
      await assertProperty(
        fc.property(fc.dictionary(name, anyText(), { maxKeys: 8 }), (fields) => {
          const text = buildXml(fields);
          fc.pre(Buffer.byteLength(text) < 60_000);
          const isRepresentable = Object.values(fields).every(
            (value) => value.isWellFormed() && !/[^\t\n\r -\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u.test(value),
          );
          const lines = Object.entries(fields).map(([key, value]) => [key, value.replaceAll(/\r\n?/g, '\n')]);
          const parsed = parseOrNull(text);
          if (!isRepresentable) expect(parsed).toBeNull();
          else if (parsed !== null)
            expect(Object.entries(parsed).map(([key, value]) => [key, value.replaceAll(/\r\n?/g, '\n')])).toEqual(
              lines,
            );
          else expect(text).toBe('built, and not read');
        }),
      );
    },
    PROPERTY_TIMEOUT_MS,
  );
});
