import type { Refused, Unknown } from '../../pay/outcome.js';
import type { TokenAccount } from './token-account.js';
import { type JsonObject, PlatformHttpClient, unknownOutcome } from '../api/platform-http.client.js';

/** A token from WeChat, with the seconds that it remains valid. */
export interface FetchedToken {
  kind: 'done';
  token: string;
  ttlSeconds: number;
}

const MAX_TOKEN_LENGTH = 2048;
const MAX_TTL_SECONDS = 7200;

/** The two calls that issue an account's access token. Raw responses are dropped, because they contain it. */
export class AccessTokenClient {
  constructor(
    readonly account: TokenAccount,
    private readonly http: PlatformHttpClient,
  ) {}

  /** @param isForced requests a new token where WeChat would return the current one again; `plain` mode always does. */
  async fetch(isForced = false): Promise<FetchedToken | Refused | Unknown> {
    const outcome = await (this.account.mode === 'stable' ? this.fetchStable(isForced) : this.fetchPlain());
    if (outcome.kind === 'unknown') return { ...outcome, raw: null };
    if (outcome.kind === 'refused') return { ...outcome, raw: '' };
    return parseToken(outcome.value) ?? unknownOutcome('access_token: missing in the response');
  }

  /** POST /cgi-bin/stable_token. */
  private fetchStable(isForced: boolean) {
    const { appid, secret } = this.account;
    const body = { grant_type: 'client_credential', appid, secret, ...(isForced && { force_refresh: true }) };
    return this.http.call({ endpoint: 'stable_token', method: 'POST', path: '/cgi-bin/stable_token', body });
  }

  /** GET /cgi-bin/token: ends the previous token after five minutes during which both are valid. */
  private fetchPlain() {
    const { appid, secret } = this.account;
    const query = { grant_type: 'client_credential', appid, secret };
    return this.http.call({ endpoint: 'token', method: 'GET', path: '/cgi-bin/token', query });
  }
}

function parseToken({ access_token: token, expires_in: ttlSeconds }: JsonObject): FetchedToken | null {
  if (typeof token !== 'string' || token === '' || token.length > MAX_TOKEN_LENGTH) return null;
  if (typeof ttlSeconds !== 'number' || !Number.isInteger(ttlSeconds) || ttlSeconds <= 0) return null;
  return { kind: 'done', token, ttlSeconds: Math.min(ttlSeconds, MAX_TTL_SECONDS) };
}
