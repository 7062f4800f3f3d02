import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { MAX_BUFFERED, mergeCounts, type RefusedNoticeCount, RefusedNoticeBuffer } from './refused-notice-buffer.js';

const REASONS = ['BAD_SIGNATURE', 'MALFORMED', 'TOO_LARGE'];
const refusedNoticeCount = (result: string, outTradeNo: string, second: number): RefusedNoticeCount => {
  const at = new Date(second * 1000);
  return { kind: 'payment', result, outTradeNo, notices: 1, firstAt: at, lastAt: at, raw: String(second) };
};

describe('rejected notices: buffer', () => {
  it('counts every notice and limits the number of buffered counts', () => {
    const notice = fc.record({ reason: fc.constantFrom(...REASONS), number: fc.nat(1000), second: fc.nat(1000) });
    fc.assert(
      fc.property(fc.array(notice, { maxLength: 2000, size: 'max' }), (notices) => {
        const buffer = new RefusedNoticeBuffer();
        for (const { reason, number, second } of notices)
          buffer.add(refusedNoticeCount(reason, `no-${number}`, second));
        const counts = buffer.drain();
        expect(counts.length).toBeLessThanOrEqual(MAX_BUFFERED + REASONS.length);
        expect(counts.reduce((sum, count) => sum + count.notices, 0)).toBe(notices.length);
        expect(buffer.drain()).toEqual([]);
      }),
      { numRuns: 30 },
    );
  });

  it('keeps one count per payment and reason, with the first text and the first and last time', () => {
    const merged = mergeCounts([
      refusedNoticeCount('MALFORMED', 'A', 5),
      refusedNoticeCount('MALFORMED', 'A', 3),
      refusedNoticeCount('MALFORMED', 'B', 4),
    ]);
    expect(merged).toEqual([
      { ...refusedNoticeCount('MALFORMED', 'A', 3), notices: 2, lastAt: new Date(5000) },
      refusedNoticeCount('MALFORMED', 'B', 4),
    ]);
  });
});
