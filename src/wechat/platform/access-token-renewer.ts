import { setTimeout as pause } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { Clock } from '../../common/clock.js';
import { Settings } from '../../config/settings.js';
import type {
  AccessTokenStore,
  AccessTokenLease,
  AccessTokenSnapshot,
  StoredAccessToken,
} from '../access-token-store.js';
import type { Refused, Unknown } from '../outcome.js';
import { remedyFor } from './platform-refusals.js';
import { unknownOutcome } from './platform-http.client.js';
import { type FetchedToken, AccessTokenClient } from './access-token.client.js';

export type AccessTokenResult = { kind: 'done'; value: StoredAccessToken } | Refused | Unknown;

interface FetchResult {
  answer: FetchedToken | Refused | Unknown;
  forcedAt: Date | null;
}

/**
 * Seconds before the end of a token at which the next one is got, at random between the two. `stable_token` gives a new
 * one only in the last five minutes.
 */
const EARLIEST_RENEWAL_SECONDS = 240;
const LATEST_RENEWAL_SECONDS = 60;
/** WeChat's tokens live two hours. */
const MAX_PLAUSIBLE_TTL_SECONDS = 86_400;
/** When the next one could not be got and this one still works: seconds until the next try. */
export const RETRY_DELAY_SECONDS = 10;
/** WeChat lets a token be forced 20 times a day: with this gap never more often. */
const MIN_FORCED_INTERVAL_SECONDS = 75 * 60;
/**
 * In plain mode each new token costs one of about 2000 a day. One that is refused within five minutes was not ended by
 * another system, so asking for the next at once would only spend them.
 */
const MIN_PLAIN_INTERVAL_SECONDS = 60;
const REFUSED_AGAIN: Refused = {
  ...{ kind: 'refused', code: '40001', message: 'a token that was got a moment ago is refused too' },
  ...{ action: 'WAIT', raw: '' },
};
/** Two calls, a normal and a forced one, and some air for the database. */
const MAX_CALLS = 2;
const CONNECT_TIMEOUT_SECONDS = 2;
const LEASE_MARGIN_SECONDS = 5;
const POLL_INTERVAL_MS = 50;

/** Gets the next token, once for all instances: whoever has the lease asks WeChat, the others wait for the shelf. */
export class AccessTokenRenewer {
  private readonly log = new Logger('AccessTokens');
  private readonly leaseSeconds: number;

  constructor(
    settings: Settings,
    private readonly clock: Clock,
    private readonly store: AccessTokenStore,
    private readonly client: AccessTokenClient,
  ) {
    this.leaseSeconds = MAX_CALLS * (settings.WECHAT_TIMEOUT_SECONDS + CONNECT_TIMEOUT_SECONDS) + LEASE_MARGIN_SECONDS;
  }

  /** A token with a serial above this one, from the shelf or from WeChat. 0: any. */
  async getNewerThan(serial: number): Promise<AccessTokenResult> {
    const giveUpAt = performance.now() + this.leaseSeconds * 1000;
    for (;;) {
      const seen = await this.store.get();
      const usable = this.usableIn(seen, serial);
      if (usable && usable.renewAt > this.clock.now()) return { kind: 'done', value: usable };
      const lease = await this.store.claim(seen, this.clock.secondsFromNow(this.leaseSeconds));
      if (lease) return this.renew(lease, seen, usable, serial);
      if (usable) return { kind: 'done', value: usable }; // somebody else is getting the next one
      if (performance.now() > giveUpAt)
        return unknownOutcome('access_token: another instance has not come back with one');
      await pause(POLL_INTERVAL_MS);
    }
  }

  private usableIn({ token }: AccessTokenSnapshot, serial: number): StoredAccessToken | null {
    return token && token.serial > serial && this.isPlausibleFuture(token.expiresAt) ? token : null;
  }

