import { describe, expect, it } from '@jest/globals';
import { WorkPauses } from './work-pauses.js';

/** Longer than a test may take: only an early end lets it pass. */
const LONG_MS = 3_600_000;

describe('pauses of workers', () => {
  it('end when the work must not wait, and are skipped until every such request is withdrawn', async () => {
    const pauses = new WorkPauses();
    const waiting = [pauses.wait(LONG_MS), pauses.wait(LONG_MS)];
    pauses.hurry();
    pauses.hurry();
    await Promise.all(waiting);
    pauses.relax();
    expect(pauses.isHurried).toBe(true);
    await pauses.wait(LONG_MS);
    pauses.relax();
    expect(pauses.isHurried).toBe(false);
    let hasEnded = false;
    const last = pauses.wait(LONG_MS).then(() => (hasEnded = true));
    await new Promise((resolve) => setImmediate(resolve));
    expect(hasEnded).toBe(false);
    pauses.hurry();
    await last;
  });

  it('end by themselves', async () => {
    await new WorkPauses().wait(1);
  });
});
