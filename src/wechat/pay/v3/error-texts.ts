import type { ErrorTexts } from '../../../common/error-text.js';
import { CERTIFICATE_ERROR_TEXTS } from '../certificate/certificate-error-texts.js';

/** The codes of API v3 for staff, in today's spelling: of refusals, and of refund states without money. */
export const V3_ERROR_TEXTS = {
  PARAM_ERROR: { en: 'A request parameter is invalid', zh: '请求参数有误' },
  INVALID_REQUEST: {
    en: 'The request differs from an earlier one, or is not allowed for this order',
    zh: '请求与此前的不一致，或此订单当前不允许',
  },
  APPID_MCHID_NOT_MATCH: { en: 'AppID and merchant number are not linked', zh: 'AppID 与商户号没有绑定' },
  MCH_NOT_EXISTS: { en: 'WeChat has no such merchant number', zh: '微信不认识该商户号' },
  SIGN_ERROR: {
    en: 'WeChat does not accept the signature: check the merchant key, its certificate and the clock of the server',
    zh: '微信不接受签名，请检查商户私钥、商户证书和服务器时间',
  },
  NO_AUTH: {
    en: 'The merchant has no permission for this API: enable it in the merchant platform',
    zh: '商户没有此接口的权限，请在商户平台开通',
  },
  OPENID_MISMATCH: { en: 'The openid does not belong to the AppID', zh: 'openid 与 AppID 不匹配' },
  INVALID_TRANSACTIONID: { en: 'The WeChat transaction ID is invalid', zh: '微信支付单号无效' },
  SYSTEM_ERROR: { en: "WeChat's system is busy", zh: '微信系统繁忙' },
  BANK_ERROR: { en: "The bank's system is busy", zh: '银行系统繁忙' },
  BIZ_ERR_NEED_RETRY: { en: "WeChat's system is busy: retry", zh: '微信系统繁忙，需要重试' },
  SERVICE_UNAVAILABLE: { en: "WeChat's system is not available", zh: '微信系统暂不可用' },
  FREQUENCY_LIMITED: { en: 'Too many requests', zh: '请求过于频繁' },
  ORDER_PAID: { en: 'The order is already paid', zh: '订单已支付' },
  ORDER_CLOSED: { en: 'The order is closed', zh: '订单已关闭' },
  ORDER_REVERSED: { en: 'The order was reversed', zh: '订单已撤销' },
  OUT_TRADE_NO_USED: { en: 'The merchant payment number was used before', zh: '商户单号已被使用' },
  RULE_LIMIT: { en: 'A rule of WeChat limits this merchant or order', zh: '触发微信的业务规则限制' },
  TRADE_ERROR: { en: 'WeChat refused the transaction', zh: '微信拒绝了交易' },
  ACCOUNT_ERROR: { en: "The payer's or the merchant's account cannot be used", zh: '付款人或商户的账户异常' },
  USERPAYING: { en: 'The buyer is paying', zh: '买家正在支付' },
  ORDER_NOT_EXIST: { en: 'WeChat has no such payment', zh: '微信没有此支付' },
  NOT_ENOUGH: { en: 'Insufficient balance', zh: '余额不足' },
  USER_ACCOUNT_ABNORMAL: {
    en: "The buyer's WeChat account is closed or restricted: the money cannot return to it",
    zh: '买家的微信账户异常或已注销，无法原路退回',
  },
  REQUEST_BLOCKED: { en: 'WeChat blocks refunds of this merchant', zh: '微信限制了该商户的退款' },
  RESOURCE_NOT_EXISTS: { en: 'WeChat has no such payment or refund', zh: '微信没有此支付或退款' },
  TRADE_OVERDUE: { en: 'Payments older than a year cannot be refunded', zh: '超过一年的支付不能退款' },
  REFUND_FEE_MISMATCH: {
    en: 'The amount differs from an earlier request with the same refund number',
    zh: '同一退款单号的金额与此前的不一致',
  },
  NO_STATEMENT_EXIST: { en: 'WeChat has no bill of that day', zh: '微信没有该日的账单' },
  STATEMENT_CREATING: { en: 'WeChat has not made the bill yet', zh: '账单尚未生成' },
  CLOSED: {
    en: 'WeChat closed the refund: nothing was refunded',
    zh: '微信关闭了这笔退款，没有退出任何钱',
    replacesMessage: true,
  },
  ABNORMAL: {
    en: "The payer's account cannot receive the money: choose where it should go, or complete the refund in WeChat's merchant platform",
    zh: '钱无法退回买家账户，请选择退到哪里，或在商户平台手工处理',
    replacesMessage: true,
  },
  ...CERTIFICATE_ERROR_TEXTS,
} as const satisfies ErrorTexts;
