import type { RefusalAction } from '../../pay/outcome.js';

/** WeChat refuses the token, not the call: nothing was done. Source: docs/wechat-protocol.md, v2 §10.2. */
const TOKEN_REFUSAL_CODES: ReadonlySet<string> = new Set(['40001', '42001', '40014']);

/** Refusals that any call may get. A code in neither list is a request or configuration error: FIX_REQUEST. */
const COMMON_ACTIONS: Readonly<Record<string, RefusalAction>> = {
  45009: 'RETRY_LATER',
  45011: 'RETRY_LATER',
  44990: 'RETRY_LATER',
};

interface Explanation {
  /** For API callers, English and Chinese: nothing that they could not see from outside. */
  detail: readonly [en: string, zh: string];
  /** For the log. */
  remedy: string;
}

const EXPLANATIONS: Readonly<Record<string, Explanation>> = {
  40164: {
    detail: [
      "WeChat refuses this server: its IP address is not in the mini-program's IP allowlist. The merchant has to add it.",
      '微信拒绝了本服务器：其 IP 不在小程序的 IP 白名单中，请商家添加。',
    ],
    remedy: 'add the address that WeChat names here in 小程序后台 → 开发管理 → 开发设置 → IP 白名单',
  },
  45009: {
    detail: [
      "The mini-program's daily quota of calls to WeChat is used up. It is reset at midnight Beijing time.",
      '小程序调用微信接口的当日次数已用完，北京时间零点后恢复。',
    ],
    remedy:
      'the quota is used up until midnight Beijing time (小程序后台 → 开发管理 → 接口设置). Check whether another system fetches tokens for this AppID; WECHAT_ACCESS_TOKEN_MODE=stable has the larger quota',
  },
  40013: {
    detail: ['WeChat does not recognize the AppID of this shop.', '微信不认识该商家的 AppID。'],
    remedy: 'check WECHAT_APP_ID (for an app with protocol v1: WECHAT_MOBILE_APP_ID)',
  },
  40125: {
    detail: ['WeChat does not accept the AppSecret of this shop.', '微信未接受该商家的 AppSecret。'],
    remedy:
      'check WECHAT_APP_SECRET (for an app with protocol v1: WECHAT_MOBILE_APP_SECRET); 重置 AppSecret 后要同步修改',
  },
};

export function isTokenRefusal(code: string): boolean {
  return TOKEN_REFUSAL_CODES.has(code);
}

export function platformActionFor(
  code: string,
  ofThisCall: Readonly<Record<string, RefusalAction>> = {},
): RefusalAction {
  return ofThisCall[code] ?? COMMON_ACTIONS[code] ?? 'FIX_REQUEST';
}

/** The error detail for refusals that the caller cannot resolve, where one exists. */
export function detailFor(code: string): readonly [en: string, zh: string] | undefined {
  return EXPLANATIONS[code]?.detail;
}

/** What the operator should do about it. */
export function remedyFor(code: string): string {
  return (
    EXPLANATIONS[code]?.remedy ?? 'see https://developers.weixin.qq.com/miniprogram/dev/framework/ for the errcode'
  );
}

/** Removes this server's IP address from WeChat's text, for API callers. The log keeps it. */
export function withoutIpAddresses(message: string): string {
  return message.replaceAll(/(?:\d{1,3}\.){3}\d{1,3}|(?:[0-9a-f]{0,4}:){2,}[0-9a-f.:]*/gi, '…');
}
