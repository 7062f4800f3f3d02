import { beijingStamp } from '../beijing-time.js';
import { SimulatorClock } from '../clock.js';
import { SeededRandom } from '../random.js';
import { RateWindow } from '../state/rate-window.js';
import { Behaviours } from '../state/behaviours.js';

interface IssuedToken {
  readonly token: string;
  expiresAt: number;
  /** When it stops working: when it expires, or earlier when another token replaced it. */
  endsAt: number;
}

export type TokenOrErrcode = { token: string; expiresInSeconds: number } | { errcode: number };

const TOKEN_TTL_MS = 7_200_000;
const FIVE_MINUTES_MS = 300_000;
const DAY_MS = 86_400_000;
const MAX_STABLE_PER_MINUTE = 10_000;
const MAX_STABLE_PER_DAY = 500_000;
const MIN_FORCED_INTERVAL_MS = 30_000;
const QUOTA_REACHED = { errcode: 45009 };

/**
 * The access tokens of one appid. The tokens of the two calls are independent: neither call ends the tokens of the
 * other.
 */
export class AppAccessTokens {
  private readonly issued = new Map<string, IssuedToken>();
  private plainToken: IssuedToken | undefined;
  private stableToken: IssuedToken | undefined;
  private forcedAt = -Infinity;
  private day = { stamp: '', plain: 0, stable: 0, forced: 0 };
  private readonly stableCalls: RateWindow;

  constructor(
    private readonly clock: SimulatorClock,
    private readonly random: SeededRandom,
    private readonly behaviours: Behaviours,
  ) {
    this.stableCalls = new RateWindow(clock, 60_000);
  }

  /** Issues a new token at each call; the previous one stays valid for five more minutes. */
  issuePlain(): TokenOrErrcode {
    const today = this.today();
    if (today.plain >= this.behaviours.current.plainTokensPerDay) return QUOTA_REACHED;
    today.plain += 1;
    if (this.plainToken) revokeAt(this.plainToken, this.now() + FIVE_MINUTES_MS);
    this.plainToken = this.issue();
    return this.toResult(this.plainToken);
  }

  /**
   * Returns the same token until five minutes before it expires. With `isForced` it issues a new one, and the previous
   * one ends at once.
   */
  issueStable(isForced: boolean): TokenOrErrcode {
    const today = this.today();
    if (today.stable >= MAX_STABLE_PER_DAY || !this.stableCalls.tryAdd(MAX_STABLE_PER_MINUTE)) return QUOTA_REACHED;
    today.stable += 1;
    if (isForced && !this.tryForcedRefresh()) return QUOTA_REACHED;
    const present = this.stableToken;
    if (!isForced && present && present.endsAt - this.now() > FIVE_MINUTES_MS) return this.toResult(present);
    if (isForced && present) revokeAt(present, this.now());
    this.stableToken = this.issue();
    return this.toResult(this.stableToken);
  }

  /** True when the token was issued for this appid, even if it has ended. */
  hasIssued(token: string): boolean {
    return this.issued.has(token);
  }

  /** The errcode that refuses a call with this token; undefined when the token is valid. */
  errcodeFor(token: string): number | undefined {
    const known = this.issued.get(token);
    if (known === undefined) return 40001;
    if (known.endsAt > this.now()) return undefined;
    return known.expiresAt <= this.now() ? 42001 : 40001;
  }

  /** Ends all tokens: as if replaced (40001) or as if expired (42001). */
  revokeAll(errcode: 40001 | 42001): void {
    for (const token of this.issued.values()) {
      revokeAt(token, this.now());
      if (errcode === 42001) token.expiresAt = token.endsAt;
    }
  }

  private tryForcedRefresh(): boolean {
    const today = this.today();
    if (this.now() - this.forcedAt < MIN_FORCED_INTERVAL_MS) return false;
    if (today.forced >= this.behaviours.current.forcedTokensPerDay) return false;
    today.forced += 1;
    this.forcedAt = this.now();
    return true;
  }

  private issue(): IssuedToken {
    const now = this.now();
    for (const { token, expiresAt } of this.issued.values()) if (expiresAt < now - DAY_MS) this.issued.delete(token);
    const expiresAt = now + TOKEN_TTL_MS;
    const token = { token: `${this.random.digits(2)}_${this.random.alphanumeric(150)}`, expiresAt, endsAt: expiresAt };
    this.issued.set(token.token, token);
    return token;
  }

  private toResult({ token, expiresAt }: IssuedToken): TokenOrErrcode {
    return { token, expiresInSeconds: Math.floor((expiresAt - this.now()) / 1000) };
  }

  private today(): { plain: number; stable: number; forced: number } {
    const stamp = beijingStamp(this.clock.now()).slice(0, 8);
    if (this.day.stamp !== stamp) this.day = { stamp, plain: 0, stable: 0, forced: 0 };
    return this.day;
  }

  private now(): number {
    return this.clock.now().getTime();
  }
}

function revokeAt(token: IssuedToken, moment: number): void {
  token.endsAt = Math.min(token.endsAt, moment);
}
