import { readFileSync } from 'node:fs';

/** The merchant of every vector: invented, but complete, so that the signatures can be recomputed. */
export const MERCHANT = {
  appid: 'wx8888888888888888',
  mchId: '1900000109',
  key: 'a1b2c3d4e5f60718293a4b5c6d7e8f90',
  openid: 'oDemo5pQ0x7Rk2Jw9YtVb3Lz8NcA',
} as const;

export type SignType = 'MD5' | 'HMAC-SHA256';

/** The messages in this folder, `NAME.xml` each. `signed` is null where WeChat does not sign. */
export const MESSAGES: readonly { name: string; source: string; signed: SignType | null }[] = [
  { name: 'return-code-fail-answer', source: 'WeChat Pay v2, envelope of a response', signed: null },
  { name: 'edge-cases', source: 'WeChat Pay v2, signing', signed: 'MD5' },
  { name: 'edge-cases-hmac', source: 'WeChat Pay v2, signing', signed: 'HMAC-SHA256' },
  { name: 'unifiedorder-request', source: 'WeChat Pay v2, unified order, JSAPI', signed: 'MD5' },
  { name: 'unifiedorder-request-hmac', source: 'WeChat Pay v2, unified order, JSAPI', signed: 'HMAC-SHA256' },
  { name: 'unifiedorder-native-request', source: 'WeChat Pay v2, unified order, NATIVE', signed: 'HMAC-SHA256' },
  { name: 'unifiedorder-answer', source: 'WeChat Pay v2, unified order, JSAPI', signed: 'MD5' },
  { name: 'unifiedorder-answer-hmac', source: 'WeChat Pay v2, unified order, JSAPI', signed: 'HMAC-SHA256' },
  { name: 'unifiedorder-native-answer', source: 'WeChat Pay v2, unified order, NATIVE', signed: 'MD5' },
  { name: 'unifiedorder-mweb-answer', source: 'WeChat Pay v2, unified order, MWEB', signed: 'MD5' },
  { name: 'unifiedorder-number-repeated-answer', source: 'WeChat Pay v2, unified order, errors', signed: 'MD5' },
  { name: 'unifiedorder-order-paid-answer', source: 'WeChat Pay v2, unified order, errors', signed: 'MD5' },
  { name: 'orderquery-request', source: 'WeChat Pay v2, order query', signed: 'MD5' },
  { name: 'orderquery-success-answer', source: 'WeChat Pay v2, order query, SUCCESS with coupon', signed: 'MD5' },
  { name: 'orderquery-notpay-answer', source: 'WeChat Pay v2, order query, NOTPAY', signed: 'MD5' },
  { name: 'orderquery-closed-answer', source: 'WeChat Pay v2, order query, CLOSED', signed: 'MD5' },
  { name: 'orderquery-not-exist-answer', source: 'WeChat Pay v2, order query, errors', signed: 'MD5' },
  { name: 'closeorder-request', source: 'WeChat Pay v2, close order', signed: 'MD5' },
  { name: 'closeorder-answer', source: 'WeChat Pay v2, close order', signed: 'MD5' },
  { name: 'closeorder-order-paid-answer', source: 'WeChat Pay v2, close order, errors', signed: 'MD5' },
  { name: 'payment-notice', source: 'WeChat Pay v2, payment notification with coupon', signed: 'MD5' },
  { name: 'payment-notice-hmac', source: 'WeChat Pay v2, payment notification, minimal', signed: 'HMAC-SHA256' },
  { name: 'refund-request', source: 'WeChat Pay v2, refund', signed: 'HMAC-SHA256' },
  { name: 'refund-answer', source: 'WeChat Pay v2, refund', signed: 'HMAC-SHA256' },
  { name: 'refund-not-enough-answer', source: 'WeChat Pay v2, refund, errors', signed: 'HMAC-SHA256' },
  { name: 'refundquery-request', source: 'WeChat Pay v2, refund query', signed: 'HMAC-SHA256' },
  { name: 'refundquery-answer', source: 'WeChat Pay v2, refund query, two refunds', signed: 'HMAC-SHA256' },
  { name: 'refundquery-not-exist-answer', source: 'WeChat Pay v2, refund query, errors', signed: 'HMAC-SHA256' },
  { name: 'refund-notice', source: 'WeChat Pay v2, refund notification', signed: null },
];

