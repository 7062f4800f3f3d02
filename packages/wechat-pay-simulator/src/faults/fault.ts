/** Platform calls: JSON, refused with an errcode. Only the v1 calls are signed. */
const PLATFORM_CALLS = [
  ...(['jscode2session', 'token', 'stable_token', 'getuserphonenumber', 'subscribe_send'] as const),
  ...(['upload_shipping_info', 'get_order', 'get_order_list', 'notify_confirm_receive', 'is_trade_managed'] as const),
  ...(['genprepay', 'v1-orderquery', 'delivernotify'] as const), // v1, the 2014 app protocol
] as const;
export type PlatformCall = (typeof PLATFORM_CALLS)[number];
/** Payment calls, signed: the call of v2 with this name and the calls of v3 for the same operation. */
const PAY_CALLS = [
  ...(['unifiedorder', 'orderquery', 'closeorder', 'refund', 'refundquery'] as const),
  ...(['downloadbill', 'downloadfundflow'] as const),
] as const;
export type PayCallName = (typeof PAY_CALLS)[number];
/** Payment calls that exist in v3 only. */
const V3_CALLS = ['certificates', 'abnormal_refund', 'security_echo', 'billfile'] as const;
/** Calls of the merchant that accept faults. */
const MERCHANT_CALLS = [...PAY_CALLS, ...V3_CALLS, ...PLATFORM_CALLS] as const;
/** Notices that WeChat sends. */
const NOTICE_ENDPOINTS = ['notice', 'refund-notice', 'echo-notice', 'v1-notice'] as const;
export type NoticeEndpoint = (typeof NOTICE_ENDPOINTS)[number];
export const FAULT_ENDPOINTS = [...MERCHANT_CALLS, ...NOTICE_ENDPOINTS] as const;
export type FaultEndpoint = (typeof FAULT_ENDPOINTS)[number];

/**
 * The response is a refusal. Possible before and after WeChat executes the call. `error200`: with HTTP status 200.
 */
const RESPONSE_FAULTS = ['SYSTEMERROR', 'error200', 'err_code', 'return_fail', 'rate_limited'] as const;
/**
 * The connection or a server fails. Possible before and after WeChat executes the call. `timeout`: no response. `stall`: a
 * delayed response; with `before`, the execution is delayed too.
 */
const CONNECTION_FAULTS = ['timeout', 'stall', 'reset', 'http500', 'html', 'html200', 'garbage'] as const;
/**
 * The response is damaged or forged. Only possible after WeChat has executed the call, because a response must exist. `cut`: the
 * connection ends after half of it.
 */
const BROKEN_RESPONSE_FAULTS = [
  'truncated',
  'cut',
  'doctype',
  'wrong_signature',
  'no_signature',
  'other_appid',
  'echo_other_order',
  // Only answers of v3; v2 ignores them.
  'wrong_serial',
  'stale_timestamp',
  'probe',
] as const;
/**
 * Faults of a notice besides forgeries. `lose`: one attempt is not sent, the next one follows the schedule · `lose_forever`: no
 * attempt is ever sent · `duplicate`: the attempt is sent twice at once · `delay`: it is sent later · `repeat_after_success`:
 * the schedule continues although the response was accepted.
 */
const DELIVERY_FAULTS = ['lose', 'lose_forever', 'duplicate', 'delay', 'repeat_after_success'] as const;

/** Responses of the platform that belong to another request. */
const WRONG_CONTENT_FAULTS: Readonly<Partial<Record<PlatformCall, readonly string[]>>> = {
  getuserphonenumber: ['other_appid'],
  genprepay: ['echo_other_order'],
  'v1-orderquery': ['echo_other_order'],
};

/** A fault that waits for its call. */
export interface Fault {
  readonly id: number;
  readonly endpoint: FaultEndpoint;
  readonly kind: string;
  /** Before: WeChat does not perform the call, or performs a `stall` late. After: it does, and only the response is affected. */
  readonly when: 'before' | 'after';
  /** How often it will still happen; -1: until it is cleared. */
  timesLeft: number;
  readonly delayMs?: number;
  readonly out_trade_no?: string;
  readonly out_refund_no?: string;
  readonly errCode?: string;
  /** HTTP status of `err_code` in v3; default: the usual one of the code. */
  readonly httpStatus?: number;
  readonly errCodeDes?: string;
  readonly returnMsg?: string;
  /** For `duplicate`: how many copies of the notice are sent at once, each on its own connection. */
  readonly connections?: number;
}

/** The numbers that a call is about. A fault without numbers applies to every call. */
export interface FaultTarget {
  readonly out_trade_no?: string | undefined;
  readonly out_refund_no?: string | undefined;
}

export function isNoticeEndpoint(endpoint: FaultEndpoint): endpoint is NoticeEndpoint {
  return NOTICE_ENDPOINTS.some((notice) => notice === endpoint);
}

export function isPlatformCall(endpoint: FaultEndpoint): endpoint is PlatformCall {
  return PLATFORM_CALLS.some((call) => call === endpoint);
}

/** The kinds that an endpoint accepts. `forgeries` are the forgeries of its notice. */
export function faultKindsFor(endpoint: FaultEndpoint, forgeries: readonly string[] = []): readonly string[] {
  if (isNoticeEndpoint(endpoint)) return [...DELIVERY_FAULTS, ...forgeries];
  if (isPlatformCall(endpoint)) {
    return ['SYSTEMERROR', 'err_code', ...CONNECTION_FAULTS, 'truncated', ...(WRONG_CONTENT_FAULTS[endpoint] ?? [])];
  }
  return [...RESPONSE_FAULTS, ...CONNECTION_FAULTS, ...BROKEN_RESPONSE_FAULTS];
}

/** True for kinds that damage a response, which exists only after the effect. */
export function requiresExecution(kind: string): boolean {
  return BROKEN_RESPONSE_FAULTS.some((broken) => broken === kind);
}
