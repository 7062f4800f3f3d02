import { randomBytes } from 'node:crypto';

/** A nonce of 32 characters, for requests and for the parameters of clients. */
export function newNonce(): string {
  return randomBytes(16).toString('hex');
}
