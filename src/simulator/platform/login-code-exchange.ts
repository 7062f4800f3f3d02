import { Injectable } from '@nestjs/common';
import { SeededRandom } from '../random.js';
import { SimulatorSettings } from '../simulator-settings.js';
import { UserStore } from '../state/user-store.js';
import { LoginCodeStore } from './login-code-store.js';
import { PlatformFailureFactory } from './platform-failure-factory.js';

export interface SessionResponse {
  errcode?: number;
  errmsg?: string;
  openid?: string;
  session_key?: string;
  unionid?: string;
}

/** Exchanges a js_code for an openid, once. */
@Injectable()
export class LoginCodeExchange {
  constructor(
    private readonly settings: SimulatorSettings,
    private readonly codes: LoginCodeStore,
    private readonly users: UserStore,
    private readonly failures: PlatformFailureFactory,
    private readonly random: SeededRandom,
  ) {}

  exchange(query: URLSearchParams): SessionResponse {
    const errcode = this.errcodeFor(query);
    if (errcode !== undefined) return this.failures.create(errcode);
    const exchanged = this.codes.exchange(query.get('js_code') ?? '');
    if ('errcode' in exchanged) return this.failures.create(exchanged.errcode);
    const unionid = this.users.find(exchanged.openid)?.unionid;
    const session_key = Buffer.from(this.random.hex(32), 'hex').toString('base64');
    return { session_key, openid: exchanged.openid, ...(unionid === undefined ? {} : { unionid }) };
  }

  private errcodeFor(query: URLSearchParams): number | undefined {
    const { appid, secret } = this.settings.merchant;
    if (!query.get('appid')) return 41002;
    if (!query.get('secret')) return 41004;
    if (!query.get('js_code')) return 41008;
    if (query.get('grant_type') !== 'authorization_code') return 40002;
    if (query.get('appid') !== appid) return 40013;
    if (query.get('secret') !== secret) return 40125;
    return undefined;
  }
}
