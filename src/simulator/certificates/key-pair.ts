import { generateKeyPair } from 'node:crypto';
import { promisify } from 'node:util';

/** Both halves as PEM texts. */
export interface KeyPair {
  readonly publicKey: string;
  readonly privateKey: string;
}

const generate = promisify(generateKeyPair);

/** RSA with 2048 bits, as WeChat's certificates have; made off the main thread, so several may be made at once. */
export function makeKeyPair(): Promise<KeyPair> {
  return generate('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
}
