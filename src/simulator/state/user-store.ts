import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { SeededRandom } from '../random.js';
import { DEMO_OPENID, SimulatorSettings } from '../simulator-settings.js';
import { omitUndefined } from './omit-undefined.js';
import { ResetRegistry } from './reset-registry.js';

/** A WeChat user, as known to the mini-program and the mobile app. */
export interface WechatUser {
  /** Openid under the mini-program's appid. 28 characters, the same at every login. */
  readonly openid: string;
  /** Openid of the same user under the appid of the mobile app. */
  readonly mobileOpenid: string;
  /** Only for mini-programs bound to an open-platform account. */
  readonly unionid?: string;
  readonly name: string;
  /** Balance of the wallet; undefined: unlimited. */
  balanceFen?: number;
}

export interface NewUser {
  openid?: string | undefined;
  unionid?: string | undefined;
  name?: string | undefined;
  balanceFen?: number | undefined;
}

@Injectable()
export class UserStore {
  private readonly users = new Map<string, WechatUser>();

  constructor(
    private readonly random: SeededRandom,
    private readonly settings: SimulatorSettings,
    resets: ResetRegistry,
  ) {
    this.restoreDefaults();
    resets.onReset(() => {
      this.restoreDefaults();
    });
  }

  /** Adds a user. An existing openid is the same user, changed by the given properties. */
  add(newUser: NewUser): WechatUser {
    const openid = newUser.openid ?? `o${this.random.alphanumeric(27)}`;
    const known = this.users.get(openid);
    const mobileOpenid = this.mobileOpenidOf(openid);
    const user = { name: `User ${this.users.size + 1}`, ...known, ...omitUndefined(newUser), openid, mobileOpenid };
    this.users.set(openid, user);
    return user;
  }

  find(openid: string): WechatUser | undefined {
    return this.users.get(openid);
  }

  /** The user with this openid under this appid. An openid is not valid under another appid. */
  findByAppid(appid: string, openid: string): WechatUser | undefined {
    return appid === this.settings.merchant.appid
      ? this.find(openid)
      : this.all().find(({ mobileOpenid }) => mobileOpenid === openid);
  }

  openidFor(appid: string, { openid, mobileOpenid }: WechatUser): string {
    return appid === this.settings.merchant.appid ? openid : mobileOpenid;
  }

  /** The user with this openid under any appid. */
  findByAnyOpenid(openid: string): WechatUser | undefined {
    return this.find(openid) ?? this.findByAppid(this.settings.merchant.mobile_appid, openid);
  }

  /** The same, but adds the user when there is none. */
  findOrAdd(openid: string | undefined): WechatUser {
    return (openid === undefined ? undefined : this.findByAnyOpenid(openid)) ?? this.add({ openid });
  }

  all(): WechatUser[] {
    return [...this.users.values()];
  }

  /** The same for the same user in every run. It does not reveal the other openid. */
  private mobileOpenidOf(openid: string): string {
    const { appid, mobile_appid } = this.settings.merchant;
    if (mobile_appid === appid) return openid;
    const hash = createHash('sha256').update(`${mobile_appid} ${openid}`).digest('base64url');
    return `o${hash.slice(0, 27)}`;
  }

  private restoreDefaults(): void {
    this.users.clear();
    this.add({ openid: DEMO_OPENID, name: 'Demo' });
  }
}
