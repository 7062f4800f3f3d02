import { Injectable } from '@nestjs/common';
import { SeededRandom } from '../random.js';

export interface PlatformFailure {
  errcode: number;
  errmsg: string;
}

const TEXTS: Readonly<Record<number, string>> = {
  [-1]: 'system error',
  40001: 'invalid credential, access_token is invalid or not latest',
  40002: 'invalid grant_type',
  40013: 'invalid appid',
  40014: 'invalid access_token',
  40029: 'invalid code',
  40125: 'invalid appsecret',
  40163: 'code been used',
  40164: 'invalid ip 203.0.113.9 ipv6 ::ffff:203.0.113.9, not in whitelist',
  40226: 'code blocked',
  41001: 'access_token missing',
  41002: 'appid missing',
  41004: 'appsecret missing',
  41008: 'missing code',
  42001: 'access_token expired',
  43001: 'require GET method',
  43002: 'require POST method',
  45009: 'reach max api daily quota limit',
  45011: 'api minute-quota reach limit, must slower, retry next minute',
  47001: 'data format error',
};

/** How the platform says no: HTTP 200, an errcode, a text, and the number of the request. */
@Injectable()
export class PlatformFailures {
  constructor(private readonly random: SeededRandom) {}

  of(errcode: number, text = TEXTS[errcode] ?? 'error'): PlatformFailure {
    const rid = [8, 8, 8].map((length) => this.random.hex(length)).join('-');
    return { errcode, errmsg: `${text}, rid: ${rid}` };
  }
}
