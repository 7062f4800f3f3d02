import { createHash, randomBytes, randomInt } from 'node:crypto';
import { toBeijingTime } from './time/beijing-time.js';

/** Crockford's base 32 without I, L, O and U, so that a number can be read out on the phone without mistakes. */
const CROCKFORD_BASE32 = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

function randomLetters(length: number): string {
  return Array.from({ length }, () => CROCKFORD_BASE32[randomInt(CROCKFORD_BASE32.length)]).join('');
}

/** An id for users, products and staff: 80 random bits, so that it does not reveal how many there are. */
export function newId(): string {
  return randomLetters(16);
}

/**
 * An order number: the Beijing day and 60 random bits, so that it does not reveal the number of orders.
 * It has 20 characters, which leaves space in `out_trade_no` (32) for the attempt number.
 */
export function newOrderNo(now: Date): string {
  return toBeijingTime(now).slice(0, 8) + randomLetters(12);
}

/** A refund number, also sent to WeChat as `out_refund_no`: `RF`, the Beijing day and 60 random bits. */
export function newRefundNo(now: Date): string {
  return `RF${toBeijingTime(now).slice(0, 8)}${randomLetters(12)}`;
}

/** A bearer token of 256 random bits. Only its hash is stored. */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

export function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}
