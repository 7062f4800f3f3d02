import { Injectable } from '@nestjs/common';
import { ResetRegistry } from '../state/reset-registry.js';

/** The merchant's balance at WeChat, from which refunds are paid, and the settings of the merchant platform. */
@Injectable()
export class MerchantAccount {
  /** null: unlimited. */
  balanceFen: number | null = 0;
  /** Address for notices of refunds without a notify_url, as set in the merchant platform. */
  refundNotifyUrl: string | undefined;
  /** Domains whose pages may link to an mweb_url; undefined: all. */
  h5Domains: readonly string[] | undefined;
  /** Addresses that may request access tokens; undefined: all. */
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

  /** Returns false and takes nothing when the balance is too low. */
  debit(fen: number): boolean {
    if (this.balanceFen === null) return true;
    if (this.balanceFen < fen) return false;
    this.balanceFen -= fen;
    return true;
  }
}
