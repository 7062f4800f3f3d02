import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { repositoryFiles } from './repository-files.js';
import { contradictingUnits } from './units.js';

const files = repositoryFiles().filter(
  (name) => /\.(ts|tsx|js|mjs)$/.test(name) && !/schema\.d\.ts$|docs\/units\.spec\.ts$/.test(name),
);

describe('units: a comment states the unit that the name ends in', () => {
  it.each([
    ['/** Seconds that WeChat may take. */\nconst timeoutMs = 5000;', 'timeoutMs is described in seconds'],
    [
      '/**\n * The price, before any discount, in yuan.\n */\nexport const PRICE_FEN = 5;',
      'PRICE_FEN is described in yuan',
    ],
    ['interface A {\n  leaseSeconds: number; // in milliseconds\n}', 'leaseSeconds is described in milliseconds'],
    ['class A {\n  /** Milliseconds. */\n  @Min(1) ttlDays = 3;\n}', 'ttlDays is described in milliseconds'],
    ['/** Sends it. @param waitedMs in seconds */\nfunction send(waitedMs) {}', 'waitedMs is described in seconds'],
    ['/** @param {number} sizeBytes Fen */\nfunction send(sizeBytes) {}', 'sizeBytes is described in fen'],
  ])('finds the contradiction in %j', (text, expected) => {
    expect(contradictingUnits('a.ts', text)).toEqual([expect.stringContaining(expected)]);
  });

  it.each([
    '/** Milliseconds. WeChat waits five seconds for a response. */\nconst RESPONSE_TIMEOUT_MS = 4500;',
    '/** Paid in the last 30 days, in fen. */\nconst paidFen = 5;',
    '/** Days in which an order can be refunded. */\nconst refundDays = 365;',
    '/** In milliseconds: it has no unit in its name. */\nconst timeout = 5;',
  ])('accepts %j', (text) => expect(contradictingUnits('a.ts', text)).toEqual([]));

  it('finds no contradiction in code, tests and examples', () => {
    expect(files.length).toBeGreaterThan(500);
    expect(files.flatMap((name) => contradictingUnits(name, readFileSync(name, 'utf8')))).toEqual([]);
  });
});
