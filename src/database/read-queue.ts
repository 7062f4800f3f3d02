/** Runs a few reads at a time; the others wait, up to a limit, in the order in which they came. */
export class ReadQueue {
  private running = 0;
  private readonly waiting: (() => void)[] = [];

  /**
   * @param concurrency reads at a time
   * @param maxWaiting reads that wait
   * @param refusal the error for a read that finds the queue full
   */
  constructor(
    private readonly concurrency: number,
    private readonly maxWaiting: number,
    private readonly refusal: () => Error,
  ) {}

  /** @throws the refusal when too many wait already; what `read` threw. */
  async run<T>(read: () => Promise<T>): Promise<T> {
    if (this.running < this.concurrency) this.running += 1;
    else await this.waitForTurn();
    try {
      return await read();
    } finally {
      const next = this.waiting.shift();
      if (next)
        next(); // it takes the place over, so that no other read can come in between
      else this.running -= 1;
    }
  }

  private async waitForTurn(): Promise<void> {
    if (this.waiting.length >= this.maxWaiting) throw this.refusal();
    await new Promise<void>((resolve) => this.waiting.push(resolve));
  }
}
