export interface QueueLimits {
  /** Tasks that run at the same time. */
  concurrency: number;
  /** Tasks that wait for their turn. 0 rejects every task that cannot start at once. */
  maxWaiting: number;
  /** Creates the error of a task that is rejected because the queue is full. */
  createError?: () => Error;
}

/** Runs a limited number of tasks at the same time; further tasks wait in a bounded first-in, first-out queue. */
export class BoundedQueue {
  private running = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(private readonly limits: QueueLimits) {}

  /** Whether no task runs or waits. */
  get isIdle(): boolean {
    return this.running === 0;
  }

  /** @throws the created error if the queue is full, or the error of `task`. */
  async run<T>(task: () => Promise<T>): Promise<T> {
    if (this.running < this.limits.concurrency) this.running += 1;
    else await this.waitForTurn();
    try {
      return await task();
    } finally {
      const next = this.waiting.shift();
      if (next)
        next(); // the next task takes over the slot, so no other task can take it
      else this.running -= 1;
    }
  }

  private async waitForTurn(): Promise<void> {
    const { maxWaiting, createError = () => new Error('The queue is full.') } = this.limits;
    if (this.waiting.length >= maxWaiting) throw createError();
    await new Promise<void>((resolve) => this.waiting.push(resolve));
  }
}

/** One queue for each key, which exists only while it has a task. */
export class KeyedQueues {
  private readonly queues = new Map<string, BoundedQueue>();

  constructor(private readonly limits: QueueLimits) {}

  /** @throws the created error if the queue of this key is full, or the error of `task`. */
  async run<T>(key: string, task: () => Promise<T>): Promise<T> {
    const queue = this.queues.get(key) ?? new BoundedQueue(this.limits);
    this.queues.set(key, queue);
    try {
      return await queue.run(task);
    } finally {
      if (queue.isIdle && this.queues.get(key) === queue) this.queues.delete(key);
    }
  }
}
