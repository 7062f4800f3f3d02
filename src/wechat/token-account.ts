import type { Settings } from '../config/settings.js';

/** An account with access tokens, a mini-program or an app, and how its tokens are requested. Source: v2.md §10.2. */
export interface TokenAccount {
  readonly appid: string;
  readonly secret: string;
  readonly mode: 'stable' | 'plain';
}

export function miniProgramAccount(settings: Settings): TokenAccount {
  const { WECHAT_APP_ID: appid, WECHAT_APP_SECRET: secret, WECHAT_ACCESS_TOKEN_MODE: mode } = settings;
  return { appid, secret, mode };
}

/** Apps of the open platform only have the older call. Source: v2.md §11.1. */
export function mobileAppAccount(settings: Settings): TokenAccount {
  const { WECHAT_MOBILE_APP_ID: appid, WECHAT_MOBILE_APP_SECRET: secret } = settings;
  return { appid, secret, mode: 'plain' };
}
