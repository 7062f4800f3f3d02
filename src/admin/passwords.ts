import { hash, verify } from '@node-rs/argon2';
import { type Lane, PasswordLanes } from './password-lanes.js';

/** argon2id (the library's default) at the parameters OWASP asks for: 19 MiB, two passes. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** One for the process: its processors and threads are what the lanes share. */
const lanes = new PasswordLanes();

/** For staff who are logged in, and for the service itself. @throws DomainError TOO_MANY_ATTEMPTS when too many wait. */
export function hashPassword(password: string): Promise<string> {
  return lanes.inTurn('KNOWN', () => hash(password, COST));
}

/**
 * Takes as long for an unknown name: `passwordHash` null is compared with a hash that no password opens.
 * @throws DomainError TOO_MANY_ATTEMPTS when too many wait in the lane.
 */
export async function isPassword(passwordHash: string | null, password: string, lane: Lane): Promise<boolean> {
  const known = passwordHash ?? (await HASH_OF_NO_PASSWORD);
  const isRight = await lanes.inTurn(lane, () => verify(known, password));
  return isRight && passwordHash !== null;
}

const HASH_OF_NO_PASSWORD = hashPassword(crypto.randomUUID());
