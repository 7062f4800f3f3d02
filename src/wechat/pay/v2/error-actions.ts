import type { RefusalAction } from '../outcome.js';

/** The calls of WeChat Pay v2 that respond with an `err_code`. */
export type PayV2Endpoint = 'unifiedorder' | 'orderquery' | 'closeorder' | 'refund' | 'refundquery';

/** The calls of WeChat Pay v2 that respond with a file, or with a refusal of its own form. */
export type V2BillEndpoint = 'downloadbill' | 'downloadfundflow';

const COMMON_ACTIONS: Readonly<Record<string, RefusalAction>> = {
  APPID_NOT_EXIST: 'FIX_REQUEST',
  MCHID_NOT_EXIST: 'FIX_REQUEST',
  APPID_MCHID_NOT_MATCH: 'FIX_REQUEST',
  LACK_PARAMS: 'FIX_REQUEST',
  PARAM_ERROR: 'FIX_REQUEST',
  SIGNERROR: 'FIX_REQUEST',
  XML_FORMAT_ERROR: 'FIX_REQUEST',
  REQUIRE_POST_METHOD: 'FIX_REQUEST',
  POST_DATA_EMPTY: 'FIX_REQUEST',
  NOT_UTF8: 'FIX_REQUEST',
  NOAUTH: 'FIX_REQUEST',
  RETURN_FAIL: 'FIX_REQUEST',
  INVALID_REQUEST: 'FIX_REQUEST',
  SYSTEMERROR: 'RETRY_SAME',
  BIZERR_NEED_RETRY: 'RETRY_SAME',
  FREQUENCY_LIMITED: 'RETRY_LATER',
  INVALID_REQ_TOO_MUCH: 'RETRY_LATER',
  INVALID_TRANSACTIONID: 'FIX_REQUEST',
};

/**
 * WeChat Pay v2's error tables with the action for each code. `V2_ERROR_TEXTS` has a text for each, which a test checks.
 */
export const ERROR_ACTIONS: Readonly<Record<PayV2Endpoint | V2BillEndpoint, Readonly<Record<string, RefusalAction>>>> =
  {
    unifiedorder: {
      ...COMMON_ACTIONS,
      NOTENOUGH: 'TELL_USER',
      ORDERPAID: 'ALREADY_PAID',
      ORDERCLOSED: 'NEW_NUMBER',
      OUT_TRADE_NO_USED: 'NEW_NUMBER',
    },
    orderquery: { ...COMMON_ACTIONS, ORDERNOTEXIST: 'NOT_FOUND' },
    closeorder: {
      ...COMMON_ACTIONS,
      ORDERPAID: 'ALREADY_PAID',
      ORDERCLOSED: 'ALREADY_CLOSED',
      ORDERNOTEXIST: 'NOT_FOUND',
      TRADE_STATE_ERROR: 'QUERY_FIRST',
    },
    // GIVE_UP may follow from an earlier request with the same number that succeeded: query the refund before accepting
    // it.
    refund: {
      ...COMMON_ACTIONS,
      NOTENOUGH: 'TOP_UP_FUNDS',
      ORDER_NOT_READY: 'NOT_READY',
      TRADE_OVERDUE: 'GIVE_UP',
      ERROR: 'GIVE_UP',
      USER_ACCOUNT_ABNORMAL: 'GIVE_UP',
      ORDERNOTEXIST: 'GIVE_UP',
      REFUND_FEE_INVALID: 'GIVE_UP',
      INVALID_REQUEST: 'GIVE_UP',
      TRADE_STATE_ERROR: 'GIVE_UP',
      CERT_ERROR: 'FIX_REQUEST',
      REFUND_FEE_MISMATCH: 'FIX_REQUEST',
      NO_CLIENT_CERTIFICATE: 'FIX_REQUEST',
      CLIENT_CERTIFICATE_REFUSED: 'FIX_REQUEST',
      CLIENT_CERTIFICATE_NOT_YET_VALID: 'FIX_REQUEST',
      CLIENT_CERTIFICATE_EXPIRED: 'FIX_REQUEST',
      CLIENT_CERTIFICATE_OF_OTHER_MERCHANT: 'FIX_REQUEST',
    },
    refundquery: { ...COMMON_ACTIONS, REFUNDNOTEXIST: 'NOT_FOUND' },
    // Reading a bill is always safe, so an undocumented code means: later. Numbers are the error_code of downloadbill.
    downloadbill: { ...COMMON_ACTIONS, 20001: 'FIX_REQUEST', 20002: 'NOT_FOUND', 20007: 'FIX_REQUEST' },
    downloadfundflow: {
      ...COMMON_ACTIONS,
      NO_BILL_EXIST: 'NOT_FOUND',
      BILL_CREATING: 'NOT_READY',
      CERT_ERROR: 'FIX_REQUEST',
    },
  };

/** Refusals of bills whose code says less than the text, or that have no code. Source: docs/wechat-protocol.md, v2 §9.1. */
const BILL_MESSAGES: readonly [RegExp, RefusalAction][] = [
  [/no bill exist|账单不存在/i, 'NOT_FOUND'],
  [/bill creating|账单未生成|账单生成中/i, 'NOT_READY'],
];

/** For an undocumented code the outcome is uncertain: query before anything else, or request a bill later. */
export function actionFor(endpoint: PayV2Endpoint | V2BillEndpoint, code: string, message: string): RefusalAction {
  if (endpoint === 'downloadbill' || endpoint === 'downloadfundflow') {
    const [, action] = BILL_MESSAGES.find(([pattern]) => pattern.test(message)) ?? [];
    return action ?? findAction(endpoint, code) ?? 'RETRY_LATER';
  }
  // The number was used with other parameters, which WeChat reports in two ways.
  if (endpoint === 'unifiedorder' && code === 'INVALID_REQUEST' && /201|重复/.test(message)) return 'NEW_NUMBER';
  return findAction(endpoint, code) ?? 'QUERY_FIRST';
}

function findAction(endpoint: PayV2Endpoint | V2BillEndpoint, code: string): RefusalAction | undefined {
  const actions = ERROR_ACTIONS[endpoint];
  return Object.hasOwn(actions, code) ? actions[code] : undefined;
}
