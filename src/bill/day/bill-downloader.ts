import { Injectable } from '@nestjs/common';
import { Settings } from '../../config/settings.js';
import type { BillDownload, BillKind } from '../../wechat/pay/bills/bill.js';
import type { PaymentChannel } from '../../wechat/pay/payment-channel.js';
import type { Outcome } from '../../wechat/pay/outcome.js';
import { PaymentProviderRegistry } from '../../wechat/pay/payment-provider-registry.js';
import type { Bill, BillFileState } from '../bill.entity.js';
import { BillFileStore, type NewBillFile } from '../files/bill-file-store.js';
import type { BillLease } from './bill-lease.js';

/** API v2 has one answer for a day without a statement and for a bill that is not made yet. */
const CHANNELS_WITH_FINAL_NONE: readonly PaymentChannel[] = ['wechat-v3'];

/** What a download ended with. `problem` is one English sentence for staff. */
export type DownloadedFile =
  | { state: 'AVAILABLE'; fileId: number; sha1: string; problem: null }
  | { state: 'NONE'; isFinal: boolean; problem: null }
  | FailedDownload;

export interface FailedDownload {
  state: Exclude<BillFileState, 'AVAILABLE' | 'NONE'>;
  problem: string | null;
}

/** Downloads one file of a day and stores it. */
@Injectable()
export class BillDownloader {
  constructor(
    private readonly settings: Settings,
    private readonly providers: PaymentProviderRegistry,
    private readonly store: BillFileStore,
  ) {}

  /**
   * May be repeated: every call stores a file of its own. Nothing is stored unless the file is AVAILABLE.
   * @throws LeaseLostError; DomainError SERVICE_UNAVAILABLE.
   */
  async download({ date, mchId }: Bill, kind: BillKind, lease: BillLease): Promise<DownloadedFile> {
    const { WECHAT_MCH_ID: current } = this.settings.wechat;
    if (mchId !== current)
      return {
        state: 'NOT_POSSIBLE',
        problem: `The day belongs to merchant ${mchId}; this service has ${current} now.`,
      };
    const provider = this.providers.forBills(kind);
    if (provider === null)
      return { state: 'NOT_POSSIBLE', problem: kind === 'TRADE' ? 'No configured protocol can download bills.' : null };
    const file = await this.store.create({ date, kind }, lease.keep);
    let isStored = false;
    try {
      const outcome = await provider.downloadBill({ date, kind }, file.writer);
      const result = await this.resultOf(outcome, file, CHANNELS_WITH_FINAL_NONE.includes(provider.channel));
      isStored = result.state === 'AVAILABLE';
      return result;
    } finally {
      if (!isStored) await this.store.discard(file);
    }
  }

  private async resultOf(outcome: Outcome<BillDownload>, file: NewBillFile, isFinal: boolean): Promise<DownloadedFile> {
    switch (outcome.kind) {
      case 'refused':
        return { state: 'UNKNOWN', problem: `WeChat refused the download: ${outcome.code} ${outcome.message}` };
      case 'unknown':
        return { state: 'UNKNOWN', problem: `The download failed: ${outcome.reason}` };
      case 'done':
        break;
    }
    const download = outcome.value;
    switch (download.state) {
      case 'NONE':
        return { state: 'NONE', isFinal, problem: null };
      case 'NOT_READY':
        return { state: 'NOT_READY', problem: null };
      case 'CORRUPT':
        return { state: 'CORRUPT', problem: `The file is corrupt: ${download.reason}` };
      case 'AVAILABLE': {
        const digest = await this.store.finish(file);
        if (digest.sha1 !== download.sha1 || digest.bytes !== download.bytes)
          return { state: 'CORRUPT', problem: 'The stored bytes are not those that were downloaded.' };
        return { state: 'AVAILABLE', fileId: file.id, sha1: digest.sha1, problem: null };
      }
    }
  }
}
