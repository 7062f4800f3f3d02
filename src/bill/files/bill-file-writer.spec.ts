import { createHash, randomBytes } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { BillFileWriter } from './bill-file-writer.js';
import type { PieceTarget } from './stored-pieces.js';

class MemoryTarget implements PieceTarget {
  readonly pieces: Buffer[] = [];
  isDiscarded = false;

  constructor(private readonly failAfter = Infinity) {}

  append(piece: Buffer): Promise<void> {
    if (this.pieces.length >= this.failAfter) return Promise.reject(new Error('the disk is full'));
    this.pieces.push(piece);
    return Promise.resolve();
  }

  finish(): Promise<void> {
    return Promise.resolve();
  }

  discard(): Promise<void> {
    this.isDiscarded = true;
    return Promise.resolve();
  }
}

const proceed = (): Promise<void> => Promise.resolve();

describe('bill file writer', () => {
  it('stores the bytes compressed, and returns their size and hash', async () => {
    const target = new MemoryTarget();
    const writer = new BillFileWriter(target, proceed);
    const chunks = Array.from({ length: 50 }, () => randomBytes(20_000));
    for (const chunk of chunks) await writer.write(chunk);
    const bytes = Buffer.concat(chunks);
    expect(await writer.finish()).toEqual({
      bytes: bytes.length,
      sha1: createHash('sha1').update(bytes).digest('hex'),
    });
    expect(gunzipSync(Buffer.concat(target.pieces)).equals(bytes)).toBe(true);
  });

  it('stores an empty file', async () => {
    const target = new MemoryTarget();
    expect((await new BillFileWriter(target, proceed).finish()).bytes).toBe(0);
    expect(gunzipSync(Buffer.concat(target.pieces))).toHaveLength(0);
  });

  it.each([
    ['the disk is full', new MemoryTarget(1), proceed],
    ['the lease is lost', new MemoryTarget(), () => Promise.reject(new Error('the lease is lost'))],
  ])('a write fails, and does not hang, when %s', async (message, target, onProgress) => {
    const writer = new BillFileWriter(target, onProgress);
    const writeAll = async (): Promise<void> => {
      for (let count = 0; count < 100; count++) await writer.write(randomBytes(60_000));
    };
    await expect(writeAll()).rejects.toThrow(message);
    await expect(writer.write(Buffer.from('more'))).rejects.toThrow(message);
    await writer.discard();
    expect(target.isDiscarded).toBe(true);
  });
});
