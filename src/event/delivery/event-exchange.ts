import type { Dispatcher } from 'undici';
import { errorCodesOf } from '../../wechat/pay/http-errors.js';

/** Milliseconds for the whole attempt. */
export const ATTEMPT_TIMEOUT_MS = 15_000;
/** Milliseconds for the body of an answer, which changes nothing about its status. */
const BODY_TIMEOUT_MS = 2000;
/** Bytes of an answer that are read and stored. */
const MAX_BODY_BYTES = 2048;

/** What a receiver answered, or why there is no answer. */
export type SendResult =
  | { kind: 'answered'; statusCode: number; retryAfter: string | undefined; responseBody: string }
  | { kind: 'failed'; errorCode: string }
  /** The service is stopping: nothing is known. */
  | { kind: 'aborted' };

interface Head {
  statusCode: number;
  retryAfter: string | undefined;
}

/**
 * One request and its answer, bounded in time and size. It takes the events of undici itself, because `request` of undici makes
 * a stream, and needs two abort signals with their listeners, for each request.
 */
export class EventExchange implements Dispatcher.DispatchHandler {
  private controller: Dispatcher.DispatchController | null = null;
  private timer: NodeJS.Timeout;
  private head: Head | null = null;
  private readonly chunks: Buffer[] = [];
  private size = 0;
  private isEnded = false;

  /** @param onEnd is called once. */
  constructor(private readonly onEnd: (result: SendResult, exchange: EventExchange) => void) {
    this.timer = setTimeout(() => this.close({ kind: 'failed', errorCode: 'TIMEOUT' }), ATTEMPT_TIMEOUT_MS);
  }

  /** Ends it at once: the service is stopping. */
  abort(): void {
    this.close({ kind: 'aborted' });
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.controller = controller;
    if (this.isEnded) controller.abort(new Error('The attempt ended while it waited for a connection.'));
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    statusCode: number,
    headers: Readonly<Record<string, string | string[] | undefined>>,
  ): void {
    if (statusCode < 200) return; // such as 103, before the answer
    const retryAfter = headers['retry-after'];
    this.head = { statusCode, retryAfter: Array.isArray(retryAfter) ? retryAfter[0] : retryAfter };
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.close({ kind: 'aborted' }), BODY_TIMEOUT_MS);
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.chunks.push(chunk);
    this.size += chunk.length;
    if (this.size >= MAX_BODY_BYTES) this.close({ kind: 'aborted' });
  }

  onResponseEnd(): void {
    this.end({ kind: 'aborted' });
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.end({ kind: 'failed', errorCode: errorCodeOf(error) });
  }

  /** Ends it and closes the connection. */
  private close(resultWithoutAnswer: SendResult): void {
    this.end(resultWithoutAnswer);
    this.controller?.abort(new Error('The attempt has ended.'));
  }

  /** Once the status is known, it is the result: a body that ends early is only cut. */
  private end(resultWithoutAnswer: SendResult): void {
    if (this.isEnded) return;
    this.isEnded = true;
    clearTimeout(this.timer);
    const result = this.head ? { kind: 'answered' as const, ...this.head, responseBody: this.body() } : null;
    this.onEnd(result ?? resultWithoutAnswer, this);
  }

  private body(): string {
    if (this.size === 0) return '';
    return Buffer.concat(this.chunks).subarray(0, MAX_BODY_BYTES).toString('utf8').replaceAll('\0', '\ufffd');
  }
}

const ERROR_CODES: Readonly<Record<string, string>> = {
  UND_ERR_CONNECT_TIMEOUT: 'CONNECT_TIMEOUT',
  UND_ERR_HEADERS_TIMEOUT: 'TIMEOUT',
  UND_ERR_SOCKET: 'CONNECTION_CLOSED',
  ECONNRESET: 'CONNECTION_CLOSED',
  EPIPE: 'CONNECTION_CLOSED',
  ECONNREFUSED: 'CONNECTION_REFUSED',
  ENOTFOUND: 'DNS_FAILED',
  EAI_AGAIN: 'DNS_FAILED',
};

/** Our own code, or that of Node, such as `CERT_HAS_EXPIRED`. Never the message, which may contain the URL. */
function errorCodeOf(error: unknown): string {
  const [code = 'FAILED'] = errorCodesOf(error);
  return (ERROR_CODES[code] ?? code).slice(0, 64);
}
