import { describe, expect, it } from '@jest/globals';
import { ReadQueue } from './read-queue.js';

class QueueFullError extends Error {}

/** Reads that end on demand. */
class ControlledReads {
  readonly started: number[] = [];
  private readonly ends: (() => void)[] = [];

  constructor(private readonly queue: ReadQueue) {}

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

const nextTick = () => new Promise((resolve) => setImmediate(resolve));

describe('staff reads: the queue', () => {
  const queue = (): ReadQueue => new ReadQueue(2, 2, () => new QueueFullError());

  it('staff reads: run at most the allowed number at the same time, the others in order', async () => {
    const reads = new ControlledReads(queue());
    const all = Promise.all([1, 2, 3, 4].map((number) => reads.start(number)));
    await nextTick();
    expect(reads.started).toEqual([1, 2]);
    for (const expected of [
      [1, 2, 3],
      [1, 2, 3, 4],
    ]) {
      reads.endFirst();
      await nextTick();
      expect(reads.started).toEqual(expected);
    }
    reads.endFirst();
    reads.endFirst();
    expect(await all).toEqual([1, 2, 3, 4]);
  });

  it('staff reads: are rejected when the queue is full, and accepted again afterwards', async () => {
    const reads = new ControlledReads(queue());
    const accepted = [1, 2, 3, 4].map((number) => reads.start(number));
    await expect(reads.start(5)).rejects.toBeInstanceOf(QueueFullError);
    for (let ended = 0; ended < 4; ended++) {
      reads.endFirst();
      await nextTick();
    }
    await Promise.all(accepted);
    const last = reads.start(6);
    reads.endFirst();
    expect(await last).toBe(6);
  });

  it('staff reads: a failed read frees its slot for the next', async () => {
    const one = new ReadQueue(1, 1, () => new QueueFullError());
    const failing = one.run(() => Promise.reject(new Error('broken')));
    const next = one.run(() => Promise.resolve('next'));
    await expect(failing).rejects.toThrow('broken');
    expect(await next).toBe('next');
  });
});
