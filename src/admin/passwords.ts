import { hash, verify } from '@node-rs/argon2';
import { type CallerTrust, PasswordHashQueue } from './password-hash-queue.js';

/** argon2id (the library's default) at the parameters OWASP asks for: 19 MiB, two passes. */
const ARGON2_COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** One for the process: its processors and threads are what the lanes share. */
const hashQueue = new PasswordHashQueue();

/** For staff who are logged in, and for the service itself. @throws DomainError TOO_MANY_ATTEMPTS when too many wait. */
export function hashPassword(password: string): Promise<string> {
  return hashQueue.run('KNOWN', () => hash(password, ARGON2_COST));
}

/**
 * Takes as long for an unknown name: `passwordHash` null is compared with a hash that no password opens.
 * @throws DomainError TOO_MANY_ATTEMPTS when too many wait in the lane.
 */
export async function verifyPassword(
  passwordHash: string | null,
  password: string,
  lane: CallerTrust,
): Promise<boolean> {
  const known = passwordHash ?? (await DUMMY_HASH);
  const isRight = await hashQueue.run(lane, () => verify(known, password));
  return isRight && passwordHash !== null;
}

const DUMMY_HASH = hashPassword(crypto.randomUUID());
