/** Who a login code belongs to. `unionid` only for mini-programs bound to an open-platform account. */
export interface WechatIdentity {
  openid: string;
  unionid: string | null;
}

/** What the login APIs of the mini-program platform say to us. */
export abstract class WechatLoginGateway {
  /**
   * Exchanges a code of `wx.login`. The session_key that comes along is dropped at once: nothing here needs it.
   * @throws DomainError WECHAT_CODE_INVALID, WECHAT_USER_BLOCKED, WECHAT_RATE_LIMITED or WECHAT_UNAVAILABLE; a code is
   * single use, so the remedy is always a new code.
   */
  abstract exchangeLoginCode(code: string): Promise<WechatIdentity>;
}
