/** Who the merchant is at WeChat. The names are WeChat's own. */
export interface MerchantIdentity {
  appid: string;
  /** AppSecret of the mini-program; only the login needs it. */
  secret: string;
  mch_id: string;
  /** The v2 API key: 32 characters that sign every message and are never sent. */
  key: string;
}

/** An invented identity, so that nobody needs an account to begin. It is public: never use it for anything real. */
export const DEMO_MERCHANT: Readonly<MerchantIdentity> = {
  appid: 'wx8888888888888888',
  secret: '5d1c8f0e2b7a4963a0f1e2d3c4b5a697',
  mch_id: '1900000109',
  key: 'a1b2c3d4e5f60718293a4b5c6d7e8f90',
};

/** A payer who exists from the start, so that an order can be tried by hand without a login first. */
export const DEMO_OPENID = 'oDemo5pQ0x7Rk2Jw9YtVb3Lz8NcA';

/** What stays the same while a simulator runs; what can be changed is in `Behaviours`. */
export class SimulatorSettings {
  constructor(
    readonly merchant: Readonly<MerchantIdentity>,
    readonly seed: number,
    readonly isQuiet: boolean,
  ) {}
}
