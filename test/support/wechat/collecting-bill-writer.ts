import type { BillWriter } from '../../../src/wechat/pay/bills/bill.js';

/** Keeps what a download writes, in memory. */
export class CollectingBillWriter implements BillWriter {
  readonly chunks: Buffer[] = [];

  get bytes(): Buffer {
    return Buffer.concat(this.chunks);
  }

  get text(): string {
    return this.bytes.toString('utf8');
  }

  write(chunk: Buffer): Promise<void> {
    this.chunks.push(Buffer.from(chunk));
    return Promise.resolve();
  }
}
