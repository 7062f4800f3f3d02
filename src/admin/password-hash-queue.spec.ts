import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type CallerTrust, PasswordHashQueue } from './password-hash-queue.js';

/** Work that ends when the test says so. */
class ControlledWork {
  started: CallerTrust[] = [];
  private readonly ends: (() => void)[] = [];

  begin(lanes: PasswordHashQueue, lane: CallerTrust): Promise<void> {
    return lanes.run(lane, () => {
      this.started.push(lane);
      return new Promise<void>((resolve) => this.ends.push(resolve));
    });
  }

  async endOne(): Promise<void> {
    this.ends.shift()?.();
    await settle();
  }
}

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('password lanes', () => {
  it('run two passwords at once, of strangers one, and a known caller goes before waiting strangers', async () => {
    const [lanes, work] = [new PasswordHashQueue(), new ControlledWork()];
    for (const lane of ['STRANGER', 'STRANGER', 'KNOWN', 'KNOWN'] as const) void work.begin(lanes, lane);
    await settle();
    expect(work.started).toEqual(['STRANGER', 'KNOWN']);
    await work.endOne();
    expect(work.started).toEqual(['STRANGER', 'KNOWN', 'KNOWN']);
    await work.endOne();
    expect(work.started).toEqual(['STRANGER', 'KNOWN', 'KNOWN', 'STRANGER']);
  });

  it('refuse a stranger when 20 wait, and still take a known caller', async () => {
    const [lanes, work] = [new PasswordHashQueue(), new ControlledWork()];
    for (let stranger = 0; stranger < 21; stranger++) void work.begin(lanes, 'STRANGER');
    await expect(work.begin(lanes, 'STRANGER')).rejects.toMatchObject({ code: 'TOO_MANY_ATTEMPTS' });
    void work.begin(lanes, 'KNOWN');
    await settle();
    expect(work.started).toEqual(['STRANGER', 'KNOWN']);
  });

  it('end all of their work, in whatever order it comes and fails', async () => {
    const calls = fc.array(
      fc.record({ lane: fc.constantFrom<CallerTrust>('KNOWN', 'STRANGER'), fails: fc.boolean() }),
      {
        maxLength: 20,
      },
    );
    await fc.assert(
      fc.asyncProperty(calls, async (wanted) => {
        const lanes = new PasswordHashQueue();
        let [running, most] = [0, 0];
        const outcomes = await Promise.allSettled(
          wanted.map(({ lane, fails }) =>
            lanes.run(lane, async () => {
              running += 1;
              most = Math.max(most, running);
              await settle();
              running -= 1;
              if (fails) throw new Error('no');
            }),
          ),
        );
        expect(outcomes.map(({ status }) => status === 'rejected')).toEqual(wanted.map(({ fails }) => fails));
        expect(most).toBeLessThanOrEqual(2);
      }),
      { numRuns: 30 },
    );
  });
});
