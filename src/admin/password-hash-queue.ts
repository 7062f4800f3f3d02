import { DomainError } from '../common/domain-error.js';

/** `KNOWN`: a network with an earlier successful login, or a staff member who is logged in. `UNKNOWN`: any other caller. */
export type CallerTrust = 'KNOWN' | 'UNKNOWN';

/** The argon2 library uses libuv's four threads, which DNS lookups need too: logins must leave some of them free. */
const MAX_CONCURRENT = 2;
/** Leaves a CPU for WeChat's notices and a thread for known callers during a flood of logins. */
const MAX_CONCURRENT_UNKNOWN = 1;
/** Waiting callers of each kind. Further callers are refused at once. */
const MAX_QUEUE_LENGTH = 20;
const RETRY_AFTER_SECONDS = 5;

/** Limits concurrent password hashing. Known callers go first; unknown callers have a queue of their own. */
export class PasswordHashQueue {
  private readonly waiting: Record<CallerTrust, (() => void)[]> = { KNOWN: [], UNKNOWN: [] };
  private readonly running: Record<CallerTrust, number> = { KNOWN: 0, UNKNOWN: 0 };

  /** @throws DomainError TOO_MANY_ATTEMPTS when the queue is full. */
  async run<T>(trust: CallerTrust, work: () => Promise<T>): Promise<T> {
    if (this.hasCapacity(trust)) this.running[trust] += 1;
    else await this.enqueue(trust);
    try {
      return await work();
    } finally {
      this.running[trust] -= 1;
      this.startNext();
    }
  }

  private hasCapacity(trust: CallerTrust): boolean {
    if (this.running.KNOWN + this.running.UNKNOWN >= MAX_CONCURRENT) return false;
    return trust === 'KNOWN' || this.running.UNKNOWN < MAX_CONCURRENT_UNKNOWN;
  }

  private async enqueue(trust: CallerTrust): Promise<void> {
    const queue = this.waiting[trust];
    if (queue.length >= MAX_QUEUE_LENGTH)
      throw new DomainError('TOO_MANY_ATTEMPTS', { retryAfterSeconds: RETRY_AFTER_SECONDS });
    await new Promise<void>((resolve) => queue.push(resolve));
  }

  private startNext(): void {
    for (const trust of ['KNOWN', 'UNKNOWN'] as const) {
      const next = this.hasCapacity(trust) ? this.waiting[trust].shift() : undefined;
      if (!next) continue;
      this.running[trust] += 1; // before it runs, so that no other call takes the slot
      next();
    }
  }
}
