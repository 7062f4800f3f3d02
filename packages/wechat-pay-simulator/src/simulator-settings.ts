import type { BehaviourSettings } from './state/behaviour-settings.js';

/** The merchant's identity at WeChat. The names are WeChat's own where WeChat has one. */
export interface MerchantIdentity {
  appid: string;
  /** AppSecret of the mini-program, for the login and for access tokens. */
  secret: string;
  /** The merchant's mobile app on the open platform, bound to the same mch_id; may be the mini-program's appid. */
  mobile_appid: string;
  /** Used only when `mobile_appid` differs from `appid`. */
  mobile_secret: string;
  /** Further mini-programs and official accounts, bound to the same mch_id. Payments only: no login, no access token. */
  extra_appids?: readonly string[];
  mch_id: string;
  /** The v2 API key: 32 characters that sign every message and are never sent. */
  key: string;
  /** The APIv3 key: 32 letters and digits that decrypt notices and platform certificates. */
  api_v3_key: string;
  /** The merchant's number in v1 (the 2014 app protocol); default: the mch_id. */
  partner?: string;
  /** The v1 PartnerKey, for MD5. */
  partner_key: string;
  /** The v1 PaySignKey, for SHA1: 128 characters, called appkey in the string that is signed. */
  pay_sign_key: string;
}

/** An invented identity, so that no account is needed to start. It is public: never use it for anything real. */
export const DEMO_MERCHANT: Readonly<MerchantIdentity> = {
  appid: 'wx8888888888888888',
  secret: '5d1c8f0e2b7a4963a0f1e2d3c4b5a697',
  mobile_appid: 'wx7777777777777777',
  mobile_secret: '7a6b5c4d3e2f10987f6e5d4c3b2a1908',
  mch_id: '1900000109',
  key: 'a1b2c3d4e5f60718293a4b5c6d7e8f90',
  api_v3_key: 'SimulatorApiV3Key0DoNotUseIt0001',
  partner_key: '0f1e2d3c4b5a69788796a5b4c3d2e1f0',
  pay_sign_key: 'V1PaySignKeyDemo'.repeat(8),
};

/** A payer who exists from the start, so that an order can be tried by hand without a login. */
export const DEMO_OPENID = 'oDemo5pQ0x7Rk2Jw9YtVb3Lz8NcA';

/** What stays the same while a simulator runs. `Behaviours` holds what can be changed. */
export class SimulatorSettings {
  /** Scheme, host and port of the simulator for browsers, set when it listens. */
  publicOrigin = 'http://127.0.0.1:3001';
  /** The secret of the mini-program and the mobile app. */
  private readonly secrets: ReadonlyMap<string, string>;

  constructor(
    readonly merchant: Readonly<MerchantIdentity>,
    readonly seed: number,
    readonly isQuiet: boolean,
    /** Behaviours that differ from the defaults at the start and after a reset. */
    readonly behaviours: Readonly<Partial<BehaviourSettings>> = {},
  ) {
    const { appid, secret, mobile_appid, mobile_secret } = merchant;
    this.secrets = new Map([
      [mobile_appid, mobile_secret],
      [appid, secret], // one and the same app has the mini-program's secret
    ]);
  }

  get partner(): string {
    return this.merchant.partner ?? this.merchant.mch_id;
  }

  get extraAppids(): readonly string[] {
    return this.merchant.extra_appids ?? [];
  }

  /** True for trades on the bills of the mch_id. Those of v1 have their own bills if the v1 number is another one. */
  isBilled({ protocol }: { readonly protocol: string }): boolean {
    return protocol !== 'v1' || this.partner === this.merchant.mch_id;
  }

  /** True for an appid that is bound to the merchant. */
  isMerchantAppid(appid: string): boolean {
    return this.secrets.has(appid) || this.extraAppids.includes(appid);
  }

  /** Undefined for an appid that is not bound to the merchant, or has no secret here. */
  secretOf(appid: string): string | undefined {
    return this.secrets.get(appid);
  }
}

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** Removes undefined properties: request classes hold `undefined` for every field that was omitted. */
export function omitUndefined<T extends object>(source: T): Defined<T> {
  return Object.fromEntries(Object.entries(source).filter(([, value]) => value !== undefined)) as Defined<T>;
}
