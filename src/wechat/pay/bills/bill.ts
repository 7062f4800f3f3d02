/**
 * The two files that WeChat makes for each Beijing day. A TRADE bill (交易账单) lists payments and refunds of all protocols.
 * A FUND bill (资金账单) lists every movement of the merchant's basic account.
 */
export const BILL_KINDS = ['TRADE', 'FUND'] as const;
export type BillKind = (typeof BILL_KINDS)[number];

export interface BillRequest {
  /** `yyyy-MM-dd`, a Beijing day. */
  date: string;
  kind: BillKind;
}

/** Receives a bill while it is downloaded. */
export interface BillWriter {
  /**
   * Receives the next uncompressed bytes, in order. The download waits for each call, so memory stays bounded. An error
   * ends the download and is thrown to the caller of `downloadBill`. Bytes of a download that did not end AVAILABLE must
   * be discarded, whether it is CORRUPT, refused or unknown.
   */
  write(chunk: Buffer): Promise<void>;
}

/**
 * The result of a download.
 * - AVAILABLE: the writer has the whole file. `sha1` is lower-case hex of the uncompressed bytes. API v3 also sends it, and
 *   both are equal. v2 sends none, so only the totals row shows whether its file is complete.
 * - CORRUPT: the file arrived, but its hash differs, its compression is broken or ends early, or it exceeds
 *   MAX_BILL_BYTES. `sha1` and `bytes` are of what was written
 * - NONE: WeChat has no bill of that day. v2 gives the same answer for a bill that is not made yet
 * - NOT_READY: WeChat has not made the bill yet: request it later
 */
export type BillDownload =
  | { state: 'AVAILABLE'; sha1: string; bytes: number }
  | { state: 'CORRUPT'; sha1: string; bytes: number; reason: string }
  | { state: 'NONE' }
  | { state: 'NOT_READY' };

/** Uncompressed bytes of the largest bill that is read: about five million rows. */
export const MAX_BILL_BYTES = 2 * 1024 ** 3;

/** Seconds for one file, from the request to its last byte. A lease under which a bill is downloaded must be longer. */
export const MAX_BILL_DOWNLOAD_SECONDS = 600;
