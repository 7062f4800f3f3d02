import { Injectable } from '@nestjs/common';
import { Clock } from '../common/clock.js';
import { networkOf } from '../common/client-address.js';
import { DomainError } from '../common/domain-error.js';
import type { Lane } from './password-lanes.js';

const WINDOW_MS = 15 * 60_000;
/** A network without a good login lately may fail this often in the window, under all names together. */
const MAX_STRANGER_FAILURES = 30;
/** An office behind one address has many people, and may be more forgetful. */
const MAX_KNOWN_FAILURES = 300;
/** Failures of one name, from all networks, after which strangers' guesses at it are spaced. */
const FREE_FAILURES_OF_NAME = 20;
const NAME_SPACING_MS = 10_000;
/** Logins of strangers under way: of one network, and of all together. */
const MAX_UNDER_WAY_OF_NETWORK = 8;
const MAX_UNDER_WAY = 20;
const KNOWN_FOR_MS = 30 * 86_400_000;
/** Networks and names that are remembered; the oldest are forgotten first. */
const MAX_KEPT = 10_000;
const BUSY_MS = 5000;

/**
 * The first look at a login, in the memory of this instance: it costs neither the database nor a password. A flood of
 * guesses ends here, by the /64 network of its addresses and by the name that it guesses at. Networks with a good login
 * of before have a lane of their own, so that a flood from elsewhere does not keep them out.
 */
@Injectable()
export class LoginGate {
  private readonly failuresOfNetwork = new Map<string, number[]>();
  private readonly failuresOfName = new Map<string, number[]>();
  private readonly knownUntil = new Map<string, number>();
  private readonly underWay = new Map<string, number>();
  private strangersUnderWay = 0;

  constructor(private readonly clock: Clock) {}

  /**
   * Lets a login through, as `work` in its lane, or refuses it.
   * @throws DomainError TOO_MANY_ATTEMPTS, the same for names that exist and for others.
   */
  async pass<T>(ip: string, username: string, work: (lane: Lane) => Promise<T>): Promise<T> {
    const network = networkOf(ip);
    const lane: Lane = (this.knownUntil.get(network) ?? 0) > this.now() ? 'KNOWN' : 'STRANGER';
    this.checkFailures(network, lane, username.toLowerCase());
    if (lane === 'KNOWN') return work(lane);
    this.checkUnderWay(network);
    this.count(network, 1);
    try {
      return await work(lane);
    } finally {
      this.count(network, -1);
    }
  }

  noteSuccess(ip: string): void {
    keep(this.knownUntil, networkOf(ip), this.now() + KNOWN_FOR_MS);
  }

  noteFailure(ip: string, username: string): void {
    const [network, name, now] = [networkOf(ip), username.toLowerCase(), this.now()];
    keep(this.failuresOfNetwork, network, [...this.recent(this.failuresOfNetwork, network), now]);
    keep(this.failuresOfName, name, [...this.recent(this.failuresOfName, name), now]);
  }

  private checkFailures(network: string, lane: Lane, name: string): void {
    const failures = this.recent(this.failuresOfNetwork, network);
    const most = lane === 'KNOWN' ? MAX_KNOWN_FAILURES : MAX_STRANGER_FAILURES;
    const now = this.now();
    if (failures.length >= most) throw tooMany((failures.at(-most) ?? now) + WINDOW_MS - now);
    const guesses = this.recent(this.failuresOfName, name);
    const freeAt = (guesses.at(-1) ?? 0) + NAME_SPACING_MS;
    if (lane === 'STRANGER' && guesses.length >= FREE_FAILURES_OF_NAME && freeAt > now) throw tooMany(freeAt - now);
  }

  private checkUnderWay(network: string): void {
    const ofNetwork = this.underWay.get(network) ?? 0;
    if (ofNetwork >= MAX_UNDER_WAY_OF_NETWORK || this.strangersUnderWay >= MAX_UNDER_WAY) throw tooMany(BUSY_MS);
  }

  private count(network: string, change: 1 | -1): void {
    this.strangersUnderWay += change;
    const left = (this.underWay.get(network) ?? 0) + change;
    if (left > 0) this.underWay.set(network, left);
    else this.underWay.delete(network);
  }

  /** At most as many as any limit compares. */
  private recent(failures: Map<string, number[]>, key: string): number[] {
    const since = this.now() - WINDOW_MS;
    return (failures.get(key) ?? []).filter((at) => at > since).slice(-MAX_KNOWN_FAILURES);
  }

  private now(): number {
    return this.clock.now().getTime();
  }
}

/** Puts the key last, and forgets the first when there are too many. */
function keep<T>(map: Map<string, T>, key: string, value: T): void {
  map.delete(key);
  map.set(key, value);
  const oldest = map.keys().next().value;
  if (map.size > MAX_KEPT && oldest !== undefined) map.delete(oldest);
}

function tooMany(waitMs: number): DomainError {
  return new DomainError('TOO_MANY_ATTEMPTS', { retryAfterSeconds: Math.max(1, Math.ceil(waitMs / 1000)) });
}
