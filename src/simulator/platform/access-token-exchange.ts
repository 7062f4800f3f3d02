import { Injectable } from '@nestjs/common';
import { SimulatorSettings } from '../simulator-settings.js';
import { MerchantAccount } from '../state/merchant-account.js';
import { AccessTokenBook } from './access-token-book.js';
import { AccountTokens, TokenOrErrcode } from './account-tokens.js';
import { JsonBody } from './json-body.js';
import { PlatformFailure, PlatformFailures } from './platform-failures.js';

type TokenAnswer = PlatformFailure | { access_token: string; expires_in: number };

/** Who may have a token, and which one. */
@Injectable()
export class AccessTokenExchange {
  constructor(
    private readonly settings: SimulatorSettings,
    private readonly book: AccessTokenBook,
    private readonly failures: PlatformFailures,
    private readonly merchant: MerchantAccount,
  ) {}

  /** @param address the caller's IP */
  plain(method: string, query: URLSearchParams, address: string): TokenAnswer {
    if (method !== 'GET') return this.failures.of(43001);
    const account = this.accountOf((name) => query.get(name), address);
    return 'errcode' in account ? account : this.answer(account.plain());
  }

  stable(method: string, body: JsonBody | undefined, address: string): TokenAnswer {
    if (method !== 'POST') return this.failures.of(43002);
    if (body === undefined) return this.failures.of(47001);
    const account = this.accountOf((name) => body[name], address);
    const isForced = body['force_refresh'] === true;
    return 'errcode' in account ? account : this.answer(account.stable(isForced));
  }

  /** Whose token it will be, or why nobody's. */
  private accountOf(given: (name: string) => unknown, address: string): AccountTokens | PlatformFailure {
    const named = given('appid');
    const appid = typeof named === 'string' ? named : '';
    const complaint = this.complaintAbout(given, appid);
    if (complaint !== undefined) return this.failures.of(complaint);
    const { ipWhitelist } = this.merchant;
    if (ipWhitelist === undefined || ipWhitelist.includes(address)) return this.book.of(appid);
    return this.failures.of(40164, `invalid ip ${address} ipv6 ::ffff:${address}, not in whitelist`);
  }

  private complaintAbout(given: (name: string) => unknown, appid: string): number | undefined {
    if (given('grant_type') !== 'client_credential') return 40002;
    if (appid === '') return 41002;
    if (!given('secret')) return 41004;
    const secret = this.settings.secretOf(appid);
    if (secret === undefined) return 40013;
    return given('secret') === secret ? undefined : 40125;
  }

  private answer(told: TokenOrErrcode): TokenAnswer {
    if ('errcode' in told) return this.failures.of(told.errcode);
    return { access_token: told.token, expires_in: told.livesSeconds };
  }
}
