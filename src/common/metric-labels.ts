/**
 * The words that metrics are told apart by. All of them are here, so that no label can have a value that nobody expects,
 * and so that each series is there, at 0, before its first time: what an alert waits for must not begin by appearing.
 * Callers hand in verdicts of their own types, and do not compile when one of these lacks a word.
 */

/** What WeChat says and our books deny: nothing has moved, and somebody must look. */
export const CONTRADICTIONS = {
  payment: ['PAYMENT_UNKNOWN', 'AMOUNT_MISMATCH', 'TRANSACTION_MISMATCH'],
  refund: ['REFUND_UNKNOWN', 'REFUND_MISMATCH', 'NEVER_SENT', 'CONTRADICTION'],
  /** A message is a hint: nothing follows from what it says. */
  message: [],
} as const;

const INVALID_NOTICE_RESULTS = [
  'TOO_LARGE',
  'MALFORMED',
  'RETURN_FAIL',
  'BAD_SIGNATURE',
  'FOREIGN_MERCHANT',
  'FOREIGN_CURRENCY',
  'UNDECRYPTABLE',
] as const;

/** What came of a notice: the journal's own words, and `ERROR` when it could not be written down: WeChat repeats it. */
export const NOTICE_RESULTS = {
  payment: [
    'APPLIED',
    'OWED_BACK',
    'REPEATED',
    'FAILED',
    'ERROR',
    ...CONTRADICTIONS.payment,
    ...INVALID_NOTICE_RESULTS,
  ],
  refund: [
    'APPLIED',
    'REPEATED',
    'PENDING',
    'UNCONFIRMED',
    'ERROR',
    ...CONTRADICTIONS.refund,
    ...INVALID_NOTICE_RESULTS,
  ],
  message: [
    ...(['APPLIED', 'REPEATED', 'WARNED', 'ORDER_UNKNOWN', 'IGNORED', 'ERROR'] as const),
    ...(['TOO_LARGE', 'BAD_SIGNATURE', 'STALE', 'NOT_ENCRYPTED', 'UNDECRYPTABLE', 'MALFORMED'] as const),
  ],
} as const;

/** How we heard that a payment took place: WeChat told us, a job or a close asked, or a buyer or the staff had us ask. */
export const RESOLUTION_SOURCES = ['notice', 'query', 'sync'] as const;

export const WECHAT_ENDPOINTS = [
  'unifiedorder',
  'orderquery',
  'closeorder',
  'refund',
  'refundquery',
  'jscode2session',
  'token',
  'stable_token',
  'getuserphonenumber',
  'upload_shipping_info',
  'get_order',
  'subscribe_send',
  'genprepay',
  'v1_orderquery',
] as const;
export const WECHAT_CALL_OUTCOMES = ['done', 'refused', 'unknown'] as const;

/** What kept a unit of work from its end: a lock that somebody else had, a connection, the disk, or a broken commit. */
export const DATABASE_FAILURES = ['conflict', 'connection', 'storage', 'commit'] as const;

export const JOB_NAMES = ['payment-check', 'order-expiry', 'refund-check', 'outbox', 'housekeeping'] as const;

/** Who is told by the outbox. */
export const OUTBOX_TOPICS = ['buyer-message', 'shipping-upload'] as const;

export const CLOSE_REASONS = ['CANCELLED', 'EXPIRED'] as const;

/**
 * Limits that protect the shop from one caller, by the word under which a refusal is counted. Whoever adds a limit adds
 * its word here and a row to the table of limits in docs/operations.md.
 */
export const LIMIT_NAMES = [
  'login-rate',
  'failed-logins',
  'pending-orders',
  'unpaid-pieces',
  'payment-attempts',
  'user-calls',
  'refund-requests',
  'staff-reads',
  'staff-read-time',
] as const;

export type NoticeKind = keyof typeof NOTICE_RESULTS;
export type NoticeResult<About extends NoticeKind> = (typeof NOTICE_RESULTS)[About][number];
export type Contradiction<About extends NoticeKind> = (typeof CONTRADICTIONS)[About][number];
export type ResolutionSource = (typeof RESOLUTION_SOURCES)[number];
export type WechatEndpoint = (typeof WECHAT_ENDPOINTS)[number];
export type WechatCallOutcome = (typeof WECHAT_CALL_OUTCOMES)[number];
export type DatabaseFailure = (typeof DATABASE_FAILURES)[number];
export type JobName = (typeof JOB_NAMES)[number];
export type LimitName = (typeof LIMIT_NAMES)[number];
