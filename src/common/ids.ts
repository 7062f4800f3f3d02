import { createHash, randomBytes, randomInt } from 'node:crypto';
import { toBeijingTime } from './beijing-time.js';

/** Crockford's base 32: no I, L, O or U, so that a number survives being read out on the telephone. */
const CROCKFORD_BASE32 = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

function randomLetters(length: number): string {
  return Array.from({ length }, () => CROCKFORD_BASE32[randomInt(CROCKFORD_BASE32.length)]).join('');
}

/** An identifier for users, products and staff: 80 random bits, so that nobody learns how many there are. */
export function newId(): string {
  return randomLetters(16);
}

/**
 * An order's number: the Beijing day, for people, and 60 random bits, so that it says nothing of volume.
 * 20 characters, which leaves room in `out_trade_no` (32) for the attempt.
 */
export function newOrderNo(now: Date): string {
  return toBeijingTime(now).slice(0, 8) + randomLetters(12);
}

/** A refund's number, and WeChat's `out_refund_no`: recognisable by its beginning, and as silent about volume as an order's. */
export function newRefundNo(now: Date): string {
  return `RF${toBeijingTime(now).slice(0, 8)}${randomLetters(12)}`;
}

/** A bearer token: 256 random bits. Only its hash is ever stored. */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

export function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}
