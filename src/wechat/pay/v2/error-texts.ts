import type { ErrorTexts } from '../../../common/error-text.js';
import { CERTIFICATE_ERROR_TEXTS } from '../certificate/certificate-error-texts.js';

/** The codes of WeChat Pay v2 for staff: its `err_code`, its refund states without money, and this protocol's own codes. */
export const V2_ERROR_TEXTS = {
  APPID_NOT_EXIST: { en: 'WeChat has no such AppID', zh: '微信不认识该 AppID' },
  MCHID_NOT_EXIST: { en: 'WeChat has no such merchant number', zh: '微信不认识该商户号' },
  APPID_MCHID_NOT_MATCH: { en: 'AppID and merchant number are not linked', zh: 'AppID 与商户号没有绑定' },
  LACK_PARAMS: { en: 'A request parameter is missing', zh: '请求缺少参数' },
  PARAM_ERROR: { en: 'A request parameter is invalid', zh: '请求参数有误' },
  SIGNERROR: { en: 'The signature is wrong: check the API key', zh: '签名错误，请检查 API 密钥' },
  XML_FORMAT_ERROR: { en: 'The request format is invalid', zh: '请求格式错误' },
  REQUIRE_POST_METHOD: { en: 'The request method is wrong', zh: '请求方式错误' },
  POST_DATA_EMPTY: { en: 'The request is empty', zh: '请求内容为空' },
  NOT_UTF8: { en: 'The request encoding is wrong', zh: '请求编码错误' },
  NOAUTH: {
    en: 'The merchant has no permission for this API: enable it in the merchant platform',
    zh: '商户没有此接口的权限，请在商户平台开通',
  },
  RETURN_FAIL: { en: 'WeChat refused the request', zh: '微信拒绝了请求' },
  INVALID_REQUEST: {
    en: 'The request differs from an earlier one, or is not allowed now',
    zh: '请求与此前的不一致，或当前不允许',
  },
  SYSTEMERROR: { en: "WeChat's system is busy", zh: '微信系统繁忙' },
  BIZERR_NEED_RETRY: { en: "WeChat's system is busy: retry", zh: '微信系统繁忙，需要重试' },
  FREQUENCY_LIMITED: { en: 'Too many requests', zh: '请求过于频繁' },
  INVALID_REQ_TOO_MUCH: {
    en: 'Too many invalid requests: temporarily limited by WeChat',
    zh: '无效请求过多，被微信暂时限制',
  },
  INVALID_TRANSACTIONID: { en: 'The WeChat transaction ID is invalid', zh: '微信支付单号无效' },
  NOTENOUGH: { en: 'Insufficient balance', zh: '余额不足' },
  ORDERPAID: { en: 'The order is already paid', zh: '订单已支付' },
  ORDERCLOSED: { en: 'The order is closed', zh: '订单已关闭' },
  OUT_TRADE_NO_USED: { en: 'The merchant payment number was used before', zh: '商户单号已被使用' },
  ORDERNOTEXIST: { en: 'WeChat has no such payment', zh: '微信没有此支付' },
  TRADE_STATE_ERROR: { en: 'The state of the payment does not allow this', zh: '支付单的状态不允许此操作' },
  ORDER_NOT_READY: {
    en: 'The payment has just completed and cannot be refunded yet',
    zh: '支付刚刚完成，暂时不能退款',
  },
  TRADE_OVERDUE: { en: 'Payments older than a year cannot be refunded', zh: '超过一年的支付不能退款' },
  ERROR: {
    en: 'WeChat refused the refund, for example because the order is fully refunded',
    zh: '微信拒绝退款，例如订单已全额退款',
  },
  USER_ACCOUNT_ABNORMAL: {
    en: "The buyer's WeChat account is closed or restricted: the money cannot return to it",
    zh: '买家的微信账户异常或已注销，无法原路退回',
  },
  REFUND_FEE_INVALID: { en: 'The refund is larger than the payment', zh: '退款金额超过支付金额' },
  CERT_ERROR: { en: 'The merchant certificate is wrong', zh: '商户证书有误' },
  REFUND_FEE_MISMATCH: {
    en: 'The amount differs from an earlier request with the same refund number',
    zh: '同一退款单号的金额与此前的不一致',
  },
  20001: {
    en: 'WeChat refused the request for the bill: check the date and the API key',
    zh: '微信拒绝了账单请求，请检查账单日期和 API 密钥',
  },
  20002: { en: 'WeChat has no bill of that day', zh: '微信没有该日的账单' },
  20007: {
    en: 'The merchant has no permission to download bills: enable it in the merchant platform',
    zh: '商户没有下载账单的权限，请在商户平台开通',
  },
  NO_BILL_EXIST: { en: 'WeChat has no bill of that day', zh: '微信没有该日的账单' },
  BILL_CREATING: { en: 'WeChat has not made the bill yet', zh: '账单尚未生成' },
  ...CERTIFICATE_ERROR_TEXTS,
  REFUNDNOTEXIST: { en: 'WeChat has no such refund', zh: '微信没有此退款' },
  REFUNDCLOSE: {
    en: 'WeChat closed the refund: nothing was refunded',
    zh: '微信关闭了这笔退款，没有退出任何钱',
    replacesMessage: true,
  },
  CHANGE: {
    en: "The payer's account cannot receive the money: complete the refund in WeChat's merchant platform",
    zh: '钱无法退回买家账户，请在商户平台手工处理',
    replacesMessage: true,
  },
} as const satisfies ErrorTexts;
