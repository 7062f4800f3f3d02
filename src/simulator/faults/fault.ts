/** Calls of the platform: JSON, unsigned, refusals as an errcode. */
const PLATFORM_CALLS = [
  ...(['jscode2session', 'token', 'stable_token', 'getuserphonenumber', 'subscribe_send'] as const),
  ...(['upload_shipping_info', 'get_order', 'get_order_list', 'notify_confirm_receive', 'is_trade_managed'] as const),
  ...(['genprepay', 'v1-orderquery', 'delivernotify'] as const), // the app protocol of 2014
] as const;
export type PlatformCall = (typeof PLATFORM_CALLS)[number];
/** Calls of payment: XML, signed. */
const PAY_CALLS = ['unifiedorder', 'orderquery', 'closeorder', 'refund', 'refundquery'] as const;
export type PayCallName = (typeof PAY_CALLS)[number];
/** Calls of the merchant that can be made to fail. */
const MERCHANT_CALLS = [...PAY_CALLS, ...PLATFORM_CALLS] as const;
type MerchantCall = (typeof MERCHANT_CALLS)[number];
/** Messages of WeChat's own. */
const NOTICE_ENDPOINTS = ['notice', 'refund-notice', 'v1-notice'] as const;
export type NoticeEndpoint = (typeof NOTICE_ENDPOINTS)[number];
export const FAULT_ENDPOINTS = [...MERCHANT_CALLS, ...NOTICE_ENDPOINTS] as const;
export type FaultEndpoint = (typeof FAULT_ENDPOINTS)[number];

/** An answer that says no. Possible before and after the effect. */
const RESPONSE_FAULTS = ['SYSTEMERROR', 'err_code', 'return_fail'] as const;
/** The line or the machines on it fail. Possible before and after the effect. */
const CONNECTION_FAULTS = ['timeout', 'stall', 'reset', 'http500', 'html', 'garbage'] as const;
/** The answer itself is broken or forged: there must be one, so only after the effect. */
const BROKEN_RESPONSE_FAULTS = [
  'truncated',
  'doctype',
  'wrong_signature',
  'no_signature',
  'other_appid',
  'echo_other_order',
] as const;
/** What can happen to a notice besides being forged. */
const DELIVERY_FAULTS = ['lose', 'lose_forever', 'duplicate', 'delay', 'repeat_after_success'] as const;

/** What an answer of the platform can say that is somebody else's. */
const WRONG_CONTENT_FAULTS: Readonly<Partial<Record<PlatformCall, readonly string[]>>> = {
  getuserphonenumber: ['other_appid'],
  genprepay: ['echo_other_order'],
  'v1-orderquery': ['echo_other_order'],
};

type CallFaultKind =
  (typeof RESPONSE_FAULTS)[number] | (typeof CONNECTION_FAULTS)[number] | (typeof BROKEN_RESPONSE_FAULTS)[number];

/** Trouble that waits for its call. */
export interface Fault {
  readonly id: number;
  readonly endpoint: FaultEndpoint;
  readonly kind: string;
  /** Before: as if WeChat never did what was asked. After: it did, and only the answer suffers. */
  readonly when: 'before' | 'after';
  /** How often it will still happen; -1 until it is cleared. */
  timesLeft: number;
  readonly delayMs?: number;
  readonly out_trade_no?: string;
  readonly out_refund_no?: string;
  readonly errCode?: string;
  readonly errCodeDes?: string;
  readonly returnMsg?: string;
  readonly connections?: number;
}

/** Trouble of one of these numbers; a fault that names none is anybody's. */
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

/** Which kinds each endpoint knows; `forgeries` are the ways to forge its notice. */
export function faultKindsFor(endpoint: FaultEndpoint, forgeries: readonly string[] = []): readonly string[] {
  if (isNoticeEndpoint(endpoint)) return [...DELIVERY_FAULTS, ...forgeries];
  if (isPlatformCall(endpoint)) {
    return ['SYSTEMERROR', 'err_code', ...CONNECTION_FAULTS, 'truncated', ...(WRONG_CONTENT_FAULTS[endpoint] ?? [])];
  }
  return [...RESPONSE_FAULTS, ...CONNECTION_FAULTS, ...BROKEN_RESPONSE_FAULTS];
}

/** A broken answer needs an answer, and so an effect before it. */
export function requiresEffect(kind: string): boolean {
  return BROKEN_RESPONSE_FAULTS.some((broken) => broken === kind);
}
