import type { RefusalAction } from '../../outcome.js';

/** The calls of API v3 that this service makes for payments, refunds and bills. */
export type V3Endpoint =
  | ('prepay' | 'query' | 'close' | 'refund' | 'refundquery' | 'abnormal')
  | ('tradebill' | 'fundflowbill' | 'billdownload');

/** WeChat's refusal of one call, verified or given before the call was authenticated. */
export interface V3Refusal {
  status: number;
  /** In today's spelling. */
  code: string;
  message: string;
  /** The numeric reason at the end of `Request-ID`; 0 without one. Source: docs/wechat-protocol.md, v3 §7.4. */
  reason: number;
}

/** Older spellings that WeChat still sends. */
const OLD_SPELLINGS: Readonly<Record<string, string>> = {
  ORDERPAID: 'ORDER_PAID',
  ORDERCLOSED: 'ORDER_CLOSED',
  ORDERREVERSED: 'ORDER_REVERSED',
  ORDERNOTEXIST: 'ORDER_NOT_EXIST',
  NOTENOUGH: 'NOT_ENOUGH',
  NOAUTH: 'NO_AUTH',
  RULELIMIT: 'RULE_LIMIT',
  ACCOUNTERROR: 'ACCOUNT_ERROR',
  SYSTEMERROR: 'SYSTEM_ERROR',
  BANKERROR: 'BANK_ERROR',
  USER_PAYING: 'USERPAYING',
  RATELIMIT_EXCEEDED: 'FREQUENCY_LIMITED',
};

const COMMON_ACTIONS: Readonly<Record<string, RefusalAction>> = {
  PARAM_ERROR: 'FIX_REQUEST',
  INVALID_REQUEST: 'FIX_REQUEST',
  APPID_MCHID_NOT_MATCH: 'FIX_REQUEST',
  MCH_NOT_EXISTS: 'FIX_REQUEST',
  SIGN_ERROR: 'FIX_REQUEST',
  NO_AUTH: 'FIX_REQUEST',
  OPENID_MISMATCH: 'FIX_REQUEST',
  INVALID_TRANSACTIONID: 'FIX_REQUEST',
  SYSTEM_ERROR: 'RETRY_SAME',
  BANK_ERROR: 'RETRY_SAME',
  BIZ_ERR_NEED_RETRY: 'RETRY_SAME',
  SERVICE_UNAVAILABLE: 'RETRY_SAME',
  FREQUENCY_LIMITED: 'RETRY_LATER',
};

const BILL_ACTIONS: Readonly<Record<string, RefusalAction>> = {
  ...COMMON_ACTIONS,
  NO_STATEMENT_EXIST: 'NOT_FOUND',
  STATEMENT_CREATING: 'NOT_READY',
};

/**
 * API v3's error tables with the action for each code. A code that is not listed means: query before anything else.
 * Source: docs/wechat-protocol.md, v3 §2.4, §3.3, §5.7, §6, §7.4.
 */
