import { DomainError } from '../common/domain-error.js';

/** `KNOWN`: from a network with a good login of before, or by a member of staff who is logged in. `STRANGER`: everything else. */
export type CallerTrust = 'KNOWN' | 'STRANGER';

/** The library works on libuv's four threads, which look up names for every connection too: logins must leave some free. */
const MAX_CONCURRENT = 2;
/** A flood of guesses leaves a processor to the notices, and a thread to those who are known. */
const MAX_CONCURRENT_UNKNOWN = 1;
/** Beyond this many in a lane, waiting is worse than a refusal. */
const MAX_QUEUE_LENGTH = 20;
const RETRY_AFTER_SECONDS = 5;

/** Takes turns at passwords: who is known goes first, and strangers fill only their own queue. */
export class PasswordHashQueue {
  private readonly waiting: Record<CallerTrust, (() => void)[]> = { KNOWN: [], STRANGER: [] };
  private readonly running: Record<CallerTrust, number> = { KNOWN: 0, STRANGER: 0 };

  /** @throws DomainError TOO_MANY_ATTEMPTS when too many wait in the lane. */
  async run<T>(lane: CallerTrust, work: () => Promise<T>): Promise<T> {
    if (this.hasCapacity(lane)) this.running[lane] += 1;
    else await this.enqueue(lane);
    try {
      return await work();
    } finally {
      this.running[lane] -= 1;
      this.startNext();
    }
  }

  private hasCapacity(lane: CallerTrust): boolean {
    if (this.running.KNOWN + this.running.STRANGER >= MAX_CONCURRENT) return false;
    return lane === 'KNOWN' || this.running.STRANGER < MAX_CONCURRENT_UNKNOWN;
  }

  private async enqueue(lane: CallerTrust): Promise<void> {
    const queue = this.waiting[lane];
    if (queue.length >= MAX_QUEUE_LENGTH)
      throw new DomainError('TOO_MANY_ATTEMPTS', { retryAfterSeconds: RETRY_AFTER_SECONDS });
    await new Promise<void>((resolve) => queue.push(resolve));
  }

  private startNext(): void {
    for (const lane of ['KNOWN', 'STRANGER'] as const) {
      const next = this.hasCapacity(lane) ? this.waiting[lane].shift() : undefined;
      if (!next) continue;
      this.running[lane] += 1; // before it runs, so that no other call takes its place
      next();
    }
  }
}
