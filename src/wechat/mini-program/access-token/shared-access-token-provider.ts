import { Clock } from '../../../common/time/clock.js';
import type { StoredAccessToken } from './access-token-store.js';
import { AccessTokenProvider } from './access-token-provider.js';
import type { Outcome, Refused } from '../../pay/outcome.js';
import { isTokenRefusal } from '../api/platform-refusals.js';
import { type AccessTokenResult, RETRY_DELAY_SECONDS, AccessTokenRenewer } from './access-token-renewer.js';

/** One token for all instances. Each caches it in memory, and one at a time renews it. */
export class SharedAccessTokenProvider extends AccessTokenProvider {
  private cached: StoredAccessToken | null = null;
  /** Callers that arrive during a request wait for its result. */
  private pendingFetch: Promise<AccessTokenResult> | null = null;
  /** A recent refusal by WeChat. It is reused for a short time, so that many callers do not cause as many requests. */
  private recentRefusal: { refused: Refused; until: Date } | null = null;

  constructor(
    private readonly clock: Clock,
    private readonly renewer: AccessTokenRenewer,
  ) {
    super();
  }

  override async withToken<T>(call: (accessToken: string) => Promise<Outcome<T>>): Promise<Outcome<T>> {
    const first = await this.getNewerThan(0);
    if (first.kind !== 'done') return first;
    const outcome = await call(first.value.token);
    if (outcome.kind !== 'refused' || !isTokenRefusal(outcome.code)) return outcome;
    const second = await this.getNewerThan(first.value.serial);
    if (second.kind !== 'done') return second;
    const repeated = await call(second.value.token);
    return repeated.kind === 'refused' && isTokenRefusal(repeated.code) ? asRetryLater(repeated) : repeated;
  }

  private async getNewerThan(serial: number): Promise<AccessTokenResult> {
    for (;;) {
      const now = this.clock.now();
      if (this.cached && this.cached.serial > serial && this.cached.renewAt > now)
        return { kind: 'done', value: this.cached };
      if (this.recentRefusal && this.recentRefusal.until > now) return this.recentRefusal.refused;
      this.pendingFetch ??= this.fetchNewerThan(serial);
      const got = await this.pendingFetch;
      // A request started by a caller with an older token may return the token that WeChat refused here.
      if (got.kind !== 'done' || got.value.serial > serial) return got;
    }
  }

  private async fetchNewerThan(serial: number): Promise<AccessTokenResult> {
    try {
      const got = await this.renewer.getNewerThan(serial);
      if (got.kind === 'done') this.cached = got.value;
      if (got.kind !== 'refused') return got;
      const refused = asRetryLater(got);
      this.recentRefusal = { refused, until: this.clock.secondsFromNow(RETRY_DELAY_SECONDS) };
      return refused;
    } finally {
      this.pendingFetch = null;
    }
  }
}

/** The token failed, so the call itself was not made and may succeed later. */
function asRetryLater(refused: Refused): Refused {
  return { ...refused, action: 'RETRY_LATER' };
}
