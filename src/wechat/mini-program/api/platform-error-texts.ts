import type { ErrorTexts } from '../../../common/error-text.js';

/** The `errcode` of the platform's calls, for staff. */
export const PLATFORM_ERROR_TEXTS: ErrorTexts = {
  10060001: { en: 'WeChat cannot find this payment (yet)', zh: '微信（暂时）查不到这笔支付' },
  10060003: { en: 'The only correction (re-ship) has been used', zh: '重新发货机会已用完' },
  10060004: {
    en: 'The order can no longer be shipped: refunded, confirmed or settled',
    zh: '订单已不可发货：已退款、已确认收货或已结算',
  },
  10060005: { en: 'The delivery method is wrong', zh: '发货方式有误' },
  10060031: { en: 'The payment belongs to another buyer', zh: '支付单不属于该买家' },
  268485226: { en: 'The tracking number is missing', zh: '缺少快递单号' },
  268485227: { en: 'The carrier is missing', zh: '缺少快递公司' },
  40097: {
    en: 'WeChat refuses one of the values: check carrier, number and phone number',
    zh: '微信不接受其中某项，请检查快递公司、单号和电话',
  },
  40001: { en: 'WeChat does not accept the access token', zh: '微信不接受访问凭证' },
  40013: { en: 'WeChat has no such AppID', zh: '微信不认识该 AppID' },
  40014: { en: 'WeChat does not accept the access token', zh: '微信不接受访问凭证' },
  40125: { en: 'WeChat does not accept the AppSecret', zh: '微信不接受 AppSecret' },
  40164: {
    en: "The server's IP address is not on the mini-program's whitelist",
    zh: '服务器 IP 不在小程序的 IP 白名单中',
  },
  42001: { en: 'The access token has expired', zh: '访问凭证已过期' },
  44990: { en: 'Too many requests', zh: '请求过于频繁' },
  45009: { en: 'The daily call quota is used up', zh: '当日调用次数已用完' },
  45011: { en: 'Too many requests', zh: '请求过于频繁' },
};
