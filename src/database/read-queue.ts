/** Runs a limited number of reads at the same time; further reads wait in a bounded first-in, first-out queue. */
export class ReadQueue {
  private running = 0;
  private readonly waiting: (() => void)[] = [];

  /**
   * @param concurrency reads at the same time
   * @param maxWaiting reads in the queue
   * @param createError creates the error for a read when the queue is full
   */
  constructor(
    private readonly concurrency: number,
    private readonly maxWaiting: number,
    private readonly createError: () => Error,
  ) {}

  /** @throws the created error if the queue is full, or the error of `read`. */
  async run<T>(read: () => Promise<T>): Promise<T> {
    if (this.running < this.concurrency) this.running += 1;
    else await this.waitForTurn();
    try {
      return await read();
    } finally {
      const next = this.waiting.shift();
      if (next)
        next(); // the next read takes over the slot, so no other read can take it
      else this.running -= 1;
    }
  }

  private async waitForTurn(): Promise<void> {
    if (this.waiting.length >= this.maxWaiting) throw this.createError();
    await new Promise<void>((resolve) => this.waiting.push(resolve));
  }
}
