import { setTimeout as pause } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { Clock } from '../../../common/time/clock.js';
import { Settings } from '../../../config/settings.js';
import type {
  AccessTokenStore,
  AccessTokenLease,
  AccessTokenSnapshot,
  StoredAccessToken,
} from './access-token-store.js';
import { maxCallDurationMs } from '../../max-call-duration.js';
import type { Refused, Unknown } from '../../pay/outcome.js';
import { remedyFor } from '../api/platform-refusals.js';
import { unknownOutcome } from '../api/platform-http.client.js';
import { type FetchedToken, AccessTokenClient } from './access-token.client.js';

export type AccessTokenResult = { kind: 'done'; value: StoredAccessToken } | Refused | Unknown;

interface FetchResult {
  answer: FetchedToken | Refused | Unknown;
  forcedAt: Date | null;
}

/**
 * Seconds before a token expires at which the next one is requested, at random between these two. `stable_token`
 * returns a new token only in the last five minutes.
 */
const EARLIEST_RENEWAL_SECONDS = 240;
const LATEST_RENEWAL_SECONDS = 60;
/** Seconds. WeChat's tokens are valid for two hours; a time further away than this is wrong. */
const MAX_PLAUSIBLE_TTL_SECONDS = 86_400;
/** Seconds until the next attempt after a failed renewal, while the current token is still valid. */
export const RETRY_DELAY_SECONDS = 10;
/** Seconds. WeChat allows 20 forced refreshes a day; this interval never exceeds that. */
const MIN_FORCED_INTERVAL_SECONDS = 75 * 60;
/**
 * Seconds. In plain mode each new token uses one of about 2000 calls a day. WeChat keeps the previous token valid for
 * five minutes, so a rejection right after a renewal has another cause: no further request within this interval.
 */
const MIN_PLAIN_INTERVAL_SECONDS = 60;
const REFUSED_AGAIN: Refused = {
  kind: 'refused',
  code: '40001',
  message: 'a token that was just issued is rejected too',
  action: 'RETRY_LATER',
  raw: '',
};
/** The lease covers two calls, a normal and a forced one, and a margin for the database. */
const MAX_CALLS = 2;
const LEASE_MARGIN_SECONDS = 5;
const POLL_INTERVAL_MS = 50;

/**
 * Requests the next token once for all instances: the instance with the lease calls WeChat, the others poll the store.
 */
export class AccessTokenRenewer {
  private readonly log = new Logger('AccessTokens');
  private readonly leaseSeconds: number;

  constructor(
    settings: Settings,
    private readonly clock: Clock,
    private readonly store: AccessTokenStore,
    private readonly client: AccessTokenClient,
  ) {
    this.leaseSeconds = maxCallDurationMs(settings, MAX_CALLS, LEASE_MARGIN_SECONDS) / 1000;
  }

  /** Returns a token with a serial above `serial`, from the store or from WeChat. 0 accepts any token. */
  async getNewerThan(serial: number): Promise<AccessTokenResult> {
    const giveUpAt = performance.now() + this.leaseSeconds * 1000;
    for (;;) {
      const seen = await this.store.get();
      const usable = this.usableIn(seen, serial);
      if (usable && usable.renewAt > this.clock.now()) return { kind: 'done', value: usable };
      const lease = await this.store.claim(seen, this.clock.secondsFromNow(this.leaseSeconds));
      if (lease) return this.renew(lease, seen, usable, serial);
      if (usable) return { kind: 'done', value: usable }; // another instance is requesting the next one
      if (performance.now() > giveUpAt)
        return unknownOutcome('access_token: another instance has not delivered a new one in time');
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
      await this.store.release(lease).catch(() => undefined); // the lease expires by itself
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

  /** `stable_token` may return the current token again. A refresh is forced only if that is the rejected one. */
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

  /** A time further away than any token's validity was written by an instance with a wrong clock. */
  private isPlausibleFuture(moment: Date): boolean {
    return moment > this.clock.now() && moment <= this.clock.secondsFromNow(MAX_PLAUSIBLE_TTL_SECONDS);
  }

  private logEarlyExpiry(token: StoredAccessToken | null): void {
    if (token === null || token.expiresAt <= this.clock.now()) return;
    const seconds = Math.round((token.expiresAt.getTime() - this.clock.now().getTime()) / 1000);
    const isPlain = this.client.account.mode === 'plain';
    const hint =
      'another system fetches tokens for this AppID, and each new token ends the previous one: use stable mode in all of them';
    this.log.warn(
      `WeChat refused the access token ${seconds} s before it expired${isPlain ? `: ${hint}` : ''}. Requesting a new one`,
    );
  }

  private logFailure(failure: Refused | Unknown): void {
    if (failure.kind === 'unknown') this.log.warn(`No access token yet: ${failure.reason}`);
    else {
      const { code, message } = failure;
      this.log.error(`WeChat refused an access token with errcode ${code} (${message}): ${remedyFor(code)}`);
    }
  }
}

/** @param beganAt the time before the request: the validity period that WeChat reports begins no earlier. */
function toStoredToken(
  { token, ttlSeconds }: FetchedToken,
  { serial }: AccessTokenLease,
  beganAt: Date,
): StoredAccessToken {
  const renewalSeconds = LATEST_RENEWAL_SECONDS + Math.random() * (EARLIEST_RENEWAL_SECONDS - LATEST_RENEWAL_SECONDS);
  const early = Math.min(renewalSeconds, ttlSeconds / 2);
  const after = (seconds: number): Date => new Date(beganAt.getTime() + Math.floor(seconds * 1000));
  return { token, serial, renewAt: after(ttlSeconds - early), expiresAt: after(ttlSeconds) };
}
