import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DataEncryption } from '../../config/data-encryption.js';
import { Settings } from '../../config/settings.js';
import type { EventEndpoint } from './event-endpoint.entity.js';

/** A secret of Standard Webhooks: `whsec_` and 32 random bytes in base64. */
export function newEndpointSecret(): string {
  return `whsec_${randomBytes(32).toString('base64')}`;
}

/** Encrypts the secrets of endpoints, each bound to its endpoint. */
@Injectable()
export class EndpointSecrets {
  private readonly encryption: DataEncryption;

  constructor(settings: Settings) {
    this.encryption = new DataEncryption(settings, 'event secrets');
  }

  encrypt(secret: string, endpointId: string): string {
    return this.encryption.encrypt(secret, endpointId);
  }

  /**
   * The secrets that sign now: the current one, and during a rotation also the previous one. Null if they cannot be decrypted
   * with the configured keys.
   */
  activeSecrets(endpoint: EventEndpoint, now: Date): string[] | null {
    const { endpointId, encryptedSecret, encryptedPreviousSecret, previousSecretUntil } = endpoint;
    const current = this.encryption.decrypt(encryptedSecret, endpointId);
    if (current === null) return null;
    const isRotating = encryptedPreviousSecret !== null && previousSecretUntil !== null && previousSecretUntil > now;
    const previous = isRotating ? this.encryption.decrypt(encryptedPreviousSecret, endpointId) : null;
    return previous === null ? [current] : [current, previous];
  }
}
