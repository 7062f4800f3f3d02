import { Clock } from '../../common/clock.js';
import type { ShelvedToken } from '../access-token-shelf.js';
import { AccessTokens } from '../access-tokens.js';
import type { Outcome, Refused } from '../outcome.js';
import { isAboutToken } from './platform-refusals.js';
import { type Got, HOLD_OFF_SECONDS, TokenRenewal } from './token-renewal.js';

/** One token for all instances, kept in memory by each, and got anew by one at a time. */
export class SharedAccessTokens extends AccessTokens {
  private held: ShelvedToken | null = null;
  /** Who comes while somebody asks waits for the same answer. */
  private flight: Promise<Got> | null = null;
  /** WeChat has said no: a moment's silence, so that a hundred callers are not a hundred more questions. */
  private refusal: { refused: Refused; until: Date } | null = null;

  constructor(
    private readonly clock: Clock,
    private readonly renewal: TokenRenewal,
  ) {
    super();
  }

  override async withToken<T>(call: (accessToken: string) => Promise<Outcome<T>>): Promise<Outcome<T>> {
    const first = await this.newerThan(0);
    if (first.kind !== 'done') return first;
    const outcome = await call(first.value.token);
    if (outcome.kind !== 'refused' || !isAboutToken(outcome.code)) return outcome;
    const second = await this.newerThan(first.value.serial);
    if (second.kind !== 'done') return second;
    const repeated = await call(second.value.token);
    return repeated.kind === 'refused' && isAboutToken(repeated.code) ? waiting(repeated) : repeated;
  }

  private async newerThan(serial: number): Promise<Got> {
    for (;;) {
      const now = this.clock.now();
      if (this.held && this.held.serial > serial && this.held.renewAt > now) return { kind: 'done', value: this.held };
      if (this.refusal && this.refusal.until > now) return this.refusal.refused;
      this.flight ??= this.fly(serial);
      const got = await this.flight;
      // A flight begun by somebody with an older token may end with the one that was refused to us.
      if (got.kind !== 'done' || got.value.serial > serial) return got;
    }
  }

  private async fly(serial: number): Promise<Got> {
    try {
      const got = await this.renewal.newerThan(serial);
      if (got.kind === 'done') this.held = got.value;
      if (got.kind !== 'refused') return got;
      const refused = waiting(got);
      this.refusal = { refused, until: this.clock.in(HOLD_OFF_SECONDS) };
      return refused;
    } finally {
      this.flight = null;
    }
  }
}

/** Whatever is wrong with the token, the call itself was never made, and may succeed later. */
function waiting(refused: Refused): Refused {
  return { ...refused, action: 'WAIT' };
}
