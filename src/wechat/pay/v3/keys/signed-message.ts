import type { KeyObject } from 'node:crypto';
import { verifyRsa } from './rsa.js';

/** Seconds. Messages with an older or a later timestamp are rejected. Source: docs/wechat-protocol.md, v3 §1.3. */
const MAX_AGE_SECONDS = 300;
const SIGNATURE_TYPE = 'WECHATPAY2-SHA256-RSA2048';
/** The signature of a probe begins with it. Source: docs/wechat-protocol.md, v3 §1.4. */
const PROBE_PREFIX = 'WECHATPAY/SIGNTEST/';

/** By lower-case name. */
export type MessageHeaders = Readonly<Record<string, string | string[] | undefined>>;

/** The keys of WeChat by the id that `Wechatpay-Serial` names. */
export interface VerificationKeys {
  find: (serial: string) => KeyObject | null;
}

/**
 * The result of verifying a response or notice of WeChat.
 * - VERIFIED: WeChat signed these bytes within the last five minutes
 * - UNSIGNED: it has no signature header at all
 * - MALFORMED: a signature header is missing, repeated or has another form
 * - STALE: the timestamp is too old or too late, or our clock is wrong
 * - UNKNOWN_SERIAL: it names a key that we do not have
 * - PROBE: WeChat tests whether we verify signatures
 * - BAD_SIGNATURE
 */
export type Verification =
  | { kind: 'VERIFIED' | 'STALE'; signedAt: Date }
  | { kind: 'UNKNOWN_SERIAL'; serial: string }
  | { kind: 'UNSIGNED' | 'MALFORMED' | 'PROBE' | 'BAD_SIGNATURE' };

/**
 * Verifies the signature over the bytes as received, before any part of them is read. The order is the documented one:
 * headers, timestamp, key, signature. Source: docs/wechat-protocol.md, v3 §1.3.
 */
export function verifyMessage(headers: MessageHeaders, body: Buffer, keys: VerificationKeys, now: Date): Verification {
  const [timestamp, nonce, serial, signature] = ['timestamp', 'nonce', 'serial', 'signature'].map(
    (name) => headers[`wechatpay-${name}`],
  );
  if ([timestamp, nonce, serial, signature].every((value) => value === undefined)) return { kind: 'UNSIGNED' };
  const type = headers['wechatpay-signature-type'] ?? SIGNATURE_TYPE;
  if (!matches(timestamp, /^\d{1,12}$/) || !matches(nonce, /^[\x21-\x7e]{1,128}$/)) return { kind: 'MALFORMED' };
  if (!matches(serial, /^\w{1,128}$/) || typeof signature !== 'string') return { kind: 'MALFORMED' };
  const signedAt = new Date(Number(timestamp) * 1000);
  if (Math.abs(now.getTime() - signedAt.getTime()) >= MAX_AGE_SECONDS * 1000) return { kind: 'STALE', signedAt };
  // Without a key to verify it, and it is never valid: the rest of a probe is no signature either.
  if (signature.startsWith(PROBE_PREFIX)) return { kind: 'PROBE' };
  if (type !== SIGNATURE_TYPE) return { kind: 'MALFORMED' };
  const key = keys.find(serial);
  if (key === null) return { kind: 'UNKNOWN_SERIAL', serial };
  const isSigned = verifyRsa([`${timestamp}\n${nonce}\n`, body, '\n'], signature, key);
  return isSigned ? { kind: 'VERIFIED', signedAt } : { kind: 'BAD_SIGNATURE' };
}

/** A repeated header arrives as a list, or joined with commas and blanks, which no pattern allows. */
function matches(value: string | string[] | undefined, pattern: RegExp): value is string {
  return typeof value === 'string' && pattern.test(value);
}
