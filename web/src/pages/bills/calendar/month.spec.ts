import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays, addMonths, isMonth, monthOf, weeksOf } from './month.js';

const month = fc
  .record({ year: fc.integer({ min: 2000, max: 2099 }), number: fc.integer({ min: 1, max: 12 }) })
  .map(({ year, number }) => `${year}-${String(number).padStart(2, '0')}`);

describe('reconciliation calendar', () => {
  it('arranges a month in weeks from Monday to Sunday', () => {
    const weeks = weeksOf('2026-11'); // begins on a Sunday, ends on a Monday
    expect(weeks).toHaveLength(6);
    expect(weeks[0]).toEqual([null, null, null, null, null, null, '2026-11-01']);
    expect(weeks[5]).toEqual(['2026-11-30', null, null, null, null, null, null]);
    expect(weeksOf('2027-02')).toHaveLength(4); // 28 days from a Monday
  });

  it('has every day of a month once, in its column', () => {
    fc.assert(
      fc.property(month, (any) => {
        const days = weeksOf(any).flatMap((week) =>
          week.flatMap((day, column) => {
            if (day === null) return [];
            expect((new Date(day).getUTCDay() + 6) % 7).toBe(column);
            return [day];
          }),
        );
        expect(days[0]).toBe(`${any}-01`);
        expect(days.map((day, index) => index === 0 || day === addDays(days[index - 1] ?? '', 1))).not.toContain(false);
        expect(monthOf(addDays(days.at(-1) ?? '', 1))).toBe(addMonths(any, 1));
      }),
    );
  });

  it('adds months across years, also negative ones', () => {
    expect([addMonths('2026-12', 1), addMonths('2026-01', -1), addMonths('2026-11', 0)]).toEqual([
      ...['2027-01', '2025-12', '2026-11'],
    ]);
  });

  it('recognizes months', () => {
    expect(['2026-11', '2026-13', '2026-1', '', '2026-11-01', '1999-11'].map(isMonth)).toEqual([
      ...[true, false, false, false, false, false],
    ]);
  });
});
