import { hash, verify } from '@node-rs/argon2';

/** argon2id (the library's default) at the parameters OWASP asks for: 19 MiB, two passes. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export function hashPassword(password: string): Promise<string> {
  return hash(password, COST);
}

/** Takes as long for a name nobody has: `passwordHash` null is compared with a hash that no password opens. */
export async function isPassword(passwordHash: string | null, password: string): Promise<boolean> {
  const isRight = await verify(passwordHash ?? (await NOBODY), password);
  return isRight && passwordHash !== null;
}

const NOBODY = hashPassword(crypto.randomUUID());
