import { Injectable } from '@nestjs/common';
import { ResetRegistry } from './reset-registry.js';

/** The merchant's money at WeChat, which refunds are paid from: what the orders brought, and what was topped up. */
@Injectable()
export class MerchantAccount {
  /** null never runs out. */
  balanceFen: number | null = 0;
  /** Where notices of refunds go that name no notify_url: the setting in the merchant platform. */
  refundNotifyUrl: string | undefined;
  /** Domains whose pages may send a browser to an mweb_url; undefined: all. */
  h5Domains: readonly string[] | undefined;
  /** Addresses that access tokens are given to; undefined: all. */
  ipWhitelist: readonly string[] | undefined;

  constructor(resets: ResetRegistry) {
    resets.onReset(() => {
      this.balanceFen = 0;
      this.refundNotifyUrl = undefined;
      this.h5Domains = undefined;
      this.ipWhitelist = undefined;
    });
  }

  credit(fen: number): void {
    if (this.balanceFen !== null) this.balanceFen += fen;
  }

  /** False, with nothing taken, when there is not enough. */
  debit(fen: number): boolean {
    if (this.balanceFen === null) return true;
    if (this.balanceFen < fen) return false;
    this.balanceFen -= fen;
    return true;
  }
}
