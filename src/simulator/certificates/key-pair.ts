import { generateKeyPair } from 'node:crypto';
import { promisify } from 'node:util';

/** Both keys in PEM format. */
export interface KeyPair {
  readonly publicKey: string;
  readonly privateKey: string;
}

const generate = promisify(generateKeyPair);

/**
 * RSA with 2048 bits, as in WeChat's certificates. Runs off the main thread, so several can be generated in parallel.
 */
export function makeKeyPair(): Promise<KeyPair> {
  return generate('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
}
