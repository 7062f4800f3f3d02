import { Injectable } from '@nestjs/common';
import { SimulatorClock } from '../clock.js';
import { Behaviours } from '../state/behaviours.js';
import { IdentifierGenerator } from '../state/identifier-generator.js';
import { ResetRegistry } from '../state/reset-registry.js';
import { BillName } from './bill-delivery.js';

/** What the token of a download_url stands for. */
export interface BillGrant extends BillName {
  readonly mchId: string;
  readonly isZipped: boolean;
}

interface IssuedGrant extends BillGrant {
  readonly expiresAt: Date;
}

/** The addresses of files that v3 has given out. One may be used several times until it expires. */
@Injectable()
export class BillUrlStore {
  private readonly grants = new Map<string, IssuedGrant>();

  constructor(
    private readonly clock: SimulatorClock,
    private readonly behaviours: Behaviours,
    private readonly identifiers: IdentifierGenerator,
    resets: ResetRegistry,
  ) {
    resets.onReset(() => {
      this.grants.clear();
    });
  }

  /** @param origin scheme and host by which the merchant reached WeChat */
  issue(grant: BillGrant, origin: string): string {
    const { billUrlSeconds, billUrlPath } = this.behaviours.current;
    const token = this.identifiers.billToken();
    this.grants.set(token, { ...grant, expiresAt: new Date(this.clock.now().getTime() + billUrlSeconds * 1000) });
    return `${origin}${billUrlPath}?token=${token}${grant.isZipped ? '&tartype=gzip' : ''}`;
  }

  /** undefined for an unknown or expired token. */
  find(token: string): BillGrant | undefined {
    const grant = this.grants.get(token);
    return grant !== undefined && this.clock.now() < grant.expiresAt ? grant : undefined;
  }
}
