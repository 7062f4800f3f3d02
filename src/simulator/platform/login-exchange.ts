import { Injectable } from '@nestjs/common';
import { SeededRandom } from '../random.js';
import { SimulatorSettings } from '../simulator-settings.js';
import { UserBook } from '../state/user-book.js';
import { LoginCodes } from './login-codes.js';

export interface SessionAnswer {
  errcode?: number;
  errmsg?: string;
  openid?: string;
  session_key?: string;
  unionid?: string;
}

const ERROR_TEXTS: Readonly<Record<number, string>> = {
  [-1]: 'system error',
  40002: 'invalid grant_type',
  40013: 'invalid appid',
  40029: 'invalid code',
  40125: 'invalid appsecret',
  40163: 'code been used',
  40226: 'code blocked',
  41002: 'appid missing',
  41004: 'appsecret missing',
  41008: 'missing code',
  45011: 'api minute-quota reach limit, must slower, retry next minute',
};

/** Turns a js_code into an openid, once. */
@Injectable()
export class LoginExchange {
  constructor(
    private readonly settings: SimulatorSettings,
    private readonly codes: LoginCodes,
    private readonly users: UserBook,
    private readonly random: SeededRandom,
  ) {}

  sessionOf(query: URLSearchParams): SessionAnswer {
    const complaint = this.complaintAbout(query);
    if (complaint !== undefined) return this.failure(complaint);
    const told = this.codes.exchange(query.get('js_code') ?? '');
    if ('errcode' in told) return this.failure(told.errcode);
    const unionid = this.users.find(told.openid)?.unionid;
    const session_key = Buffer.from(this.random.hex(32), 'hex').toString('base64');
    return { session_key, openid: told.openid, ...(unionid === undefined ? {} : { unionid }) };
  }

  failure(errcode: number, text = ERROR_TEXTS[errcode] ?? 'error'): SessionAnswer {
    const rid = [8, 8, 8].map((length) => this.random.hex(length)).join('-');
    return { errcode, errmsg: `${text}, rid: ${rid}` };
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
