/**
 * What a caller may do about WeChat's refusal.
 * FIX programming or configuration fault, never repeat blindly · SAME send the identical request again · QUERY ask first ·
 * NEW use a new number after closing the old · PAID paid, once a query says so · CLOSED closed already · ABSENT WeChat
 * has no such order or refund · WAIT later, then the same · FUNDS the merchant's account is short: top up, then the same ·
 * STOP a final no for this number · USER tell the user.
 */
export type Action =
  'FIX' | 'SAME' | 'QUERY' | 'NEW' | 'PAID' | 'CLOSED' | 'ABSENT' | 'WAIT' | 'FUNDS' | 'STOP' | 'USER';

/** WeChat did what was asked, and signed that it did. */
export interface Done<T> {
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
  action: Action;
  raw: string;
}

/**
 * Nobody knows: a time-out, a broken or wrongly signed answer, SYSTEMERROR. It never means no. Ask, or repeat the same
 * number where WeChat promises that repeating is safe.
 */
export interface Unknown {
  kind: 'unknown';
  /** One sentence for the journal and the log. */
  reason: string;
  /** WeChat's `err_code`, when there was one to read. */
  code?: string;
  message?: string;
  raw: string | null;
}

/** The three ends of a call to WeChat. A caller has to say what it does with each: `switch` on `kind`. */
export type Outcome<T> = Done<T> | Refused | Unknown;
