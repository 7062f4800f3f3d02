import { Injectable } from '@nestjs/common';
import { SeededRandom } from '../random.js';
import { SimulatorSettings } from '../simulator-settings.js';
import { UserBook } from '../state/user-book.js';
import { LoginCodes } from './login-codes.js';
import { PlatformFailures } from './platform-failures.js';

export interface SessionAnswer {
  errcode?: number;
  errmsg?: string;
  openid?: string;
  session_key?: string;
  unionid?: string;
}

/** Turns a js_code into an openid, once. */
@Injectable()
export class LoginExchange {
  constructor(
    private readonly settings: SimulatorSettings,
    private readonly codes: LoginCodes,
    private readonly users: UserBook,
    private readonly failures: PlatformFailures,
    private readonly random: SeededRandom,
  ) {}

  sessionOf(query: URLSearchParams): SessionAnswer {
    const complaint = this.complaintAbout(query);
    if (complaint !== undefined) return this.failures.of(complaint);
    const told = this.codes.exchange(query.get('js_code') ?? '');
    if ('errcode' in told) return this.failures.of(told.errcode);
    const unionid = this.users.find(told.openid)?.unionid;
    const session_key = Buffer.from(this.random.hex(32), 'hex').toString('base64');
    return { session_key, openid: told.openid, ...(unionid === undefined ? {} : { unionid }) };
  }

  private complaintAbout(query: URLSearchParams): number | undefined {
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