export const V3_ERROR_ACTIONS: Readonly<Record<V3Endpoint, Readonly<Record<string, RefusalAction>>>> = {
  prepay: {
    ...COMMON_ACTIONS,
    ORDER_PAID: 'ALREADY_PAID',
    ORDER_CLOSED: 'NEW_NUMBER',
    ORDER_REVERSED: 'NEW_NUMBER',
    OUT_TRADE_NO_USED: 'NEW_NUMBER',
    RULE_LIMIT: 'GIVE_UP',
    TRADE_ERROR: 'GIVE_UP',
    ACCOUNT_ERROR: 'TELL_USER',
  },
  query: { ...COMMON_ACTIONS, ORDER_NOT_EXIST: 'NOT_FOUND' },
  close: {
    ...COMMON_ACTIONS,
    ORDER_PAID: 'ALREADY_PAID',
    ORDER_CLOSED: 'ALREADY_CLOSED',
    ORDER_REVERSED: 'ALREADY_CLOSED',
    ORDER_NOT_EXIST: 'NOT_FOUND',
    USERPAYING: 'RETRY_LATER',
  },
  // GIVE_UP may follow from an earlier request with the same number that succeeded: query the refund before accepting
  // it. Too many requests do not prove that this one was not accepted.
  refund: {
    ...COMMON_ACTIONS,
    INVALID_REQUEST: 'GIVE_UP',
    NOT_ENOUGH: 'TOP_UP_FUNDS',
    USER_ACCOUNT_ABNORMAL: 'GIVE_UP',
    REQUEST_BLOCKED: 'FIX_REQUEST',
    RESOURCE_NOT_EXISTS: 'GIVE_UP',
    ORDER_NOT_EXIST: 'GIVE_UP',
    TRADE_OVERDUE: 'GIVE_UP',
    REFUND_FEE_MISMATCH: 'FIX_REQUEST',
    FREQUENCY_LIMITED: 'QUERY_FIRST',
  },
  refundquery: { ...COMMON_ACTIONS, RESOURCE_NOT_EXISTS: 'NOT_FOUND' },
  abnormal: {
    ...COMMON_ACTIONS,
    INVALID_REQUEST: 'GIVE_UP',
    RESOURCE_NOT_EXISTS: 'GIVE_UP',
    FREQUENCY_LIMITED: 'QUERY_FIRST',
  },
  tradebill: BILL_ACTIONS,
  fundflowbill: BILL_ACTIONS,
  // INVALID_REQUEST means that the address has expired.
  billdownload: { ...COMMON_ACTIONS, INVALID_REQUEST: 'RETRY_LATER' },
};

/** Actions for numeric reasons of INVALID_REQUEST, which otherwise only its text tells apart. */
const REASON_ACTIONS: Readonly<Record<number, RefusalAction>> = {
  268449538: 'ALREADY_PAID',
  268498689: 'ALREADY_PAID',
  268447914: 'NEW_NUMBER', // the order or its prepay_id has expired
  268498688: 'NEW_NUMBER', // the number was used with other parameters
  268447840: 'RETRY_LATER',
  268448746: 'RETRY_LATER', // refunds of one order in less than a minute
  268558930: 'RETRY_LATER', // too many failing refunds
  268892709: 'TOP_UP_FUNDS',
  268892183: 'FIX_REQUEST', // the amounts differ from the earlier request
  270522881: 'NOT_FOUND', // no bill of that day
  270522882: 'NOT_READY', // the bill is being made
  268435472: 'RETRY_LATER', // too many requests for bills
};

/** Reading a bill again is always safe. */
const BILL_ENDPOINTS: readonly V3Endpoint[] = ['tradebill', 'fundflowbill', 'billdownload'];

/** Codes that WeChat's older tables list with HTTP 500 without an unknown outcome. */
const DEFINITE_WITH_500 = ['OPENID_MISMATCH', 'INVALID_TRANSACTIONID'];

export function currentSpelling(code: string): string {
  return (Object.hasOwn(OLD_SPELLINGS, code) ? OLD_SPELLINGS[code] : undefined) ?? code;
}

/**
 * The status never decides alone: an undocumented code with 4xx is uncertain, and any code with 5xx leaves the outcome
 * unknown.
 */
export function v3ActionFor(endpoint: V3Endpoint, { status, code, message, reason }: V3Refusal): RefusalAction {
  if (status >= 500 && !DEFINITE_WITH_500.includes(code)) return 'RETRY_SAME';
  const actions = V3_ERROR_ACTIONS[endpoint];
  const otherwise = BILL_ENDPOINTS.includes(endpoint) ? 'RETRY_LATER' : 'QUERY_FIRST';
  const action = (Object.hasOwn(actions, code) ? actions[code] : undefined) ?? otherwise;
  return code === 'INVALID_REQUEST' ? actionForRule(endpoint, { message, reason }, action) : action;
}

/** The numeric reason is documented. The text is not, but it is the only sign when the reason is missing. */
function actionForRule(
  endpoint: V3Endpoint,
  { message, reason }: Pick<V3Refusal, 'message' | 'reason'>,
  otherwise: RefusalAction,
): RefusalAction {
  const byReason = Object.hasOwn(REASON_ACTIONS, reason) ? REASON_ACTIONS[reason] : undefined;
  if (byReason) return byReason;
  if (endpoint === 'prepay' && /重入|重复/.test(message)) return 'NEW_NUMBER';
  if (endpoint === 'refund' && message.includes('频率')) return 'RETRY_LATER';
  return otherwise;
}
