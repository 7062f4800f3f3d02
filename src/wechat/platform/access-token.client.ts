import type { Refused, Unknown } from '../outcome.js';
import type { TokenAccount } from '../token-account.js';
import { type JsonObject, PlatformHttpClient, unknownOutcome } from './platform-http.client.js';

/** What WeChat gave, with the seconds that it still lives. */
export interface FetchedToken {
  kind: 'done';
  token: string;
  ttlSeconds: number;
}

const MAX_TOKEN_LENGTH = 2048;
const MAX_TTL_SECONDS = 7200;

/** The two calls that give an account its access token. The raw answers are dropped at once: they hold it. */
export class AccessTokenClient {
  constructor(
    readonly account: TokenAccount,
    private readonly http: PlatformHttpClient,
  ) {}

  /** @param isForced makes a new one where WeChat would give the present one again; `plain` mode always does. */
  async fetch(isForced = false): Promise<FetchedToken | Refused | Unknown> {
    const outcome = await (this.account.mode === 'stable' ? this.fetchStable(isForced) : this.fetchPlain());
    if (outcome.kind === 'unknown') return { ...outcome, raw: null };
    if (outcome.kind === 'refused') return { ...outcome, raw: '' };
    return parseToken(outcome.value) ?? unknownOutcome('access_token: none in the answer');
  }

  /** POST /cgi-bin/stable_token. */
  private fetchStable(isForced: boolean) {
    const { appid, secret } = this.account;
    const body = { grant_type: 'client_credential', appid, secret, ...(isForced && { force_refresh: true }) };
    return this.http.call({ endpoint: 'stable_token', method: 'POST', path: '/cgi-bin/stable_token', body });
  }

  /** GET /cgi-bin/token: ends the token before this one, after five minutes in which both work. */
  private fetchPlain() {
    const { appid, secret } = this.account;
    const query = { grant_type: 'client_credential', appid, secret };
    return this.http.call({ endpoint: 'token', method: 'GET', path: '/cgi-bin/token', query });
  }
}

function parseToken({ access_token: token, expires_in: life }: JsonObject): FetchedToken | null {
  if (typeof token !== 'string' || token === '' || token.length > MAX_TOKEN_LENGTH) return null;
  if (typeof life !== 'number' || !Number.isInteger(life) || life <= 0) return null;
  return { kind: 'done', token, ttlSeconds: Math.min(life, MAX_TTL_SECONDS) };
}
