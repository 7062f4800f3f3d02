import type { Action } from '../outcome.js';

/** The calls of WeChat Pay v2 that answer with an `err_code`. */
export type Endpoint = 'unifiedorder' | 'orderquery' | 'closeorder' | 'refund' | 'refundquery';

const FAULTS_OF_OURS: Readonly<Record<string, Action>> = {
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
export const ACTIONS: Readonly<Record<Endpoint, Readonly<Record<string, Action>>>> = {
  unifiedorder: {
    ...FAULTS_OF_OURS,
    NOTENOUGH: 'USER',
    ORDERPAID: 'PAID',
    ORDERCLOSED: 'NEW',
    OUT_TRADE_NO_USED: 'NEW',
  },
  orderquery: { ...FAULTS_OF_OURS, ORDERNOTEXIST: 'ABSENT' },
  closeorder: {
    ...FAULTS_OF_OURS,
    ORDERPAID: 'PAID',
    ORDERCLOSED: 'CLOSED',
    ORDERNOTEXIST: 'ABSENT',
    TRADE_STATE_ERROR: 'QUERY',
  },
  // A STOP may have been caused by an earlier sending of the same number that went through: ask refundquery before believing it.
  refund: {
    ...FAULTS_OF_OURS,
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
  refundquery: { ...FAULTS_OF_OURS, REFUNDNOTEXIST: 'ABSENT' },
};

/** A code that no table has says nothing certain: ask before anything else. */
export function actionFor(endpoint: Endpoint, code: string, message: string): Action {
  // The number was used with other parameters; WeChat has two ways to say so.
  if (endpoint === 'unifiedorder' && code === 'INVALID_REQUEST' && /201|重复/.test(message)) return 'NEW';
  const actions = ACTIONS[endpoint];
  return (Object.hasOwn(actions, code) ? actions[code] : undefined) ?? 'QUERY';
}
