import type { Refused, Unknown } from '../outcome.js';
import type { TokenAccount } from '../token-account.js';
import { type JsonObject, PlatformWire, unknown } from './platform-wire.js';

/** What WeChat gave, with the seconds that it still lives. */
export interface FreshToken {
  kind: 'done';
  token: string;
  livesSeconds: number;
}

const TOKEN_LIMIT = 2048;
const LONGEST_LIFE_SECONDS = 7200;

/** The two calls that give an account its access token. The raw answers are dropped at once: they hold it. */
export class TokenCalls {
  constructor(
    readonly account: TokenAccount,
    private readonly wire: PlatformWire,
  ) {}

  /** @param isForced makes a new one where WeChat would give the present one again; `plain` mode always does. */
  async fetch(isForced = false): Promise<FreshToken | Refused | Unknown> {
    const outcome = await (this.account.mode === 'stable' ? this.stable(isForced) : this.plain());
    if (outcome.kind === 'unknown') return { ...outcome, raw: null };
    if (outcome.kind === 'refused') return { ...outcome, raw: '' };
    return tokenIn(outcome.value) ?? unknown('access_token: none in the answer');
  }

  /** POST /cgi-bin/stable_token. */
  private stable(isForced: boolean) {
    const { appid, secret } = this.account;
    const body = { grant_type: 'client_credential', appid, secret, ...(isForced && { force_refresh: true }) };
    return this.wire.call({ endpoint: 'stable_token', method: 'POST', path: '/cgi-bin/stable_token', body });
  }

  /** GET /cgi-bin/token: ends the token before this one, after five minutes in which both work. */
  private plain() {
    const { appid, secret } = this.account;
    const query = { grant_type: 'client_credential', appid, secret };
    return this.wire.call({ endpoint: 'token', method: 'GET', path: '/cgi-bin/token', query });
  }
}

function tokenIn({ access_token: token, expires_in: life }: JsonObject): FreshToken | null {
  if (typeof token !== 'string' || token === '' || token.length > TOKEN_LIMIT) return null;
  if (typeof life !== 'number' || !Number.isInteger(life) || life <= 0) return null;
  return { kind: 'done', token, livesSeconds: Math.min(life, LONGEST_LIFE_SECONDS) };
}
