import type { EntityManager } from 'typeorm';
import { DomainError } from '../../common/problem/domain-error.js';
import { sha256 } from '../../common/ids.js';
import { validationFailed } from '../../common/validation/input.pipe.js';
import { isUniqueViolation } from '../database-errors.js';
import { findRow, insertRow, updateRows } from '../rows.js';
import type { UnitOfWork } from '../unit-of-work.js';
import { IdempotencyKey } from './idempotency-key.entity.js';

/** A call that may be repeated: its caller, its key and its content. */
export interface IdempotentCall {
  userId: string;
  key: string | undefined;
  /** Route and body. The same key with another route or body is rejected. */
  request: unknown;
  at: Date;
}

/** @throws DomainError VALIDATION_FAILED unless the header is absent or 1 to 64 printable ASCII characters. */
export function parseIdempotencyKey(header: string | string[] | undefined): string | undefined {
  if (header === undefined) return undefined;
  if (typeof header === 'string' && /^[\x20-\x7e]{1,64}$/.test(header)) return header;
  throw validationFailed([
    { field: 'Idempotency-Key', message: 'Idempotency-Key must be 1 to 64 printable ASCII characters' },
  ]);
}

/**
 * For calls that move money: without a key, a repetition after a lost response would move the money again.
 * @throws DomainError IDEMPOTENCY_KEY_REQUIRED without the header, VALIDATION_FAILED for a malformed one.
 */
export function requireIdempotencyKey(header: string | string[] | undefined): string {
  const key = parseIdempotencyKey(header);
  if (key === undefined) throw new DomainError('IDEMPOTENCY_KEY_REQUIRED');
  return key;
}

/**
 * Runs the work once per key; a repetition returns the first response. Key and work commit together: concurrent calls
 * with one key run the work once, and a failure leaves the key unused.
 * @throws DomainError IDEMPOTENCY_KEY_REUSED when the key came with another request.
 */
export async function runOncePerKey<T>(
  unitOfWork: UnitOfWork,
  call: IdempotentCall,
  work: (tx: EntityManager) => Promise<T>,
): Promise<T> {
  const { key } = call;
  if (key === undefined) return unitOfWork.run(work);
  const row = { userId: call.userId, keyHash: sha256(key), requestHash: sha256(JSON.stringify(call.request)) };
  const repeatOrWork = (): Promise<T> =>
    unitOfWork.run(async (tx) => {
      const key = { userId: row.userId, keyHash: row.keyHash };
      const earlier = await findRow(tx, IdempotencyKey, ['requestHash', 'answer'], key);
      if (earlier) return storedAnswer(earlier, row.requestHash) as T;
      // Inserted before the work: a concurrent call with this key waits here and does not see the stock as taken.
      await insertRow(tx, IdempotencyKey, { ...row, answer: '', createdAt: call.at });
      const answer = await work(tx);
      await updateRows(tx, IdempotencyKey, key, { answer: JSON.stringify(answer) });
      return answer;
    });
  try {
    return await repeatOrWork();
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    return repeatOrWork(); // a concurrent call with the same key has committed
  }
}

function storedAnswer(earlier: Pick<IdempotencyKey, 'requestHash' | 'answer'>, requestHash: string): unknown {
  if (earlier.requestHash !== requestHash) throw new DomainError('IDEMPOTENCY_KEY_REUSED');
  return JSON.parse(earlier.answer);
}
