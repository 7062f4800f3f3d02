import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { CollectingBillWriter } from '../../../../test/support/wechat/collecting-bill-writer.js';
import { VECTORS } from '../../../../test/vectors/v3/vectors.js';
import { receiveBillFile, type ReceivedBill } from './receive-bill-file.js';

const TEXT = VECTORS.bills.V10;
const sha1Of = (data: string | Buffer): string => createHash('sha1').update(data).digest('hex');

/** @param size bytes of each piece. */
function bodyOf(data: string | Buffer, size = 100): Readable {
  const bytes = Buffer.from(data);
  const pieces: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += size) pieces.push(bytes.subarray(at, at + size));
  return Readable.from(pieces);
}

async function receive(
  body: Readable,
  maxBytes?: number,
): Promise<{ received: ReceivedBill; writer: CollectingBillWriter }> {
  const writer = new CollectingBillWriter();
  return { received: await receiveBillFile(body, writer, maxBytes), writer };
}

describe('receiving a bill', () => {
  it("writes the documented file and computes the documented SHA-1, from WeChat's own gzip", async () => {
    const { received, writer } = await receive(bodyOf(Buffer.from(VECTORS.bills.V15gzip, 'base64')));
    expect(received).toEqual({ kind: 'FILE', sha1: '800fe8d22f7a8b3802c76543b94306cc7d264c9f', bytes: 790 });
    expect(writer.text).toBe(VECTORS.bills.V15);
  });

  it('accepts text where gzip was requested, in pieces of any size, byte for byte', async () => {
    for (const data of [TEXT, gzipSync(TEXT)]) {
      for (const size of [1, 3, 10_000]) {
        const { received, writer } = await receive(bodyOf(data, size));
        expect(received).toEqual({ kind: 'FILE', sha1: 'adafa8dead30fc25bddf1d3e34fcaaa8204583a1', bytes: 1118 });
        expect(writer.bytes.equals(Buffer.from(TEXT))).toBe(true);
      }
    }
  });

  it('accepts files that are shorter than what decides about them', async () => {
    for (const text of ['', 'a', '\ufeff'])
      expect((await receive(bodyOf(text, 1))).received).toEqual({
        kind: 'FILE',
        sha1: sha1Of(text),
        bytes: Buffer.byteLength(text),
      });
  });

  it.each([
    ['plain', (text: string) => Buffer.from(text)],
    ['compressed', (text: string) => gzipSync(text)],
  ])('recognizes a %s message, and writes nothing', async (_how, encode) => {
    for (const text of ['<xml><return_code>FAIL</return_code></xml>', '\ufeff \r\n<xml/>', '<']) {
      const { received, writer } = await receive(bodyOf(encode(text), 2));
      expect(received).toEqual({ kind: 'MESSAGE', text });
      expect(writer.chunks).toEqual([]);
    }
  });

  it('keeps only the beginning of a large message', async () => {
    const { received } = await receive(bodyOf(`<html>${'x'.repeat(1_000_000)}`, 9000));
    expect(received.kind === 'MESSAGE' && received.text.length).toBe(64 * 1024);
  });

  it.each([
    ['is cut off', (gzip: Buffer) => gzip.subarray(0, gzip.length - 30)],
    ['ends after its first bytes', (gzip: Buffer) => gzip.subarray(0, 5)],
    [
      'has a wrong byte',
      (gzip: Buffer) =>
        Buffer.concat([gzip.subarray(0, 100), Buffer.from([gzip[100] === 0 ? 1 : 0]), gzip.subarray(101)]),
    ],
    ['has a wrong checksum', (gzip: Buffer) => Buffer.concat([gzip.subarray(0, gzip.length - 8), Buffer.alloc(8)])],
  ])('reports gzip that %s as corrupt', async (_what, damage) => {
    const { received } = await receive(bodyOf(damage(gzipSync(TEXT))));
    expect(received).toMatchObject({ kind: 'CORRUPT', reason: expect.stringContaining('gzip') });
  });

  it('stops a file that exceeds the limit, also a compressed one, before it is all in memory', async () => {
    const zeros = Buffer.alloc(50 * 1024 * 1024);
    for (const data of [gzipSync(zeros), zeros]) {
      const { received, writer } = await receive(bodyOf(data, 60_000), 1_000_000);
      expect(received).toMatchObject({ kind: 'CORRUPT', reason: 'it has more than 1000000 bytes' });
      expect(writer.bytes.length).toBeLessThanOrEqual(1_000_000);
    }
  });

  it('reports a body that fails as broken', async () => {
    for (const data of [Buffer.from(TEXT), gzipSync(TEXT)]) {
      async function* failing(): AsyncGenerator<Buffer> {
        yield await Promise.resolve(data.subarray(0, 100));
        throw Object.assign(new Error('socket'), { code: 'UND_ERR_SOCKET' });
      }
      expect((await receive(Readable.from(failing()))).received).toEqual({ kind: 'BROKEN', reason: 'UND_ERR_SOCKET' });
    }
  });

  it("throws the writer's own error, and closes the body", async () => {
    const error = new Error('disk full');
    for (const data of [Buffer.from(TEXT), gzipSync(TEXT)]) {
      const body = bodyOf(data);
      const receiving = receiveBillFile(body, { write: () => Promise.reject(error) });
      await expect(receiving).rejects.toBe(error);
      expect(body.destroyed).toBe(true);
    }
  });

  it('waits for each write', async () => {
    let [open, most] = [0, 0];
    const writer = {
      write: async (): Promise<void> => {
        most = Math.max(most, ++open);
        await new Promise(setImmediate);
        open--;
      },
    };
    await receiveBillFile(bodyOf(gzipSync(Buffer.alloc(1_000_000, 'x')), 50), writer);
    expect(most).toBe(1);
  });
});
