import { execFileSync } from 'node:child_process';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fromBeijingDateTime, fromBeijingTime, toBeijingTime } from './beijing-time.js';

const VECTORS: [string, string][] = [
  ['20261121120041', '2026-11-21T04:00:41.000Z'],
  ['20261121000000', '2026-11-20T16:00:00.000Z'],
  ['20270101075959', '2026-12-31T23:59:59.000Z'],
  ['20270101080000', '2027-01-01T00:00:00.000Z'],
  ['20280229235959', '2028-02-29T15:59:59.000Z'],
  // China had daylight saving time then, which WeChat's times ignore.
  ['19880701120000', '1988-07-01T04:00:00.000Z'],
];

describe('beijing time', () => {
  it.each(VECTORS)('converts %s in Beijing to the instant %s and back', (text, instant) => {
    expect(fromBeijingTime(text)?.toISOString()).toBe(instant);
    expect(toBeijingTime(new Date(instant))).toBe(text);
  });

  it('round-trips every tested second of eight thousand years', () => {
    const seconds = fc.integer({ min: Date.UTC(1000, 0) / 1000, max: Date.UTC(9999, 11, 31) / 1000 });
    fc.assert(
      fc.property(seconds, (second) => {
        const instant = new Date(second * 1000);
        expect(toBeijingTime(instant)).toMatch(/^\d{14}$/);
        expect(fromBeijingTime(toBeijingTime(instant))).toEqual(instant);
      }),
    );
  });

  it('cuts off fractions of a second', () => {
    expect(toBeijingTime(new Date('2026-11-21T04:00:41.999Z'))).toBe('20261121120041');
  });

  it.each([
    ['', 'nothing'],
    ['20260230120000', 'the thirtieth of February'],
    ['20270229120000', 'a leap day without a leap year'],
    ['20261301120000', 'a thirteenth month'],
    ['20260001120000', 'a month zero'],
    ['20261121240000', 'an hour 24'],
    ['20261121126000', 'a minute 60'],
    ['20261121120060', 'a second 60'],
    ['2026112112004', 'too short'],
    ['202611211200411', 'too long'],
    ['2026-11-21 12:00:41', 'with signs between'],
    ['20261121T20041Z', 'with letters'],
    [' 20261121120041', 'with a blank'],
    ['２０２６１１２１１２００４１', 'in wide digits'],
  ])('rejects %j: %s', (text) => {
    expect(fromBeijingTime(text)).toBeNull();
  });

  it.each([
    ['2026-11-21 18:30:06', '2026-11-21T10:30:06.000Z'],
    ['2027-01-01 07:59:59', '2026-12-31T23:59:59.000Z'],
  ])('parses the format of refunds with separators: %s', (text, instant) => {
    expect(fromBeijingDateTime(text)?.toISOString()).toBe(instant);
  });

  it.each([
    '',
    '20261121183006',
    '2026-11-21T18:30:06',
    '2026-11-21 18:30',
    '2026-11-21  18:30:06',
    '2026-11-21 18:30:06Z',
    '2026-02-30 18:30:06',
    '2026-11-21 24:00:00',
    '2026-1121- 18:30:06',
    '26-11-21 18:30:06',
  ])('rejects other separators and days that do not exist: %j', (text) => {
    expect(fromBeijingDateTime(text)).toBeNull();
  });

  it('rejects any other text', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\d{13,15}$/), (digits) => {
        const instant = fromBeijingTime(digits);
        return instant === null || toBeijingTime(instant) === digits;
      }),
    );
  });

  it.each(['UTC', 'Asia/Shanghai', 'America/New_York', 'Pacific/Kiritimati', 'Australia/Lord_Howe'])(
    'does not depend on the machine’s time zone: %s',
    (zone) => {
      const module = new URL('beijing-time.ts', import.meta.url).href;
      const script = `
        import { fromBeijingTime, toBeijingTime } from ${JSON.stringify(module)};
        const vectors = ${JSON.stringify(VECTORS)};
        console.log(JSON.stringify({
          zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
          there: vectors.map(([, instant]) => toBeijingTime(new Date(instant))),
          back: vectors.map(([text]) => fromBeijingTime(text).toISOString()),
        }));`;
      const arguments_ = ['--no-warnings', '--input-type=module', '--eval', script];
      const output = execFileSync(process.execPath, arguments_, { env: { TZ: zone }, timeout: 20_000 });
      expect(JSON.parse(output.toString())).toEqual({
        zone,
        there: VECTORS.map(([text]) => text),
        back: VECTORS.map(([, instant]) => instant),
      });
    },
  );
});
