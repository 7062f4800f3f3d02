import { hash, timingSafeEqual } from 'node:crypto';

/**
 * Compares secrets or signatures in constant time. It compares their hashes, so that the texts may have different lengths and
 * the time reveals neither the length nor the first difference.
 */
export function isEqualInConstantTime(one: string, other: string): boolean {
  return timingSafeEqual(hash('sha256', one, 'buffer'), hash('sha256', other, 'buffer'));
}
