/** A telephone number as WeChat knows it. */
export interface PhoneNumber {
  /** Without `+`, such as `86`. */
  countryCode: string;
  /** Without the country's code. */
  number: string;
}

/** What WeChat says of the telephone numbers that people give to the mini-program. */
export abstract class WechatPhoneGateway {
  /**
   * Exchanges a code of the `getPhoneNumber` button, which is none of `wx.login`: single use, five minutes.
   * @throws DomainError WECHAT_CODE_INVALID, WECHAT_USER_BLOCKED, WECHAT_RATE_LIMITED or WECHAT_UNAVAILABLE; after the
   * last the code may be used up, so the remedy is always a new one.
   */
  abstract exchangeCode(code: string): Promise<PhoneNumber>;
}
