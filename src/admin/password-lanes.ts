import { DomainError } from '../common/domain-error.js';

/** `KNOWN`: from a network with a good login of before, or by a member of staff who is logged in. `STRANGER`: everything else. */
export type Lane = 'KNOWN' | 'STRANGER';

/** The library works on libuv's four threads, which look up names for every connection too: logins must leave some free. */
const MAX_WORKING = 2;
/** A flood of guesses leaves a processor to the notices, and a thread to those who are known. */
const MAX_WORKING_STRANGERS = 1;
/** Beyond this many in a lane, waiting is worse than a refusal. */
const MAX_WAITING = 20;
const BUSY_SECONDS = 5;

/** Takes turns at passwords: who is known goes first, and strangers fill only their own queue. */
export class PasswordLanes {
  private readonly waiting: Record<Lane, (() => void)[]> = { KNOWN: [], STRANGER: [] };
  private readonly working: Record<Lane, number> = { KNOWN: 0, STRANGER: 0 };

  /** @throws DomainError TOO_MANY_ATTEMPTS when too many wait in the lane. */
  async inTurn<T>(lane: Lane, work: () => Promise<T>): Promise<T> {
    if (this.hasRoom(lane)) this.working[lane] += 1;
    else await this.wait(lane);
    try {
      return await work();
    } finally {
      this.working[lane] -= 1;
      this.startNext();
    }
  }

  private hasRoom(lane: Lane): boolean {
    if (this.working.KNOWN + this.working.STRANGER >= MAX_WORKING) return false;
    return lane === 'KNOWN' || this.working.STRANGER < MAX_WORKING_STRANGERS;
  }

  private async wait(lane: Lane): Promise<void> {
    const queue = this.waiting[lane];
    if (queue.length >= MAX_WAITING) throw new DomainError('TOO_MANY_ATTEMPTS', { retryAfterSeconds: BUSY_SECONDS });
    await new Promise<void>((resolve) => queue.push(resolve));
  }

  private startNext(): void {
    for (const lane of ['KNOWN', 'STRANGER'] as const) {
      const next = this.hasRoom(lane) ? this.waiting[lane].shift() : undefined;
      if (!next) continue;
      this.working[lane] += 1; // before it runs, so that no other call takes its place
      next();
    }
  }
}
