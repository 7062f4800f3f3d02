import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { CompatMethods, Notice, NoticeReading } from './client.ts';

const ARRIVAL_TIMEOUT_MS = 10_000;

type Read = (notice: Notice) => Promise<NoticeReading>;

/** Receives the notices of all clients, and lets each client read its own. */
export class NoticeServer {
  readonly #server = createServer((request, response) => void this.#handle(request, response));
  readonly #readers = new Map<string, Read>();
  readonly #readings = new Map<string, PromiseWithResolvers<NoticeReading>>();
  #origin = '';

  async start(): Promise<void> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    this.#origin = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  /** @returns the notify URLs of a client */
  listenFor(name: string, { readPaymentNotice, readRefundNotice }: CompatMethods): { payment: string; refund: string } {
    const listen = (kind: string, read: Read | undefined): string => {
      const path = `/${name}/${kind}`;
      if (read) this.#readers.set(path, read);
      const reading = Promise.withResolvers<NoticeReading>();
      reading.promise.catch(() => undefined); // reported by `next`
      this.#readings.set(path, reading);
      return this.#origin + path;
    };
    return { payment: listen('payment', readPaymentNotice), refund: listen('refund', readRefundNotice) };
  }

  /** What the client has read from the first notice at its URL. @throws what the client throws, or if none arrives. */
  async next(url: string): Promise<NoticeReading> {
    const reading = this.#readings.get(new URL(url).pathname)?.promise;
    const result = await Promise.race([reading, pause(ARRIVAL_TIMEOUT_MS, undefined, { ref: false })]);
    if (!result) throw new Error('no notice arrived');
    return result;
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? '';
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
    try {
      const read = this.#readers.get(path);
      if (!read) throw new Error('The client does not offer to read this notice.');
      const reading = await read({ headers, body: Buffer.concat(chunks).toString('utf8') });
      response.writeHead(reading.status ?? 200).end(reading.reply);
      this.#readings.get(path)?.resolve(reading);
    } catch (error) {
      response.writeHead(500).end();
      this.#readings.get(path)?.reject(error);
    }
  }
}
