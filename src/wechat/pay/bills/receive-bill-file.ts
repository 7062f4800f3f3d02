import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { reasonOf } from '../http-errors.js';
import { type BillDownload, type BillWriter, MAX_BILL_BYTES } from './bill.js';

/**
 * What came instead of or as a bill.
 * - FILE: all bytes were written
 * - CORRUPT: the body ended, but is not the compressed file that it began as, or is too large
 * - MESSAGE: a text that begins with `<`, which no bill does; nothing was written
 * - BROKEN: the connection failed before the end of the body, or the time was over
 */
export type ReceivedBill =
  | { kind: 'FILE'; sha1: string; bytes: number }
  | { kind: 'CORRUPT'; sha1: string; bytes: number; reason: string }
  | { kind: 'MESSAGE'; text: string }
  | { kind: 'BROKEN'; reason: string };

/** Bytes of a message that are kept. */
const MAX_MESSAGE_BYTES = 64 * 1024;
/** Bytes that decide between a message and a file: a byte order mark, white space, and `<`. */
const SNIFFED_BYTES = 16;
/** Bytes of one step of the decompression. */
const STEP_BYTES = 64 * 1024;
const GZIP_MAGIC = [0x1f, 0x8b];

class TooLarge extends Error {}

/** An error of the writer, which is no failure of WeChat. */
class WriterError extends Error {}

/**
 * Reads the body of a download to its end, decompresses it when it is a gzip file, and passes it to
 * the writer. Memory is bounded: each step waits for the writer.
 * @throws the writer's own error.
 */
export async function receiveBillFile(
  body: Readable,
  writer: BillWriter,
  maxBytes = MAX_BILL_BYTES,
): Promise<ReceivedBill> {
  const receiver = new BillReceiver(writer, maxBytes);
  const consume = async (plain: AsyncIterable<Buffer>): Promise<void> => {
    for await (const chunk of plain) await receiver.take(chunk);
    await receiver.end();
  };
  try {
    const { isGzip, chunks } = await peek(body);
    if (isGzip) await pipeline(chunks, createGunzip({ chunkSize: STEP_BYTES }), consume);
    else await pipeline(chunks, consume);
    return receiver.result();
  } catch (error) {
    if (error instanceof WriterError) throw error.cause;
    if (error instanceof TooLarge) return receiver.corrupt(`it has more than ${maxBytes} bytes`);
    const reason = reasonOf(error);
    return reason.startsWith('Z_') ? receiver.corrupt(`its gzip is broken or ends early (${reason})`) : broken(reason);
  } finally {
    body.destroy();
  }
}

/** The same as a provider returns it. */
export function corruptBill({ sha1, bytes, reason }: Extract<ReceivedBill, { kind: 'CORRUPT' }>): BillDownload {
  return { state: 'CORRUPT', sha1, bytes, reason };
}

const broken = (reason: string): ReceivedBill => ({ kind: 'BROKEN', reason });

/** Reads as far as needed to recognize gzip. */
async function peek(body: Readable): Promise<{ isGzip: boolean; chunks: AsyncIterable<Buffer> }> {
  const iterator = (body as AsyncIterable<Buffer>)[Symbol.asyncIterator]();
  let first = Buffer.alloc(0);
  while (first.length < GZIP_MAGIC.length) {
    const next = await iterator.next();
    if (next.done === true) break;
    first = Buffer.concat([first, next.value]);
  }
  async function* chunks(): AsyncGenerator<Buffer> {
    yield first;
    yield* { [Symbol.asyncIterator]: () => iterator };
  }
  return { isGzip: GZIP_MAGIC.every((byte, at) => first[at] === byte), chunks: chunks() };
}

/** Counts and hashes what it passes on. Holds the first bytes back until they show that no message has come. */
class BillReceiver {
  private readonly hash = createHash('sha1');
  private bytes = 0;
  private head: Buffer | null = Buffer.alloc(0);
  private message: Buffer | null = null;

  constructor(
    private readonly writer: BillWriter,
    private readonly maxBytes: number,
  ) {}

  async take(chunk: Buffer): Promise<void> {
    if (this.message !== null) {
      if (this.message.length < MAX_MESSAGE_BYTES) this.message = Buffer.concat([this.message, chunk]);
      return;
    }
    if (this.head === null) return this.write(chunk);
    this.head = Buffer.concat([this.head, chunk]);
    if (this.head.length >= SNIFFED_BYTES) await this.decide(this.head);
  }

  async end(): Promise<void> {
    if (this.head !== null && this.message === null) await this.decide(this.head);
  }

  result(): ReceivedBill {
    if (this.message !== null)
      return { kind: 'MESSAGE', text: this.message.subarray(0, MAX_MESSAGE_BYTES).toString('utf8') };
    return { kind: 'FILE', sha1: this.hash.digest('hex'), bytes: this.bytes };
  }

  corrupt(reason: string): ReceivedBill {
    return { kind: 'CORRUPT', sha1: this.hash.digest('hex'), bytes: this.bytes, reason };
  }

  private async decide(head: Buffer): Promise<void> {
    this.head = null;
    if (/^\ufeff?\s*</.test(head.subarray(0, SNIFFED_BYTES).toString('utf8'))) this.message = head;
    else if (head.length > 0) await this.write(head);
  }

  private async write(chunk: Buffer): Promise<void> {
    if (this.bytes + chunk.length > this.maxBytes) throw new TooLarge();
    this.bytes += chunk.length;
    this.hash.update(chunk);
    try {
      await this.writer.write(chunk);
    } catch (error) {
      throw new WriterError('The writer of the bill has failed', { cause: error });
    }
  }
}