  private async renew(
    lease: AccessTokenLease,
    seen: AccessTokenSnapshot,
    usable: StoredAccessToken | null,
    refused: number,
  ): Promise<AccessTokenResult> {
    const wasRefused = refused > 0 && refused === seen.token?.serial;
    if (wasRefused) this.logEarlyExpiry(seen.token);
    try {
      const beganAt = this.clock.now();
      const { answer, forcedAt } = await this.fetch(seen, wasRefused);
      if (answer.kind === 'done') {
        const token = toStoredToken(answer, lease, beganAt);
        const isOurs = await this.store.save(lease, token, forcedAt);
        return isOurs ? { kind: 'done', value: token } : await this.getNewerThan(refused);
      }
      this.logFailure(answer);
      await this.store.release(lease);
      return usable
        ? { kind: 'done', value: { ...usable, renewAt: this.clock.secondsFromNow(RETRY_DELAY_SECONDS) } }
        : answer;
    } catch (error) {
      await this.store.release(lease).catch(() => undefined); // it lapses
      throw error;
    }
  }

  private async fetch(seen: AccessTokenSnapshot, wasRefused: boolean): Promise<FetchResult> {
    if (!wasRefused) return { answer: await this.client.fetch(), forcedAt: seen.forcedAt };
    return this.client.account.mode === 'plain'
      ? this.fetchPlainAfterRefusal(seen)
      : this.fetchStableAfterRefusal(seen);
  }

  private async fetchPlainAfterRefusal({ forcedAt }: AccessTokenSnapshot): Promise<FetchResult> {
    if (!this.isLongAgo(forcedAt, MIN_PLAIN_INTERVAL_SECONDS)) return { answer: REFUSED_AGAIN, forcedAt };
    return { answer: await this.client.fetch(), forcedAt: this.clock.now() };
  }

  /** `stable_token` gives the present token again. Only when that is the refused one is there reason to force another. */
  private async fetchStableAfterRefusal({ token, forcedAt }: AccessTokenSnapshot): Promise<FetchResult> {
    const answer = await this.client.fetch();
    const isSame = answer.kind === 'done' && answer.token === token?.token;
    if (!isSame || !this.isLongAgo(forcedAt, MIN_FORCED_INTERVAL_SECONDS)) return { answer, forcedAt };
    const forced = await this.client.fetch(true);
    if (forced.kind !== 'done') this.logFailure(forced);
    return { answer: forced.kind === 'done' ? forced : answer, forcedAt: this.clock.now() };
  }

  private isLongAgo(moment: Date | null, seconds: number): boolean {
    return (
      moment === null ||
      moment <= this.clock.secondsFromNow(-seconds) ||
      moment > this.clock.secondsFromNow(MAX_PLAUSIBLE_TTL_SECONDS)
    );
  }

  /** Dates that are further away than any token lives were written while a clock was wrong. */
  private isPlausibleFuture(moment: Date): boolean {
    return moment > this.clock.now() && moment <= this.clock.secondsFromNow(MAX_PLAUSIBLE_TTL_SECONDS);
  }

  private logEarlyExpiry(token: StoredAccessToken | null): void {
    if (token === null || token.expiresAt <= this.clock.now()) return;
    const seconds = Math.round((token.expiresAt.getTime() - this.clock.now().getTime()) / 1000);
    const isPlain = this.client.account.mode === 'plain';
    const hint = 'another system fetches tokens for this AppID, and each ends the others: use stable in all of them';
    this.log.warn(
      `WeChat takes our access token no more, ${seconds} s before its time${isPlain ? `: ${hint}` : ''}. A new one is got`,
    );
  }

  private logFailure(failure: Refused | Unknown): void {
    if (failure.kind === 'unknown') this.log.warn(`No access token yet: ${failure.reason}`);
    else {
      const { code, message } = failure;
      this.log.error(`WeChat refuses an access token with errcode ${code} (${message}): ${remedyFor(code)}`);
    }
  }
}

/** @param beganAt before the question: the life that WeChat tells began no earlier than that. */
function toStoredToken(
  { token, ttlSeconds: livesSeconds }: FetchedToken,
  { serial }: AccessTokenLease,
  beganAt: Date,
): StoredAccessToken {
  const wanted = LATEST_RENEWAL_SECONDS + Math.random() * (EARLIEST_RENEWAL_SECONDS - LATEST_RENEWAL_SECONDS);
  const early = Math.min(wanted, livesSeconds / 2);
  const after = (seconds: number): Date => new Date(beganAt.getTime() + Math.floor(seconds * 1000));
  return { token, serial, renewAt: after(livesSeconds - early), expiresAt: after(livesSeconds) };
}
