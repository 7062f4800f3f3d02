import type { KeyObject } from 'node:crypto';

/** The merchant's private key, and the serial number of the certificate to which it belongs. Signs requests of API v3. */
export interface MerchantKey {
  privateKey: KeyObject;
  /** Upper-case hex. */
  serial: string;
}
