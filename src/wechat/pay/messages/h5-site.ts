import type { Settings } from '../../../config/settings.js';

/** The website of payments in a mobile browser. */
export interface H5Site {
  url: string;
  name: string;
  /** The page after the payment; undefined: the page that opened WeChat's page. */
  redirectUrl: string | undefined;
}

export function h5SiteOf({ wechat, PUBLIC_BASE_URL, SHOP_NAME }: Settings): H5Site {
  return {
    url: wechat.WECHAT_H5_WAP_URL ?? new URL(PUBLIC_BASE_URL).origin,
    name: wechat.WECHAT_H5_WAP_NAME ?? SHOP_NAME,
    redirectUrl: wechat.WECHAT_H5_REDIRECT_URL,
  };
}

/**
 * WeChat's page returns to the calling page, or to the address that is appended here.
 * Source: docs/wechat-protocol.md, v2 §2 and v3 §2.5.
 */
export function withRedirectUrl(pageUrl: string, { redirectUrl }: H5Site): string {
  return redirectUrl === undefined ? pageUrl : `${pageUrl}&redirect_url=${encodeURIComponent(redirectUrl)}`;
}
