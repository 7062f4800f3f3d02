import { createHash } from 'node:crypto';
import { constants, createGzip } from 'node:zlib';
import type { BillWriter } from '../../wechat/pay/bills/bill.js';
import type { PieceTarget } from './stored-pieces.js';

/** The size and hash of the uncompressed bytes. */
export interface FileDigest {
  sha1: string;
  bytes: number;
}

/** Compresses the bytes of one download and passes them on, with bounded memory. */
export class BillFileWriter implements BillWriter {
  private readonly gzip = createGzip({ level: constants.Z_BEST_SPEED });
  private readonly hash = createHash('sha1');
  private readonly stored: Promise<void>;
  private bytes = 0;
  /** Why the pieces cannot be stored. */
  private failure: Error | undefined;
  /** Ends the write in progress: the stream does not call back once its reader has failed. */
  private rejectWrite: ((error: Error) => void) | null = null;

  /** @param onProgress is called before each piece is stored; an error ends the download. */
  constructor(
    private readonly target: PieceTarget,
    private readonly onProgress: () => Promise<void>,
  ) {
    this.stored = this.storePieces();
    this.stored.catch((error: unknown) => {
      this.failure = error instanceof Error ? error : new Error(String(error));
      this.rejectWrite?.(this.failure);
    });
  }

  write(chunk: Buffer): Promise<void> {
    this.hash.update(chunk);
    this.bytes += chunk.length;
    // No race with `stored`: a promise that ends last would keep every write in memory.
    return new Promise<void>((resolve, reject) => {
      if (this.failure !== undefined) {
        reject(this.failure);
        return;
      }
      this.rejectWrite = reject;
      this.gzip.write(chunk, (error) => {
        this.rejectWrite = null;
        if (error) reject(error);
        else resolve();
      });
    });
  }

  /** Returns when all bytes are durable. */
  async finish(): Promise<FileDigest> {
    this.gzip.end();
    await this.stored;
    await this.target.finish();
    return { sha1: this.hash.digest('hex'), bytes: this.bytes };
  }

  async discard(): Promise<void> {
    this.gzip.destroy();
    await this.stored.catch(() => undefined);
    await this.target.discard();
  }

  private async storePieces(): Promise<void> {
    for await (const piece of this.gzip) {
      await this.onProgress();
      await this.target.append(piece as Buffer);
    }
  }
}
