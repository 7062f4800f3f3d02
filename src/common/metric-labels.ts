/**
 * All label values of the metrics. Each series is exported as 0 from the start, because an alert on an increase would miss
 * a series that appears with its first event. Callers pass values of these types, so an unlisted value does not compile.
 */

/** WeChat results that contradict our records. They change nothing; staff must check them. */
export const CONTRADICTIONS = {
  payment: ['PAYMENT_UNKNOWN', 'AMOUNT_MISMATCH', 'TRANSACTION_MISMATCH'],
  refund: ['REFUND_UNKNOWN', 'REFUND_MISMATCH', 'NEVER_SENT', 'CONTRADICTION'],
  /** A platform message is only a hint and changes no payment. */
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

/** Results of processing a notice, as stored in the event log. `ERROR`: it could not be stored, so WeChat sends it again. */
export const NOTICE_RESULTS = {
  payment: [
    'APPLIED',
    'LATE_OR_DUPLICATE',
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

/** How a payment became known: by a notice, by a query of a job or a close, or by a sync call of a buyer or staff. */
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

/** Why a transaction failed: a lock conflict, a lost connection, the disk, or a connection that broke during the commit. */
export const DATABASE_FAILURES = ['conflict', 'connection', 'storage', 'commit'] as const;

export const JOB_NAMES = ['payment-check', 'order-expiry', 'refund-check', 'outbox', 'housekeeping'] as const;

/** Topics of the outbox. */
export const OUTBOX_TOPICS = ['buyer-message', 'shipping-upload'] as const;

export const CLOSE_REASONS = ['CANCELLED', 'EXPIRED'] as const;

/**
 * Limits that protect the service from a single caller, by the label under which rejections are counted. Add a new limit
 * here and to the table of limits in docs/operations.md.
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
export type NoticeResult<Kind extends NoticeKind> = (typeof NOTICE_RESULTS)[Kind][number];
export type Contradiction<Kind extends NoticeKind> = (typeof CONTRADICTIONS)[Kind][number];
export type ResolutionSource = (typeof RESOLUTION_SOURCES)[number];
export type WechatEndpoint = (typeof WECHAT_ENDPOINTS)[number];
export type WechatCallOutcome = (typeof WECHAT_CALL_OUTCOMES)[number];
export type DatabaseFailure = (typeof DATABASE_FAILURES)[number];
export type JobName = (typeof JOB_NAMES)[number];
export type LimitName = (typeof LIMIT_NAMES)[number];
