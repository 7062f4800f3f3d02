/**
 * WeChat's own host names of the calls and pages that the simulator serves. Its TLS certificate is valid for them, and
 * they are the only ones that its proxy connects. `wx.tenpay.com` has the page behind an mweb_url or h5_url.
 */
export const WECHAT_HOSTS: readonly string[] = [
  'api.mch.weixin.qq.com',
  'api2.mch.weixin.qq.com',
  'apihk.mch.weixin.qq.com',
  'fraud.mch.weixin.qq.com',
  'api.wechatpay.cn',
  'api2.wechatpay.cn',
  'api.weixin.qq.com',
  'wx.tenpay.com',
];
