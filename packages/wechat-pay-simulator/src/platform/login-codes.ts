import { Injectable } from '@nestjs/common';
import { SimulatorClock } from '../clock.js';
import { SeededRandom } from '../random.js';
import { ResetRegistry } from '../state/reset-registry.js';
import { SimulatorSettings } from '../simulator-settings.js';
import { UserStore } from '../state/user-store.js';
import { PlatformFailureFactory } from './platform-failure-factory.js';

/** The code that `wx.login` returns to the mini-program. */
export interface LoginCode {
  readonly code: string;
  readonly openid: string;
  readonly expiresAt: Date;
  /** The errcode with which the exchange of this code is refused. */
  readonly errcode?: number;
  isUsed: boolean;
}

const CODE_TTL_MS = 5 * 60_000;
const MAX_EXCHANGES_PER_MINUTE = 100;

@Injectable()
export class LoginCodeStore {
  private readonly codes = new Map<string, LoginCode>();
  /** Virtual times of each user's exchanges during the last minute. */
  private readonly exchanges = new Map<string, number[]>();

  constructor(
    private readonly clock: SimulatorClock,
    private readonly random: SeededRandom,
    resets: ResetRegistry,
  ) {
    resets.onReset(() => {
      this.codes.clear();
      this.exchanges.clear();
    });
  }

  issue(openid: string, errcode?: number): LoginCode {
    const code = `0${this.random.alphanumeric(31)}`;
    const expiresAt = new Date(this.clock.now().getTime() + CODE_TTL_MS);
    const issued = { code, openid, expiresAt, isUsed: false, ...(errcode === undefined ? {} : { errcode }) };
    this.codes.set(code, issued);
    return issued;
  }

  /** The user of the code, or the errcode that refuses it. A code can be used once. */
  exchange(code: string): { openid: string } | { errcode: number } {
    const known = this.codes.get(code);
    if (known === undefined) return { errcode: 40029 };
    if (known.errcode !== undefined) return { errcode: known.errcode };
    if (known.isUsed) return { errcode: 40163 };
    if (known.expiresAt <= this.clock.now()) return { errcode: 40029 };
    if (!this.isBelowLimit(known.openid)) return { errcode: 45011 };
    known.isUsed = true;
    return { openid: known.openid };
  }

  private isBelowLimit(openid: string): boolean {
    const now = this.clock.now().getTime();
    const recent = (this.exchanges.get(openid) ?? []).filter((at) => at > now - 60_000);
    if (recent.length >= MAX_EXCHANGES_PER_MINUTE) return false;
    this.exchanges.set(openid, [...recent, now]);
    return true;
  }
}

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
