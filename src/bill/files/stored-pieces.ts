import { open, rename, rm, type FileHandle } from 'node:fs/promises';
import { createReadStream } from 'node:fs';
import { MoreThan } from 'typeorm';
import { insertRows } from '../../database/rows.js';
import type { UnitOfWork } from '../../database/unit-of-work.js';
import { BillFileChunk } from './bill-file.entity.js';

/** Bytes of one chunk: less than MySQL's BLOB of 64 kB. */
const CHUNK_BYTES = 60_000;
/** Chunks per transaction and per read. */
const BATCH_SIZE = 8;

/** Where the compressed bytes of one file go. */
export interface PieceTarget {
  append(piece: Buffer): Promise<void>;
  /** Makes all bytes durable. */
  finish(): Promise<void>;
  /** Removes what was written, or leaves it to the cleaner. */
  discard(): Promise<void>;
}

/** Stores the bytes in `bill_file_chunks`. Rows of a file that is not READY are not read. */
export class ChunkTarget implements PieceTarget {
  private pieces: Buffer[] = [];
  private length = 0;
  private nextChunkNo = 0;

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly fileId: number,
  ) {}

  async append(piece: Buffer): Promise<void> {
    this.pieces.push(piece);
    this.length += piece.length;
    if (this.length >= BATCH_SIZE * CHUNK_BYTES) await this.flush(BATCH_SIZE * CHUNK_BYTES);
  }

  finish(): Promise<void> {
    return this.flush(this.length);
  }

  discard(): Promise<void> {
    return Promise.resolve();
  }

  /** Stores the first bytes and keeps the others. */
  private async flush(byteCount: number): Promise<void> {
    const bytes = Buffer.concat(this.pieces);
    const rows: BillFileChunk[] = [];
    for (let start = 0; start < byteCount; start += CHUNK_BYTES) {
      const data = bytes.subarray(start, Math.min(start + CHUNK_BYTES, byteCount));
      rows.push({ fileId: this.fileId, chunkNo: this.nextChunkNo + rows.length, data });
    }
    await this.unitOfWork.run((tx) => insertRows(tx, BillFileChunk, rows));
    this.nextChunkNo += rows.length;
    const rest = Buffer.from(bytes.subarray(byteCount));
    this.pieces = [rest];
    this.length = rest.length;
  }
}

/** Writes a file beside its final name, and renames it when all bytes are on the disk. */
export class DirectoryTarget implements PieceTarget {
  private handle: FileHandle | null = null;

  constructor(private readonly path: string) {}

  async append(piece: Buffer): Promise<void> {
    this.handle ??= await open(this.unfinishedPath, 'w', 0o600);
    await this.handle.writeFile(piece);
  }

  async finish(): Promise<void> {
    this.handle ??= await open(this.unfinishedPath, 'w', 0o600);
    await this.handle.sync();
    await this.close();
    await rename(this.unfinishedPath, this.path);
  }

  async discard(): Promise<void> {
    await this.close();
    await removeStoredFile(this.path);
  }

  private get unfinishedPath(): string {
    return unfinishedPathOf(this.path);
  }

  private async close(): Promise<void> {
    const { handle } = this;
    this.handle = null;
    await handle?.close();
  }
}

/** Removes a file and what an interrupted download left of it. May be repeated. */
export async function removeStoredFile(path: string): Promise<void> {
  await rm(path, { force: true });
  await rm(unfinishedPathOf(path), { force: true });
}

function unfinishedPathOf(path: string): string {
  return `${path}.part`;
}

/** The compressed bytes from `bill_file_chunks`, a few chunks at a time. */
export async function* readChunks(unitOfWork: UnitOfWork, fileId: number): AsyncGenerator<Buffer> {
  let last = -1;
  for (;;) {
    const after = last;
    const chunks = await unitOfWork.read((manager) =>
      manager.find(BillFileChunk, {
        where: { fileId, chunkNo: MoreThan(after) },
        order: { chunkNo: 'ASC' },
        take: BATCH_SIZE,
      }),
    );
    for (const { data, chunkNo } of chunks) {
      yield data;
      last = chunkNo;
    }
    if (chunks.length < BATCH_SIZE) return;
  }
}

export function readStoredFile(path: string): AsyncIterable<Buffer> {
  return createReadStream(path);
}
