import { hash, verify } from '@node-rs/argon2';
import { type CallerTrust, PasswordHashQueue } from './password-hash-queue.js';

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
