import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type CallerTrust, PasswordHashQueue } from './passwords.js';

/** Work that finishes when the test calls `endOne`. */
class ControlledWork {
  started: CallerTrust[] = [];
  private readonly ends: (() => void)[] = [];

  begin(queue: PasswordHashQueue, trust: CallerTrust): Promise<void> {
    return queue.run(trust, () => {
      this.started.push(trust);
      return new Promise<void>((resolve) => this.ends.push(resolve));
    });
  }

  async endOne(): Promise<void> {
    this.ends.shift()?.();
    await settle();
  }
}

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('password hash queue', () => {
  it('hashes two passwords at once, at most one for unknown callers, and prefers known callers', async () => {
    const [queue, work] = [new PasswordHashQueue(), new ControlledWork()];
    for (const trust of ['UNKNOWN', 'UNKNOWN', 'KNOWN', 'KNOWN'] as const) void work.begin(queue, trust);
    await settle();
    expect(work.started).toEqual(['UNKNOWN', 'KNOWN']);
    await work.endOne();
    expect(work.started).toEqual(['UNKNOWN', 'KNOWN', 'KNOWN']);
    await work.endOne();
    expect(work.started).toEqual(['UNKNOWN', 'KNOWN', 'KNOWN', 'UNKNOWN']);
  });

  it('rejects an unknown caller with TOO_MANY_ATTEMPTS when 20 are waiting, and still accepts a known caller', async () => {
    const [queue, work] = [new PasswordHashQueue(), new ControlledWork()];
    for (let caller = 0; caller < 21; caller++) void work.begin(queue, 'UNKNOWN');
    await expect(work.begin(queue, 'UNKNOWN')).rejects.toMatchObject({ code: 'TOO_MANY_ATTEMPTS' });
    void work.begin(queue, 'KNOWN');
    await settle();
    expect(work.started).toEqual(['UNKNOWN', 'KNOWN']);
  });

  it('finishes all work in any order of calls and failures, with at most two running at once', async () => {
    const calls = fc.array(
      fc.record({ trust: fc.constantFrom<CallerTrust>('KNOWN', 'UNKNOWN'), fails: fc.boolean() }),
      {
        maxLength: 20,
      },
    );
    await fc.assert(
      fc.asyncProperty(calls, async (works) => {
        const queue = new PasswordHashQueue();
        let [running, maxRunning] = [0, 0];
        const outcomes = await Promise.allSettled(
          works.map(({ trust, fails }) =>
            queue.run(trust, async () => {
              running += 1;
              maxRunning = Math.max(maxRunning, running);
              await settle();
              running -= 1;
              if (fails) throw new Error('no');
            }),
          ),
        );
        expect(outcomes.map(({ status }) => status === 'rejected')).toEqual(works.map(({ fails }) => fails));
        expect(maxRunning).toBeLessThanOrEqual(2);
      }),
      { numRuns: 30 },
    );
  });
});
