import { Injectable } from '@nestjs/common';
import { Clock } from '../common/clock.js';

const ALLOWED = 5;
const WINDOW_MS = 15 * 60_000;
const REMEMBERED = 10_000;

/** Counts failed logins for each name and address, known or not, so that passwords cannot be guessed at leisure. */
@Injectable()
export class LoginFailures {
  private readonly failures = new Map<string, number[]>();
  private readonly lines = new Map<string, Promise<unknown>>();

  constructor(private readonly clock: Clock) {}

  /** One guess after the other for each name: many at once would all look at the limit before the first has failed. */
  async inLine<T>(who: string, guess: () => Promise<T>): Promise<T> {
    const turn = (this.lines.get(who) ?? Promise.resolve()).then(guess);
    const end = turn.catch(() => undefined);
    this.lines.set(who, end);
    try {
      return await turn;
    } finally {
      if (this.lines.get(who) === end) this.lines.delete(who);
    }
  }

  /** Seconds to wait before the next try, or 0. */
  waitSeconds(who: string): number {
    const recent = this.recent(who);
    const oldest = recent[0];
    if (recent.length < ALLOWED || oldest === undefined) return 0;
    return Math.max(1, Math.ceil((oldest + WINDOW_MS - this.clock.now().getTime()) / 1000));
  }

  add(who: string): void {
    const recent = [...this.recent(who), this.clock.now().getTime()].slice(-ALLOWED);
    this.failures.delete(who);
    this.failures.set(who, recent);
    const [longestAgo] = this.failures.keys();
    if (this.failures.size > REMEMBERED && longestAgo !== undefined) this.failures.delete(longestAgo);
  }

  forget(who: string): void {
    this.failures.delete(who);
  }

  private recent(who: string): number[] {
    const since = this.clock.now().getTime() - WINDOW_MS;
    return (this.failures.get(who) ?? []).filter((at) => at > since);
  }
}
