import { Injectable } from '@nestjs/common';
import { SimulatorSettings } from '../simulator-settings.js';
import { AccessTokenBook, TokenOrErrcode } from './access-token-book.js';
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
  ) {}

  plain(method: string, query: URLSearchParams): TokenAnswer {
    if (method !== 'GET') return this.failures.of(43001);
    const complaint = this.complaintAbout((name) => query.get(name));
    return this.answer(complaint === undefined ? this.book.plain() : { errcode: complaint });
  }

  stable(method: string, body: JsonBody | undefined): TokenAnswer {
    if (method !== 'POST') return this.failures.of(43002);
    if (body === undefined) return this.failures.of(47001);
    const complaint = this.complaintAbout((name) => body[name]);
    const isForced = body['force_refresh'] === true;
    return this.answer(complaint === undefined ? this.book.stable(isForced) : { errcode: complaint });
  }

  private complaintAbout(given: (name: string) => unknown): number | undefined {
    const { appid, secret } = this.settings.merchant;
    if (given('grant_type') !== 'client_credential') return 40002;
    if (!given('appid')) return 41002;
    if (!given('secret')) return 41004;
    if (given('appid') !== appid) return 40013;
    return given('secret') === secret ? undefined : 40125;
  }

  private answer(told: TokenOrErrcode): TokenAnswer {
    if ('errcode' in told) return this.failures.of(told.errcode);
    return { access_token: told.token, expires_in: told.livesSeconds };
  }
}
