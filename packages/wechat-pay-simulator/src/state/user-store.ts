import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { SeededRandom } from '../random.js';
import { DEMO_OPENID, SimulatorSettings, omitUndefined } from '../simulator-settings.js';
import { ResetRegistry } from './reset-registry.js';

/** A WeChat user, as known to the merchant's apps. */
export interface WechatUser {
  /** Openid under the mini-program's appid. 28 characters, the same at every login. */
  readonly openid: string;
  /** Openid of the same user under the appid of the mobile app. */
  readonly mobileOpenid: string;
  /** Openids of the same user under the further appids of the merchant. */
  readonly extraOpenids: Readonly<Record<string, string>>;
  /** Only for mini-programs bound to an open-platform account. */
  readonly unionid?: string;
  readonly name: string;
  /** Balance of the wallet; undefined: unlimited. */
  balanceFen?: number;
}

export interface NewUser {
  openid?: string | undefined;
  /** By appid; generated for a further appid that is absent. */
  extraOpenids?: Readonly<Record<string, string>> | undefined;
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
    const { appid, mobile_appid } = this.settings.merchant;
    const mobileOpenid = mobile_appid === appid ? openid : derivedOpenid(mobile_appid, openid);
    const derived = this.settings.extraAppids.map((extra) => [extra, derivedOpenid(extra, openid)] as const);
    const extraOpenids = { ...Object.fromEntries(derived), ...known?.extraOpenids, ...newUser.extraOpenids };
    const name = `User ${this.users.size + 1}`;
    const user = { name, ...known, ...omitUndefined(newUser), openid, mobileOpenid, extraOpenids };
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
      : this.all().find((user) => this.openidFor(appid, user) === openid);
  }

  /** @param appid one of the merchant's. */
  openidFor(appid: string, { openid, mobileOpenid, extraOpenids }: WechatUser): string {
    return appid === this.settings.merchant.appid ? openid : (extraOpenids[appid] ?? mobileOpenid);
  }

  /** The user with this openid under any appid. The mini-program's is preferred. */
  findByAnyOpenid(openid: string): WechatUser | undefined {
    const others = [this.settings.merchant.mobile_appid, ...this.settings.extraAppids];
    return (
      this.find(openid) ?? others.map((appid) => this.findByAppid(appid, openid)).find((user) => user !== undefined)
    );
  }

  /** The same, but adds the user when there is none. */
  findOrAdd(openid: string | undefined): WechatUser {
    return (openid === undefined ? undefined : this.findByAnyOpenid(openid)) ?? this.add({ openid });
  }

  all(): WechatUser[] {
    return [...this.users.values()];
  }

  private restoreDefaults(): void {
    this.users.clear();
    this.add({ openid: DEMO_OPENID, name: 'Demo' });
  }
}

/** The same for the same user in every run. It does not reveal the openid that it is derived from. */
function derivedOpenid(appid: string, openid: string): string {
  const hash = createHash('sha256').update(`${appid} ${openid}`).digest('base64url');
  return `o${hash.slice(0, 27)}`;
}
