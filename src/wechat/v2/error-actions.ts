import type { Action } from '../outcome.js';

/** The calls of WeChat Pay v2 that answer with an `err_code`. */
export type Endpoint = 'unifiedorder' | 'orderquery' | 'closeorder';

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
};

/** WeChat Pay v2's tables of errors, each with what to do about it. */
const ACTIONS: Readonly<Record<Endpoint, Readonly<Record<string, Action>>>> = {
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
};

/** A code that no table has says nothing certain: ask before anything else. */
export function actionFor(endpoint: Endpoint, code: string, message: string): Action {
  // The number was used with other parameters; WeChat has two ways to say so.
  if (endpoint === 'unifiedorder' && code === 'INVALID_REQUEST' && /201|重复/.test(message)) return 'NEW';
  return ACTIONS[endpoint][code] ?? 'QUERY';
}
