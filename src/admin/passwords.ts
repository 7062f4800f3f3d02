import { hash, verify } from '@node-rs/argon2';
import { DomainError } from '../common/domain-error.js';

/** argon2id (the library's default) at the parameters OWASP asks for: 19 MiB, two passes. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** The library works on libuv's four threads, which look up names for every connection too: logins must leave some free. */
const AT_ONCE = 2;
/** Beyond this many in line, waiting is worse than hearing no. */
const IN_LINE = 20;
const BUSY_SECONDS = 5;

let working = 0;
const waiting: (() => void)[] = [];

/** @throws DomainError TOO_MANY_ATTEMPTS when too many are in line. */
async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (working >= AT_ONCE) {
    if (waiting.length >= IN_LINE) throw new DomainError('TOO_MANY_ATTEMPTS', { retryAfterSeconds: BUSY_SECONDS });
    await new Promise<void>((resolve) => waiting.push(resolve));
  } else working += 1;
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next) next();
    else working -= 1;
  }
}

export function hashPassword(password: string): Promise<string> {
  return inTurn(() => hash(password, COST));
}

/** Takes as long for a name nobody has: `passwordHash` null is compared with a hash that no password opens. */
export async function isPassword(passwordHash: string | null, password: string): Promise<boolean> {
  const known = passwordHash ?? (await NOBODY);
  const isRight = await inTurn(() => verify(known, password));
  return isRight && passwordHash !== null;
}

const NOBODY = hashPassword(crypto.randomUUID());
