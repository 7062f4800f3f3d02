/** A phone number as WeChat returns it. */
export interface PhoneNumber {
  /** Without `+`, such as `86`. */
  countryCode: string;
  /** Without the country code. */
  number: string;
}

/** Reads the phone numbers that users share with the mini-program. */
export abstract class WechatPhoneGateway {
  /**
   * Exchanges a code of the `getPhoneNumber` button, which differs from a `wx.login` code: single use, valid for five
   * minutes.
   * @throws DomainError WECHAT_CODE_INVALID, WECHAT_USER_BLOCKED, WECHAT_RATE_LIMITED or WECHAT_UNAVAILABLE. After the last
   * one the code may be used up, so the client always retries with a new one.
   */
  abstract exchangeCode(code: string): Promise<PhoneNumber>;
}
