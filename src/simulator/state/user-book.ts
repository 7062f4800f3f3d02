import { Injectable } from '@nestjs/common';
import { SeededRandom } from '../random.js';
import { DEMO_OPENID } from '../simulator-settings.js';
import { given } from './given.js';
import { Resets } from './resets.js';

/** A person with WeChat on the phone, as one mini-program sees them. */
export interface WechatUser {
  /** 28 characters, the same at every login. */
  readonly openid: string;
  /** Only for mini-programs bound to an open-platform account. */
  readonly unionid?: string;
  readonly name: string;
  /** What the wallet holds; undefined never runs out. */
  balanceFen?: number;
}

export interface NewUser {
  openid?: string | undefined;
  unionid?: string | undefined;
  name?: string | undefined;
  balanceFen?: number | undefined;
}

@Injectable()
export class UserBook {
  private readonly users = new Map<string, WechatUser>();

  constructor(
    private readonly random: SeededRandom,
    resets: Resets,
  ) {
    this.start();
    resets.onReset(() => {
      this.start();
    });
  }

  /** An openid that exists already is the same person, with what is given here changed. */
  add(newUser: NewUser): WechatUser {
    const openid = newUser.openid ?? `o${this.random.alphanumeric(27)}`;
    const known = this.users.get(openid);
    const user = { name: `User ${this.users.size + 1}`, ...known, ...given(newUser), openid };
    this.users.set(openid, user);
    return user;
  }

  find(openid: string): WechatUser | undefined {
    return this.users.get(openid);
  }

  /** The person with this openid, who is made when there is none. */
  findOrAdd(openid: string | undefined): WechatUser {
    const known = openid === undefined ? undefined : this.users.get(openid);
    return known ?? this.add({ openid });
  }

  all(): WechatUser[] {
    return [...this.users.values()];
  }

  private start(): void {
    this.users.clear();
    this.add({ openid: DEMO_OPENID, name: 'Demo' });
  }
}
