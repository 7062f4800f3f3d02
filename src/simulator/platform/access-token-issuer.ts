import { Injectable } from '@nestjs/common';
import { SimulatorSettings } from '../simulator-settings.js';
import { MerchantAccount } from '../state/merchant-account.js';
import { IssuedTokenStore } from './issued-token-store.js';
import { AppAccessTokens, TokenOrErrcode } from './app-access-tokens.js';
import { JsonBody } from './json-body.js';
import { PlatformFailure, PlatformFailureFactory } from './platform-failure-factory.js';

type TokenResponse = PlatformFailure | { access_token: string; expires_in: number };

/** Who may have a token, and which one. */
@Injectable()
export class AccessTokenIssuer {
  constructor(
    private readonly settings: SimulatorSettings,
    private readonly tokens: IssuedTokenStore,
    private readonly failures: PlatformFailureFactory,
    private readonly merchant: MerchantAccount,
  ) {}

  /** @param address the caller's IP */
  issuePlain(method: string, query: URLSearchParams, address: string): TokenResponse {
    if (method !== 'GET') return this.failures.create(43001);
    const account = this.accountOf((name) => query.get(name), address);
    return 'errcode' in account ? account : this.toResponse(account.plain());
  }

  issueStable(method: string, body: JsonBody | undefined, address: string): TokenResponse {
    if (method !== 'POST') return this.failures.create(43002);
    if (body === undefined) return this.failures.create(47001);
    const account = this.accountOf((name) => body[name], address);
    const isForced = body['force_refresh'] === true;
    return 'errcode' in account ? account : this.toResponse(account.stable(isForced));
  }

  /** Whose token it will be, or why nobody's. */
  private accountOf(given: (name: string) => unknown, address: string): AppAccessTokens | PlatformFailure {
    const named = given('appid');
    const appid = typeof named === 'string' ? named : '';
    const complaint = this.errcodeFor(given, appid);
    if (complaint !== undefined) return this.failures.create(complaint);
    const { ipWhitelist } = this.merchant;
    if (ipWhitelist === undefined || ipWhitelist.includes(address)) return this.tokens.forAppid(appid);
    return this.failures.create(40164, `invalid ip ${address} ipv6 ::ffff:${address}, not in whitelist`);
  }

  private errcodeFor(given: (name: string) => unknown, appid: string): number | undefined {
    if (given('grant_type') !== 'client_credential') return 40002;
    if (appid === '') return 41002;
    if (!given('secret')) return 41004;
    const secret = this.settings.secretOf(appid);
    if (secret === undefined) return 40013;
    return given('secret') === secret ? undefined : 40125;
  }

  private toResponse(told: TokenOrErrcode): TokenResponse {
    if ('errcode' in told) return this.failures.create(told.errcode);
    return { access_token: told.token, expires_in: told.livesSeconds };
  }
}