/** `refund-notice` after decryption: a document with `<root>` around its fields. */
export const REFUND_NOTICE = {
  /** MD5 of the merchant's key in lower-case hex, used as 32 ASCII characters. */
  aesKey: '547035c79447718d05d3090e37bb35c3',
  plain: (): string => messageText('refund-notice-plain').trimEnd(),
  plainSha256: '47802aaef296cc0b27ccc5f827c152a9966fc69b380e359685dcd9ef0f2a4e0d',
} as const;

/** Texts to sign that are not XML: WeChat's own samples, and parameters of clients. */
export const SIGNED_STRINGS: readonly { source: string; type: SignType; text: string; key: string; sign: string }[] = [
  {
    source: "WeChat Pay v2, signing, WeChat's sample",
    type: 'MD5',
    text: 'appid=wxd930ea5d5a258f4f&body=test&device_info=1000&mch_id=10000100&nonce_str=ibuaiVcKdpRxkhJA',
    key: '192006250b4c09247ec02edce69f6a2d',
    sign: '9A0A8659F005D6984697E2CA0A9CF3B7',
  },
  {
    source: "WeChat Pay v2, signing, WeChat's sample",
    type: 'HMAC-SHA256',
    text: 'appid=wxd930ea5d5a258f4f&body=test&device_info=1000&mch_id=10000100&nonce_str=ibuaiVcKdpRxkhJA',
    key: '192006250b4c09247ec02edce69f6a2d',
    sign: '6A9AE1657590FD6257D693A078E1C3E4BB6BA4DC30B23E0EE2496E54170DACD6',
  },
  {
    source: "WeChat Pay v2, second signature, WeChat's mini-program sample",
    type: 'MD5',
    text: 'appId=wxd678efh567hg6787&nonceStr=5K8264ILTKCH16CQ2502SI8ZNMTM67VS&package=prepay_id=wx2017033010242291fcfe0db70013231072&signType=MD5&timeStamp=1490840662',
    key: 'qazwsxedcrfvtgbyhnujmikolp111111',
    sign: '22D9B4E54AB1950F51E0649E8810ACD6',
  },
  {
    source: 'WeChat Pay v2, second signature, mini-program',
    type: 'MD5',
    text: 'appId=wx8888888888888888&nonceStr=Wd5kS0pQ7nB2xG9mC4vZ&package=prepay_id=wx20261121120003e1f2a3b4c5d6e7f80912&signType=MD5&timeStamp=1795233604',
    key: MERCHANT.key,
    sign: '6F5A60E26FB571FCFE99C4B15EA1164F',
  },
  {
    source: 'WeChat Pay v2, second signature, mini-program',
    type: 'HMAC-SHA256',
    text: 'appId=wx8888888888888888&nonceStr=Wd5kS0pQ7nB2xG9mC4vZ&package=prepay_id=wx20261121120003e1f2a3b4c5d6e7f80912&signType=HMAC-SHA256&timeStamp=1795233604',
    key: MERCHANT.key,
    sign: '53B0C093614DD99F319EFEC21962858D81EEFC117BC59119796307DFF3A4B4FE',
  },
  {
    source: 'WeChat Pay v2, second signature, APP',
    type: 'MD5',
    text: 'appid=wx8888888888888888&noncestr=Tf8jL3rY6uH1wA5eN0bX&package=Sign=WXPay&partnerid=1900000109&prepayid=wx20261121121000c0ffee00c0ffee00c0ff&timestamp=1795234205',
    key: MERCHANT.key,
    sign: 'DF944B3AB1F38CE5CD20FC08FC8FA888',
  },
  {
    source: 'WeChat Pay v2, second signature, APP',
    type: 'HMAC-SHA256',
    text: 'appid=wx8888888888888888&noncestr=Tf8jL3rY6uH1wA5eN0bX&package=Sign=WXPay&partnerid=1900000109&prepayid=wx20261121121000c0ffee00c0ffee00c0ff&timestamp=1795234205',
    key: MERCHANT.key,
    sign: 'ED2EA4622A755DA9FD38016C9DC2AC1749450B5D5D5280D038A1F7A248381E6C',
  },
];

/** Returns the text of a message in this folder, exactly as documented. */
export function messageText(name: string): string {
  return readFileSync(new URL(`${name}.xml`, import.meta.url), 'utf8');
}
