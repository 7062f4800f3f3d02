import { Inject, Injectable, type OnApplicationShutdown, Optional } from '@nestjs/common';
import { Agent, type Dispatcher, request } from 'undici';
import { Settings } from '../../config/settings.js';
import { errorCodesOf } from '../../wechat/pay/http-errors.js';
import { findUrlViolation } from '../endpoints/endpoint-url.js';
import { type AddressPolicy } from './address-policy.js';
import { guardedLookup, type Resolver } from './guarded-lookup.js';

/** Milliseconds for a connection, with TLS. */
const CONNECT_TIMEOUT_MS = 5000;
/** Milliseconds for the whole attempt. */
export const ATTEMPT_TIMEOUT_MS = 15_000;
/** Milliseconds for the body of an answer, which changes nothing about its status. */
const BODY_TIMEOUT_MS = 2000;
/** Bytes of an answer that are read and stored. */
const MAX_BODY_BYTES = 2048;
/** Connections to one receiver. */
const CONNECTIONS = 32;
const KEEP_ALIVE_MS = 4000;

/** What a receiver answered, or why there is no answer. */
export type SendResult =
  | { kind: 'answered'; statusCode: number; retryAfter: string | undefined; responseBody: string }
  | { kind: 'failed'; errorCode: string }
  /** The service is stopping: nothing is known. */
  | { kind: 'aborted' };

/** Replaces the DNS resolver in tests. */
const EVENT_RESOLVER = Symbol('EVENT_RESOLVER');

/** Posts events to receivers: no redirects, no private addresses unless allowed, bounded in time and size. */
@Injectable()
export class EventSender implements OnApplicationShutdown {
  private readonly policy: AddressPolicy;
  private readonly agent: Agent;
  private readonly stopping = new AbortController();

  constructor(settings: Settings, @Optional() @Inject(EVENT_RESOLVER) resolver?: Resolver) {
    this.policy = { allowPrivate: settings.EVENTS_ALLOW_PRIVATE_NETWORKS };
    this.agent = new Agent({
      connect: {
        lookup: guardedLookup(this.policy, resolver),
        timeout: CONNECT_TIMEOUT_MS,
        // Set explicitly, so that no environment variable of Node can disable the verification.
        rejectUnauthorized: true,
      },
      headersTimeout: ATTEMPT_TIMEOUT_MS,
      bodyTimeout: ATTEMPT_TIMEOUT_MS,
      keepAliveTimeout: KEEP_ALIVE_MS,
      keepAliveMaxTimeout: KEEP_ALIVE_MS,
      connections: CONNECTIONS,
    });
  }

  /** Sends one request. Never throws. */
  async post(url: string, headers: Readonly<Record<string, string>>, body: string): Promise<SendResult> {
    // A connection to an address in the URL makes no lookup. The settings may have changed since the URL was stored.
    if (findUrlViolation(url, this.policy) !== null) return { kind: 'failed', errorCode: 'ADDRESS_NOT_ALLOWED' };
    const timeout = AbortSignal.timeout(ATTEMPT_TIMEOUT_MS);
    try {
      const response = await request(url, {
        method: 'POST',
        headers,
        body,
        dispatcher: this.agent,
        signal: AbortSignal.any([timeout, this.stopping.signal]),
      });
      const retryAfter = response.headers['retry-after'];
      return {
        kind: 'answered',
        statusCode: response.statusCode,
        retryAfter: Array.isArray(retryAfter) ? retryAfter[0] : retryAfter,
        responseBody: await readBeginning(response.body),
      };
    } catch (error) {
      if (this.stopping.signal.aborted) return { kind: 'aborted' };
      return { kind: 'failed', errorCode: timeout.aborted ? 'TIMEOUT' : errorCodeOf(error) };
    }
  }

  /** Ends all requests in progress. */
  abort(): void {
    this.stopping.abort();
  }

  async onApplicationShutdown(): Promise<void> {
    this.abort();
    await this.agent.destroy();
  }
}

/** A body that ends early or never is only cut, because the status is known. */
async function readBeginning(body: Dispatcher.ResponseData['body']): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  const timer = setTimeout(() => body.destroy(), BODY_TIMEOUT_MS);
  try {
    for await (const chunk of body as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      size += chunk.length;
      if (size >= MAX_BODY_BYTES) break; // which closes the connection
    }
  } catch {
    // what has arrived is enough
  } finally {
    clearTimeout(timer);
  }
  return Buffer.concat(chunks).subarray(0, MAX_BODY_BYTES).toString('utf8').replaceAll('\0', '\ufffd');
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
