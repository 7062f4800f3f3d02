import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { EventSignatureError, verifyEvent, type CheckoutEvent } from '@wx-checkout/client';
import { ReceivedEvents } from './received-events.ts';

/** How a receiver behaves: it answers 204 · 500 · late · never · refuses connections. */
export type ReceiverMode = 'healthy' | 'refusing' | 'slow' | 'hanging' | 'down';

const SLOW_MS = 700;

interface ReceiverOptions {
  name: string;
  /** The time of the run, which jumps. */
  now: () => number;
}

/** A server of the merchant that is registered as an event endpoint, verifies each delivery, and keeps the highest versions. */
export class EventReceiver {
  readonly name: string;
  readonly received = new ReceivedEvents();
  readonly violations: string[] = [];
  /** Deliveries that were signed before a jump of the clock and arrived after it. */
  outdated = 0;
  /** Deliveries that it answered with 500 or never. */
  failed = 0;
  mode: ReceiverMode = 'healthy';
  secret = '';
  #server: Server | null = null;
  #port = 0;
  readonly #now;

  constructor({ name, now }: ReceiverOptions) {
    this.name = name;
    this.#now = now;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}/${this.name}`;
  }

  async setMode(mode: ReceiverMode): Promise<void> {
    this.mode = mode;
    if (mode === 'down') await this.close();
    else if (this.#server === null) await this.listen();
  }

  async listen(): Promise<void> {
    const server = createServer((incoming, outgoing) => {
      this.#receive(incoming, outgoing).catch(() => outgoing.destroy());
    });
    server.listen(this.#port, '127.0.0.1');
    await once(server, 'listening');
    this.#port = (server.address() as AddressInfo).port;
    this.#server = server;
  }

  /** Ends all connections, also those of deliveries in progress. */
  async close(): Promise<void> {
    const server = this.#server;
    this.#server = null;
    server?.close();
    server?.closeAllConnections();
    if (server) await once(server, 'close');
  }

  async #receive(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const event = this.#verify(Buffer.concat(chunks), incoming.headers);
    if (event === null) return void outgoing.writeHead(400).end();
    if (this.mode === 'hanging' || this.mode === 'refusing') this.failed++;
    if (this.mode === 'hanging') return;
    if (this.mode === 'slow') await pause(Math.random() * SLOW_MS);
    if (this.mode === 'refusing') return void outgoing.writeHead(500).end('out of order');
    this.received.add(event);
    outgoing.writeHead(204).end();
  }

  #verify(body: Buffer, headers: IncomingMessage['headers']): CheckoutEvent | null {
    try {
      return atTime(this.#now(), () => verifyEvent(body, headers, this.secret));
    } catch (error) {
      if (!(error instanceof EventSignatureError)) throw error;
      if (/timestamp too/i.test(error.message)) this.outdated++;
      else this.violations.push(`receiver ${this.name}: ${error.message}`);
      return null;
    }
  }
}

/** Runs a synchronous function with another wall clock: the instances run at the time of the run, this process does not. */
function atTime<T>(time: number, work: () => T): T {
  const realNow = Date.now;
  Date.now = () => time;
  try {
    return work();
  } finally {
    Date.now = realNow;
  }
}
