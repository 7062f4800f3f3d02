import { setTimeout as delay } from 'node:timers/promises';
import { TLSSocket } from 'node:tls';
import { Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { ExchangeLog, ExchangeLogEntry } from '../state/exchange-log.js';
import { ResetRegistry } from '../state/reset-registry.js';
import { Fault } from './fault.js';

export interface WechatResponse {
  readonly status: number;
  readonly contentType: string;
  /** Text, or the bytes of a file. */
  readonly body: string | Buffer;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Real milliseconds: longer than the 5 s timeout of careful clients. */
const DEFAULT_STALL_MS = 6000;
const HTML = '<html>\n<head><title>502 Bad Gateway</title></head>\n<body><h1>502 Bad Gateway</h1></body>\n</html>\n';
const GARBAGE = '\u0000\u0001\u001f<<<return_code>SUC&&;CESS\u0002\ufffd';

/** Sends a response to the merchant, with the delay or damage that a fault asks for. */
@Injectable()
export class ResponseSender {
  private readonly openReplies = new Set<FastifyReply>();
  private stop = new AbortController();

  constructor(
    private readonly exchangeLog: ExchangeLog,
    resets: ResetRegistry,
  ) {
    resets.onReset(() => {
      this.releaseAll();
    });
  }

  async send(reply: FastifyReply, response: WechatResponse, entry: ExchangeLogEntry, fault?: Fault): Promise<void> {
    if (fault !== undefined) entry.fault = `${fault.kind} ${fault.when}`;
    if (fault?.kind === 'timeout') {
      this.keepOpen(reply, entry);
    } else if (fault?.kind === 'reset') {
      reply.hijack();
      resetConnection(reply);
      this.exchangeLog.finish(entry);
    } else if (fault?.kind === 'cut') {
      this.cutOff(reply, response, entry);
    } else {
      if (fault?.kind === 'stall' && fault.when === 'after') await this.stall(fault);
      this.deliver(reply, applyDamage(response, fault?.kind), entry);
    }
  }

  /** Delays the response by the time in the fault, in real milliseconds. */
  async stall(fault: Fault): Promise<void> {
    const { signal } = this.stop;
    await delay(fault.delayMs ?? DEFAULT_STALL_MS, undefined, { signal, ref: false }).catch(() => undefined);
  }

  /** Closes the connections that are kept open, and sends the delayed responses at once. */
  releaseAll(): void {
    for (const reply of this.openReplies) reply.raw.socket?.destroy();
    this.openReplies.clear();
    this.stop.abort();
    this.stop = new AbortController();
  }

  private keepOpen(reply: FastifyReply, entry: ExchangeLogEntry): void {
    reply.hijack();
    this.openReplies.add(reply);
    reply.raw.once('close', () => {
      this.openReplies.delete(reply);
      this.exchangeLog.finish(entry);
    });
  }

  /** Sends the headers of the whole response and half of its body. */
  private cutOff(reply: FastifyReply, response: WechatResponse, entry: ExchangeLogEntry): void {
    const body = Buffer.from(response.body);
    reply.hijack();
    const headers = { 'content-type': response.contentType, 'content-length': body.length };
    reply.raw.writeHead(response.status, { ...response.headers, ...headers });
    reply.raw.write(firstHalf(body), () => {
      resetConnection(reply);
    });
    this.exchangeLog.finish(entry);
  }

  private deliver(reply: FastifyReply, response: WechatResponse, entry: ExchangeLogEntry): void {
    entry.answer = { status: response.status, body: loggedBody(response.body) };
    this.exchangeLog.finish(entry);
    void reply.status(response.status).headers(response.headers ?? {});
    const isEmpty = response.body.length === 0;
    if (!isEmpty) void reply.header('content-type', response.contentType);
    void reply.send(isEmpty ? undefined : response.body);
  }
}

function firstHalf(body: string | Buffer): string | Buffer {
  const length = Math.floor(body.length / 2);
  return typeof body === 'string' ? body.slice(0, length) : body.subarray(0, length);
}

/** The messages list shows texts; of a file it shows only the size. */
function loggedBody(body: string | Buffer): string {
  return typeof body === 'string' ? body : `(a file of ${body.length} bytes)`;
}

/** A TLS connection cannot send a reset, but destroying it is an abrupt end for the client too. */
function resetConnection({ raw: { socket } }: FastifyReply): void {
  if (socket instanceof TLSSocket) socket.destroy();
  else socket?.resetAndDestroy();
}

function applyDamage(response: WechatResponse, kind: string | undefined): WechatResponse {
  switch (kind) {
    case 'http500':
      return { status: 500, contentType: response.contentType, body: '' };
    case 'html':
      return { status: 502, contentType: 'text/html', body: HTML };
    case 'html200':
      return { status: 200, contentType: 'text/html', body: HTML };
    case 'garbage':
      return { ...response, body: GARBAGE };
    case 'truncated':
      return { ...response, body: firstHalf(response.body) };
    case undefined:
    default:
      return response;
  }
}
