/**
 * What a caller should do about WeChat's refusal.
 * - FIX_REQUEST: programming or configuration error, do not repeat unchanged
 * - RETRY_SAME: send the identical request again. The v2 transport turns it into an unknown outcome, so callers of a
 *   provider do not receive it
 * - QUERY_FIRST: query before anything else
 * - NEW_NUMBER: close the old number, then use a new one
 * - ALREADY_PAID: treat as paid only after a query
 * - ALREADY_CLOSED: closed before
 * - NOT_FOUND: WeChat has no such order or refund
 * - RETRY_LATER: too many requests: repeat the same request later
 * - NOT_READY: the payment is too young for this call: repeat the same request later
 * - TOP_UP_FUNDS: the merchant's balance is too low: top up, then repeat
 * - GIVE_UP: final refusal for this number
 * - TELL_USER: the user has to act
 */
export type RefusalAction =
  | 'FIX_REQUEST'
  | 'RETRY_SAME'
  | 'QUERY_FIRST'
  | 'NEW_NUMBER'
  | 'ALREADY_PAID'
  | 'ALREADY_CLOSED'
  | 'NOT_FOUND'
  | 'RETRY_LATER'
  | 'NOT_READY'
  | 'TOP_UP_FUNDS'
  | 'GIVE_UP'
  | 'TELL_USER';

/**
 * WeChat did what was requested, or gave the requested state. Its v2 responses are signed; platform and `app-v1` responses are
 * not. A query refused because WeChat has no such order or refund is done too, with the state NOT_FOUND.
 */
interface Done<T> {
  kind: 'done';
  value: T;
  /** The response as received, for the event log. */
  raw: string;
}

/**
 * WeChat refused the call, or this service did not send it: `NO_CLIENT_CERTIFICATE`, `NO_CLOSE_CALL` and similar codes.
 * `code` is WeChat's `err_code`. It is `RETURN_FAIL` for a v2 response with `return_code` FAIL, which has no `err_code`.
 */
export interface Refused {
  kind: 'refused';
  code: string;
  message: string;
  action: RefusalAction;
  raw: string;
}

/**
 * Why there is no usable response. `UNREACHABLE` nothing was sent · `CONNECTION_BROKEN` sent, but no response came ·
 * `HTTP_ERROR` · `UNUSABLE_ANSWER` unreadable, incomplete or about something else · `BAD_SIGNATURE` of the response ·
 * `SYSTEM_BUSY` WeChat reports it · `NOT_CONFIGURED` this service lacks the keys for the call.
 */
export const CALL_FAILURES = [
  ...(['UNREACHABLE', 'CONNECTION_BROKEN', 'HTTP_ERROR', 'UNUSABLE_ANSWER'] as const),
  ...(['BAD_SIGNATURE', 'SYSTEM_BUSY', 'NOT_CONFIGURED'] as const),
] as const;
export type CallFailure = (typeof CALL_FAILURES)[number];

/**
 * The outcome cannot be determined: time-out, broken connection, wrong signature, SYSTEMERROR. It never means a
 * refusal. Query, or repeat the same number where WeChat guarantees that repeating is safe.
 */
export interface Unknown {
  kind: 'unknown';
  /** One English sentence for the log. */
  reason: string;
  /**
   * The reason as a code for the timeline, with the network's or HTTP's code; `UNUSABLE_ANSWER` when it is not given.
   */
  failure?: { kind: CallFailure; code?: string };
  /** WeChat's `err_code`, if the response had one. */
  code?: string;
  message?: string;
  raw: string | null;
}

/** The three possible results of a call to WeChat. Callers handle each: `switch` on `kind`. */
export type Outcome<T> = Done<T> | Refused | Unknown;
