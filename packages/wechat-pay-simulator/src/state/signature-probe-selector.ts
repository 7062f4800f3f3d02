import { Injectable } from '@nestjs/common';
import { Behaviours } from './behaviours.js';
import { ResetRegistry } from './reset-registry.js';

/**
 * Selects the signed messages to the merchant that carry a wrong signature on purpose: WeChat tests whether merchants verify
 * signatures (签名探测).
 */
@Injectable()
export class SignatureProbeSelector {
  private sent = 0;
  private readonly probed = new Set<string>();

  constructor(
    private readonly behaviours: Behaviours,
    resets: ResetRegistry,
  ) {
    resets.onReset(() => {
      this.sent = 0;
      this.probed.clear();
    });
  }

  /** The same for an answer of v3. The answer to the repeated request is never a probe. */
  shouldProbe(requestKey: string): boolean {
    if (this.probed.delete(requestKey) || !this.shouldSendWrongSignature()) return false;
    this.probed.add(requestKey);
    return true;
  }

  /** Counts one message. @returns true if it must carry a wrong signature. */
  shouldSendWrongSignature(): boolean {
    const every = this.behaviours.current.wrongSignatureEvery;
    if (every === 0) return false;
    this.sent += 1;
    return this.sent % every === 0;
  }
}

/** Returns a wrong value of the same length and alphabet. */
export function corrupt(signature: string): string {
  return (signature.startsWith('0') ? '1' : '0') + signature.slice(1);
}
