import { Injectable } from '@nestjs/common';
import { SimulatorSettings } from '../simulator-settings.js';
import { MerchantAccount } from '../book/merchant-account.js';
import { IssuedTokenStore } from './issued-token-store.js';
import { AppAccessTokens, TokenOrErrcode } from './app-access-tokens.js';
import { JsonBody } from './platform-request-handler.js';
import { PlatformFailure, PlatformFailureFactory } from './platform-failure-factory.js';

type TokenResponse = PlatformFailure | { access_token: string; expires_in: number };

/** Checks requests for access tokens and issues the tokens. */
@Injectable()
export class AccessTokenIssuer {
  constructor(
    private readonly settings: SimulatorSettings,
    private readonly tokens: IssuedTokenStore,
    private readonly failures: PlatformFailureFactory,
    private readonly merchant: MerchantAccount,
  ) {}

  /** @param address the caller's IP address */
  issuePlain(method: string, query: URLSearchParams, address: string): TokenResponse {
    if (method !== 'GET') return this.failures.create(43001);
    const tokens = this.findTokens((name) => query.get(name), address);
    return 'errcode' in tokens ? tokens : this.toResponse(tokens.issuePlain());
  }

  issueStable(method: string, body: JsonBody | undefined, address: string): TokenResponse {
    if (method !== 'POST') return this.failures.create(43002);
    if (body === undefined) return this.failures.create(47001);
    const tokens = this.findTokens((name) => body[name], address);
    const isForced = body['force_refresh'] === true;
    return 'errcode' in tokens ? tokens : this.toResponse(tokens.issueStable(isForced));
  }

  /** The tokens of the requested appid, or the failure that refuses the request. */
  private findTokens(valueOf: (name: string) => unknown, address: string): AppAccessTokens | PlatformFailure {
    const requested = valueOf('appid');
    const appid = typeof requested === 'string' ? requested : '';
    const errcode = this.errcodeFor(valueOf, appid);
    if (errcode !== undefined) return this.failures.create(errcode);
    const { ipWhitelist } = this.merchant;
    if (ipWhitelist === undefined || ipWhitelist.includes(address)) return this.tokens.forAppid(appid);
    return this.failures.create(40164, `invalid ip ${address} ipv6 ::ffff:${address}, not in whitelist`);
  }

  private errcodeFor(valueOf: (name: string) => unknown, appid: string): number | undefined {
    if (valueOf('grant_type') !== 'client_credential') return 40002;
    if (appid === '') return 41002;
    if (!valueOf('secret')) return 41004;
    const secret = this.settings.secretOf(appid);
    if (secret === undefined) return 40013;
    return valueOf('secret') === secret ? undefined : 40125;
  }

  private toResponse(issued: TokenOrErrcode): TokenResponse {
    if ('errcode' in issued) return this.failures.create(issued.errcode);
    return { access_token: issued.token, expires_in: issued.expiresInSeconds };
  }
}
