/**
 * What a caller may do about WeChat's refusal.
 * FIX programming or configuration fault, never repeat blindly · SAME send the identical request again · QUERY ask first ·
 * NEW use a new number after closing the old · PAID paid, once a query says so · CLOSED closed already · ABSENT WeChat
 * has no such order or refund · WAIT later, then the same · FUNDS the merchant's account is short: top up, then the same ·
 * STOP a final no for this number · USER tell the user.
 */
export type RefusalAction =
  'FIX' | 'SAME' | 'QUERY' | 'NEW' | 'PAID' | 'CLOSED' | 'ABSENT' | 'WAIT' | 'FUNDS' | 'STOP' | 'USER';

/** WeChat did what was asked, and signed that it did. */
interface Done<T> {
  kind: 'done';
  value: T;
  /** The answer as it came, for the journal. */
  raw: string;
}

/** WeChat said no. `code` is its `err_code`, or `RETURN_FAIL` where it gave none. */
export interface Refused {
  kind: 'refused';
  code: string;
  message: string;
  action: RefusalAction;
  raw: string;
}

/**
 * Why no usable answer came. `UNREACHABLE` nothing was sent · `CONNECTION_BROKEN` it was sent, the answer is missing ·
 * `HTTP_ERROR` · `UNUSABLE_ANSWER` unreadable, incomplete or about something else · `BAD_SIGNATURE` of the answer ·
 * `SYSTEM_BUSY` WeChat says so · `NOT_CONFIGURED` this service lacks the keys to ask.
 */
export const CALL_FAILURES = [
  ...(['UNREACHABLE', 'CONNECTION_BROKEN', 'HTTP_ERROR', 'UNUSABLE_ANSWER'] as const),
  ...(['BAD_SIGNATURE', 'SYSTEM_BUSY', 'NOT_CONFIGURED'] as const),
] as const;
export type CallFailure = (typeof CALL_FAILURES)[number];

/**
 * Nobody knows: a time-out, a broken or wrongly signed answer, SYSTEMERROR. It never means no. Ask, or repeat the same
 * number where WeChat promises that repeating is safe.
 */
export interface Unknown {
  kind: 'unknown';
  /** One English sentence for the log. */
  reason: string;
  /** The same as a word, for the time line, with the network's or HTTP's code; `UNUSABLE_ANSWER` when it is not given. */
  failure?: { kind: CallFailure; code?: string };
  /** WeChat's `err_code`, when there was one to read. */
  code?: string;
  message?: string;
  raw: string | null;
}

/** The three ends of a call to WeChat. A caller has to say what it does with each: `switch` on `kind`. */
export type Outcome<T> = Done<T> | Refused | Unknown;
