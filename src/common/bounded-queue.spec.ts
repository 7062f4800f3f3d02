import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { BoundedQueue, KeyedQueues } from './bounded-queue.js';

class QueueFullError extends Error {}
const createError = (): Error => new QueueFullError();

/** Tasks that end on demand. */
class ControlledTasks {
  readonly started: number[] = [];
  private readonly ends: (() => void)[] = [];

  constructor(private readonly queue: BoundedQueue) {}

  start(number: number): Promise<number> {
    return this.queue.run(async () => {
      this.started.push(number);
      await new Promise<void>((resolve) => this.ends.push(resolve));
      return number;
    });
  }

  endFirst(): void {
    this.ends.shift()?.();
  }
}

const nextTick = () => new Promise<void>((resolve) => setImmediate(resolve));

describe('bounded queue', () => {
  const queue = (): BoundedQueue => new BoundedQueue({ concurrency: 2, maxWaiting: 2, createError });

  it('runs at most the allowed number of tasks at the same time, the others in order', async () => {
    const tasks = new ControlledTasks(queue());
    const all = Promise.all([1, 2, 3, 4].map((number) => tasks.start(number)));
    await nextTick();
    expect(tasks.started).toEqual([1, 2]);
    for (const expected of [
      [1, 2, 3],
      [1, 2, 3, 4],
    ]) {
      tasks.endFirst();
      await nextTick();
      expect(tasks.started).toEqual(expected);
    }
    tasks.endFirst();
    tasks.endFirst();
    expect(await all).toEqual([1, 2, 3, 4]);
  });

  it('rejects a task when it is full, and accepts tasks again afterwards', async () => {
    const tasks = new ControlledTasks(queue());
    const accepted = [1, 2, 3, 4].map((number) => tasks.start(number));
    await expect(tasks.start(5)).rejects.toBeInstanceOf(QueueFullError);
    for (let ended = 0; ended < 4; ended++) {
      tasks.endFirst();
      await nextTick();
    }
    await Promise.all(accepted);
    const last = tasks.start(6);
    tasks.endFirst();
    expect(await last).toBe(6);
  });

  it('gives the slot of a failed task to the next', async () => {
    const one = new BoundedQueue({ concurrency: 1, maxWaiting: 1 });
    const failing = one.run(() => Promise.reject(new Error('broken')));
    const next = one.run(() => Promise.resolve('next'));
    await expect(failing).rejects.toThrow('broken');
    expect(await next).toBe('next');
  });

  it('for any limits, durations and failures: accepts what fits, in order, and is idle at the end', async () => {
    const limits = fc.record({ concurrency: fc.integer({ min: 1, max: 4 }), maxWaiting: fc.nat(6) });
    const tasks = fc.array(fc.record({ ticks: fc.integer({ min: 1, max: 3 }), isFailing: fc.boolean() }), {
      maxLength: 20,
    });
    await fc.assert(
      fc.asyncProperty(limits, tasks, async ({ concurrency, maxWaiting }, all) => {
        const bounded = new BoundedQueue({ concurrency, maxWaiting, createError });
        const started: number[] = [];
        let [running, maxRunning] = [0, 0];
        const run = async (at: number, ticks: number, isFailing: boolean): Promise<void> => {
          started.push(at);
          maxRunning = Math.max(maxRunning, ++running);
          for (let tick = 0; tick < ticks; tick++) await nextTick();
          running -= 1;
          if (isFailing) throw new Error('broken');
        };
        const outcomes = await Promise.allSettled(
          all.map(({ ticks, isFailing }, at) => bounded.run(() => run(at, ticks, isFailing))),
        );
        const accepted = Math.min(all.length, concurrency + maxWaiting);
        expect(started).toEqual([...all.keys()].slice(0, accepted));
        expect(maxRunning).toBe(Math.min(accepted, concurrency));
        for (const [at, outcome] of outcomes.entries()) {
          const isFull = outcome.status === 'rejected' && outcome.reason instanceof QueueFullError;
          expect(isFull).toBe(at >= accepted);
          if (!isFull) expect(outcome.status).toBe(all[at]?.isFailing === true ? 'rejected' : 'fulfilled');
        }
        expect(bounded.isIdle).toBe(true);
      }),
      { numRuns: 50 },
    );
  });
});

describe('queues by key', () => {
  it('run tasks of one key one after another, and tasks of different keys at the same time', async () => {
    const queues = new KeyedQueues({ concurrency: 1, maxWaiting: Infinity });
    const started: string[] = [];
    const start = (key: string): Promise<void> => queues.run(key, () => (started.push(key), nextTick()));
    const all = Promise.all(['a', 'a', 'b'].map(start));
    expect(started).toEqual(['a', 'b']);
    await all;
    expect(started).toEqual(['a', 'b', 'a']);
  });

  it('limit each key on its own, also after its queue was empty', async () => {
    const queues = new KeyedQueues({ concurrency: 1, maxWaiting: 0, createError });
    for (let round = 0; round < 2; round++) {
      const first = queues.run('a', nextTick);
      await expect(queues.run('a', nextTick)).rejects.toBeInstanceOf(QueueFullError);
      await queues.run('b', nextTick);
      await first;
    }
  });
});
