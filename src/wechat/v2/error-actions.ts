import type { RefusalAction } from '../outcome.js';

/** The calls of WeChat Pay v2 that answer with an `err_code`. */
export type PayV2Endpoint = 'unifiedorder' | 'orderquery' | 'closeorder' | 'refund' | 'refundquery';

const COMMON_ACTIONS: Readonly<Record<string, RefusalAction>> = {
  APPID_NOT_EXIST: 'FIX',
  MCHID_NOT_EXIST: 'FIX',
  APPID_MCHID_NOT_MATCH: 'FIX',
  LACK_PARAMS: 'FIX',
  PARAM_ERROR: 'FIX',
  SIGNERROR: 'FIX',
  XML_FORMAT_ERROR: 'FIX',
  REQUIRE_POST_METHOD: 'FIX',
  POST_DATA_EMPTY: 'FIX',
  NOT_UTF8: 'FIX',
  NOAUTH: 'FIX',
  RETURN_FAIL: 'FIX',
  INVALID_REQUEST: 'FIX',
  SYSTEMERROR: 'SAME',
  BIZERR_NEED_RETRY: 'SAME',
  FREQUENCY_LIMITED: 'WAIT',
  INVALID_REQ_TOO_MUCH: 'WAIT',
  INVALID_TRANSACTIONID: 'FIX',
};

/** WeChat Pay v2's tables of errors, each with what to do about it. The console has words for each code: a test compares. */
export const ERROR_ACTIONS: Readonly<Record<PayV2Endpoint, Readonly<Record<string, RefusalAction>>>> = {
  unifiedorder: {
    ...COMMON_ACTIONS,
    NOTENOUGH: 'USER',
    ORDERPAID: 'PAID',
    ORDERCLOSED: 'NEW',
    OUT_TRADE_NO_USED: 'NEW',
  },
  orderquery: { ...COMMON_ACTIONS, ORDERNOTEXIST: 'ABSENT' },
  closeorder: {
    ...COMMON_ACTIONS,
    ORDERPAID: 'PAID',
    ORDERCLOSED: 'CLOSED',
    ORDERNOTEXIST: 'ABSENT',
    TRADE_STATE_ERROR: 'QUERY',
  },
  // A STOP may have been caused by an earlier sending of the same number that went through: ask refundquery before believing it.
  refund: {
    ...COMMON_ACTIONS,
    NOTENOUGH: 'FUNDS',
    ORDER_NOT_READY: 'WAIT',
    TRADE_OVERDUE: 'STOP',
    ERROR: 'STOP',
    USER_ACCOUNT_ABNORMAL: 'STOP',
    ORDERNOTEXIST: 'STOP',
    REFUND_FEE_INVALID: 'STOP',
    INVALID_REQUEST: 'STOP',
    TRADE_STATE_ERROR: 'STOP',
    CERT_ERROR: 'FIX',
    REFUND_FEE_MISMATCH: 'FIX',
    NO_CLIENT_CERTIFICATE: 'FIX',
    CLIENT_CERTIFICATE_REFUSED: 'FIX',
    CLIENT_CERTIFICATE_NOT_YET_VALID: 'FIX',
    CLIENT_CERTIFICATE_EXPIRED: 'FIX',
    CLIENT_CERTIFICATE_OF_OTHER_MERCHANT: 'FIX',
  },
  refundquery: { ...COMMON_ACTIONS, REFUNDNOTEXIST: 'ABSENT' },
};

/** A code that no table has says nothing certain: ask before anything else. */
export function actionFor(endpoint: PayV2Endpoint, code: string, message: string): RefusalAction {
  // The number was used with other parameters; WeChat has two ways to say so.
  if (endpoint === 'unifiedorder' && code === 'INVALID_REQUEST' && /201|重复/.test(message)) return 'NEW';
  const actions = ERROR_ACTIONS[endpoint];
  return (Object.hasOwn(actions, code) ? actions[code] : undefined) ?? 'QUERY';
}
