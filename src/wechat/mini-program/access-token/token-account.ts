import type { Settings } from '../../../config/settings.js';

/**
 * An account with access tokens, a mini-program or an app, and how its tokens are requested.
 * Source: docs/wechat-protocol.md, v2 §10.2.
 */
export interface TokenAccount {
  readonly appid: string;
  readonly secret: string;
  /** `stable`: `/cgi-bin/stable_token` · `plain`: the older `/cgi-bin/token`, where each call replaces the token. */
  readonly mode: 'stable' | 'plain';
}

export function miniProgramAccount({ wechat }: Settings): TokenAccount {
  const { WECHAT_APP_ID: appid, WECHAT_APP_SECRET: secret, WECHAT_ACCESS_TOKEN_MODE: mode } = wechat;
  return { appid, secret, mode };
}
