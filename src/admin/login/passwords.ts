import { hash, verify } from '@node-rs/argon2';
import { BoundedQueue } from '../../common/bounded-queue.js';
import { DomainError } from '../../common/problem/domain-error.js';

/**
 * `KNOWN`: a network with an earlier successful login, or a staff member who is logged in. `UNKNOWN`: any other caller.
 */
export type CallerTrust = 'KNOWN' | 'UNKNOWN';

/** The argon2 library uses libuv's four threads, which DNS lookups need too: logins must leave some of them free. */
const MAX_CONCURRENT = 2;
/** Leaves a CPU for WeChat's notices and a thread for known callers during a flood of logins. */
const MAX_CONCURRENT_UNKNOWN = 1;
/** Waiting callers of each kind. Further callers are rejected at once. */
const MAX_QUEUE_LENGTH = 20;
const RETRY_AFTER_SECONDS = 5;

const createError = (): DomainError => new DomainError('TOO_MANY_ATTEMPTS', { retryAfterSeconds: RETRY_AFTER_SECONDS });

/**
 * Limits concurrent password hashing. Unknown callers wait in a queue of their own first: at most one of them stands in the
 * queue of the known callers, so that a flood of unknown callers delays a known caller by one hash at most.
 */
export class PasswordHashQueue {
  private readonly all = new BoundedQueue({
    concurrency: MAX_CONCURRENT,
    maxWaiting: MAX_QUEUE_LENGTH + MAX_CONCURRENT_UNKNOWN,
    createError,
  });
  private readonly unknown = new BoundedQueue({
    concurrency: MAX_CONCURRENT_UNKNOWN,
    maxWaiting: MAX_QUEUE_LENGTH,
    createError,
  });

  /** @throws DomainError TOO_MANY_ATTEMPTS when the queue is full. */
  run<T>(trust: CallerTrust, work: () => Promise<T>): Promise<T> {
    return trust === 'KNOWN' ? this.all.run(work) : this.unknown.run(() => this.all.run(work));
  }
}

/** argon2id (the library's default) with the parameters that OWASP recommends: 19 MiB, two passes. */
const ARGON2_COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** One per process, because the callers share its CPUs and threads. */
const hashQueue = new PasswordHashQueue();

/** For staff who are logged in, and for the service itself. @throws DomainError TOO_MANY_ATTEMPTS when the queue is full. */
export function hashPassword(password: string): Promise<string> {
  return hashQueue.run('KNOWN', () => hash(password, ARGON2_COST));
}

/**
 * Takes the same time for an unknown username: `passwordHash` null is compared with a dummy hash.
 * @throws DomainError TOO_MANY_ATTEMPTS when the queue is full.
 */
export async function verifyPassword(
  passwordHash: string | null,
  password: string,
  trust: CallerTrust,
): Promise<boolean> {
  const comparedHash = passwordHash ?? (await DUMMY_HASH);
  const isRight = await hashQueue.run(trust, () => verify(comparedHash, password));
  return isRight && passwordHash !== null;
}

const DUMMY_HASH = hashPassword(crypto.randomUUID());
