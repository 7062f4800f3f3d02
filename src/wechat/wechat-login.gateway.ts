/** The user of a login code. `unionid` only exists for mini-programs bound to an open-platform account. */
export interface WechatIdentity {
  openid: string;
  unionid: string | null;
}

/** The login API of the mini-program platform. */
export abstract class WechatLoginGateway {
  /**
   * Exchanges a code of `wx.login`. The session_key in the answer is dropped, because this service does not need it.
   * @throws DomainError WECHAT_CODE_INVALID, WECHAT_USER_BLOCKED, WECHAT_RATE_LIMITED or WECHAT_UNAVAILABLE. A code can be
   * used once, so the client always retries with a new one.
   */
  abstract exchangeLoginCode(code: string): Promise<WechatIdentity>;
}
