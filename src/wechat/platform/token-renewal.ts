import { setTimeout as pause } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { Clock } from '../../common/clock.js';
import { Settings } from '../../config/settings.js';
import type { AccessTokenShelf, ShelfLease, ShelfView, ShelvedToken } from '../access-token-shelf.js';
import type { Refused, Unknown } from '../outcome.js';
import { remedyFor } from './platform-refusals.js';
import { unknown } from './platform-wire.js';
import { type FreshToken, TokenCalls } from './token-calls.js';

export type Got = { kind: 'done'; value: ShelvedToken } | Refused | Unknown;

interface Asked {
  answer: FreshToken | Refused | Unknown;
  forcedAt: Date | null;
}

/**
 * Seconds before the end of a token at which the next one is got, at random between the two. `stable_token` gives a new
 * one only in the last five minutes.
 */
const EARLIEST_SECONDS = 240;
const LATEST_SECONDS = 60;
/** WeChat's tokens live two hours. */
const LONGEST_LIFE_SECONDS = 86_400;
/** When the next one could not be got and this one still works: seconds until the next try. */
export const HOLD_OFF_SECONDS = 10;
/** WeChat lets a token be forced 20 times a day: with this gap never more often. */
const FORCE_GAP_SECONDS = 75 * 60;
/**
 * In plain mode each new token costs one of about 2000 a day. One that is refused within five minutes was not ended by
 * another system, so asking for the next at once would only spend them.
 */
const PLAIN_GAP_SECONDS = 60;
const REFUSED_AGAIN: Refused = {
  ...{ kind: 'refused', code: '40001', message: 'a token that was got a moment ago is refused too' },
  ...{ action: 'WAIT', raw: '' },
};
/** Two calls, a normal and a forced one, and some air for the database. */
const CALLS = 2;
const CONNECT_SECONDS = 2;
const AIR_SECONDS = 5;
const LOOK_AGAIN_MS = 50;

/** Gets the next token, once for all instances: whoever has the lease asks WeChat, the others wait for the shelf. */
export class TokenRenewal {
  private readonly log = new Logger('AccessTokens');
  private readonly leaseSeconds: number;

  constructor(
    settings: Settings,
    private readonly clock: Clock,
    private readonly shelf: AccessTokenShelf,
    private readonly calls: TokenCalls,
  ) {
    this.leaseSeconds = CALLS * (settings.WECHAT_TIMEOUT_SECONDS + CONNECT_SECONDS) + AIR_SECONDS;
  }

  /** A token with a serial above this one, from the shelf or from WeChat. 0: any. */
  async newerThan(serial: number): Promise<Got> {
    const giveUpAt = performance.now() + this.leaseSeconds * 1000;
    for (;;) {
      const seen = await this.shelf.look();
      const usable = this.usableIn(seen, serial);
      if (usable && usable.renewAt > this.clock.now()) return { kind: 'done', value: usable };
      const lease = await this.shelf.claim(seen, this.clock.in(this.leaseSeconds));
      if (lease) return this.renew(lease, seen, usable, serial);
      if (usable) return { kind: 'done', value: usable }; // somebody else is getting the next one
      if (performance.now() > giveUpAt) return unknown('access_token: another instance has not come back with one');
      await pause(LOOK_AGAIN_MS);
    }
  }

  private usableIn({ token }: ShelfView, serial: number): ShelvedToken | null {
    return token && token.serial > serial && this.isAhead(token.expiresAt) ? token : null;
  }

  private async renew(lease: ShelfLease, seen: ShelfView, usable: ShelvedToken | null, refused: number): Promise<Got> {
    const wasRefused = refused > 0 && refused === seen.token?.serial;
    if (wasRefused) this.tellOfEarlyEnd(seen.token);
    try {
      const beganAt = this.clock.now();
      const { answer, forcedAt } = await this.ask(seen, wasRefused);
      if (answer.kind === 'done') {
        const token = shelved(answer, lease, beganAt);
        const isOurs = await this.shelf.put(lease, token, forcedAt);
        return isOurs ? { kind: 'done', value: token } : await this.newerThan(refused);
      }
      this.complain(answer);
      await this.shelf.release(lease);
      return usable ? { kind: 'done', value: { ...usable, renewAt: this.clock.in(HOLD_OFF_SECONDS) } } : answer;
    } catch (error) {
      await this.shelf.release(lease).catch(() => undefined); // it lapses
      throw error;
    }
  }

  private async ask(seen: ShelfView, wasRefused: boolean): Promise<Asked> {
    if (!wasRefused) return { answer: await this.calls.fetch(), forcedAt: seen.forcedAt };
    return this.calls.account.mode === 'plain' ? this.askPlainAgain(seen) : this.askStableAgain(seen);
  }

  private async askPlainAgain({ forcedAt }: ShelfView): Promise<Asked> {
    if (!this.isLongAgo(forcedAt, PLAIN_GAP_SECONDS)) return { answer: REFUSED_AGAIN, forcedAt };
    return { answer: await this.calls.fetch(), forcedAt: this.clock.now() };
  }

  /** `stable_token` gives the present token again. Only when that is the refused one is there reason to force another. */
  private async askStableAgain({ token, forcedAt }: ShelfView): Promise<Asked> {
    const answer = await this.calls.fetch();
    const isSame = answer.kind === 'done' && answer.token === token?.token;
    if (!isSame || !this.isLongAgo(forcedAt, FORCE_GAP_SECONDS)) return { answer, forcedAt };
    const forced = await this.calls.fetch(true);
    if (forced.kind !== 'done') this.complain(forced);
    return { answer: forced.kind === 'done' ? forced : answer, forcedAt: this.clock.now() };
  }

  private isLongAgo(moment: Date | null, seconds: number): boolean {
    return moment === null || moment <= this.clock.in(-seconds) || moment > this.clock.in(LONGEST_LIFE_SECONDS);
  }

  /** Dates that are further away than any token lives were written while a clock was wrong. */
  private isAhead(moment: Date): boolean {
    return moment > this.clock.now() && moment <= this.clock.in(LONGEST_LIFE_SECONDS);
  }

  private tellOfEarlyEnd(token: ShelvedToken | null): void {
    if (token === null || token.expiresAt <= this.clock.now()) return;
    const seconds = Math.round((token.expiresAt.getTime() - this.clock.now().getTime()) / 1000);
    const isPlain = this.calls.account.mode === 'plain';
    const hint = 'another system fetches tokens for this AppID, and each ends the others: use stable in all of them';
    this.log.warn(
      `WeChat takes our access token no more, ${seconds} s before its time${isPlain ? `: ${hint}` : ''}. A new one is got`,
    );
  }

  private complain(failure: Refused | Unknown): void {
    if (failure.kind === 'unknown') this.log.warn(`No access token yet: ${failure.reason}`);
    else {
      const { code, message } = failure;
      this.log.error(`WeChat refuses an access token with errcode ${code} (${message}): ${remedyFor(code)}`);
    }
  }
}

/** @param beganAt before the question: the life that WeChat tells began no earlier than that. */
function shelved({ token, livesSeconds }: FreshToken, { serial }: ShelfLease, beganAt: Date): ShelvedToken {
  const wanted = LATEST_SECONDS + Math.random() * (EARLIEST_SECONDS - LATEST_SECONDS);
  const early = Math.min(wanted, livesSeconds / 2);
  const after = (seconds: number): Date => new Date(beganAt.getTime() + Math.floor(seconds * 1000));
  return { token, serial, renewAt: after(livesSeconds - early), expiresAt: after(livesSeconds) };
}
