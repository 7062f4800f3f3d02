import { readFileSync } from 'node:fs';
import { rootCertificates } from 'node:tls';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Agent, request } from 'undici';
import { Settings } from '../config/settings.js';

/** Milliseconds to reach a host. A failure within it proves that nothing was sent. */
const CONNECT_TIMEOUT_MS = 2000;
const RESPONSE_LIMIT = 256 * 1024;

/** What came of one exchange. `unreachable`: nothing was sent. `broken`: it was, and nobody knows what came of it. */
export type Exchange =
  { kind: 'answered'; status: number; text: string } | { kind: 'unreachable' | 'broken'; reason: string };

export interface ExchangeRequest {
  method: 'GET' | 'POST';
  /** Tried in order; the next only when no connection to the one before could be made. */
  baseUrls: readonly string[];
  path: string;
  body?: string;
  contentType?: string;
}

/**
 * The wire to WeChat: kept-alive connections, certificates always verified, a time-out for each phase, and the twin
 * host when the first cannot be reached. Never repeats what may have been heard.
 */
@Injectable()
export class WechatHttp implements OnApplicationShutdown {
  private readonly agent: Agent;
  private readonly timeoutMs: number;

  constructor(settings: Settings) {
    this.timeoutMs = settings.WECHAT_TIMEOUT_SECONDS * 1000;
    const ca = settings.WECHAT_CA_FILE && [...rootCertificates, readFileSync(settings.WECHAT_CA_FILE, 'utf8')];
    this.agent = new Agent({
      // Said explicitly, so that no variable of Node's can switch the verification off.
      connect: { timeout: CONNECT_TIMEOUT_MS, rejectUnauthorized: true, ...(ca && { ca }) },
      headersTimeout: this.timeoutMs,
      bodyTimeout: this.timeoutMs,
      keepAliveTimeout: 30_000,
      connections: 128,
      maxResponseSize: RESPONSE_LIMIT,
    });
  }

  async exchange(call: ExchangeRequest): Promise<Exchange> {
    let last: Exchange = { kind: 'unreachable', reason: 'no address' };
    for (const baseUrl of call.baseUrls) {
      last = await this.once(baseUrl, call);
      if (last.kind !== 'unreachable') break;
    }
    return last;
  }

  async onApplicationShutdown(): Promise<void> {
    await this.agent.destroy();
  }

  private async once(baseUrl: string, call: ExchangeRequest): Promise<Exchange> {
    const options: Parameters<typeof request>[1] = {
      dispatcher: this.agent,
      method: call.method,
      // Slow dripping must not outlive the phases' own limits.
      signal: AbortSignal.timeout(this.timeoutMs + CONNECT_TIMEOUT_MS),
      ...(call.body !== undefined && {
        body: call.body,
        headers: { 'content-type': call.contentType ?? 'text/xml; charset=utf-8' },
      }),
    };
    try {
      const response = await request(baseUrl + call.path, options);
      return { kind: 'answered', status: response.statusCode, text: await response.body.text() };
    } catch (error) {
      return { kind: wasNeverSent(error) ? 'unreachable' : 'broken', reason: reasonOf(error) };
    }
  }
}

const BEFORE_SENDING = new Set([
  'UND_ERR_CONNECT_TIMEOUT',
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

function wasNeverSent(error: unknown): boolean {
  return codesOf(error).some((code) => BEFORE_SENDING.has(code));
}

/** An AggregateError has one error for each address that was tried. By shape: an error may come from another realm. */
function codesOf(error: unknown): string[] {
  if (typeof error !== 'object' || error === null) return [];
  const code = 'code' in error && typeof error.code === 'string' ? [error.code] : [];
  const inner: unknown[] = 'errors' in error && Array.isArray(error.errors) ? error.errors : [];
  return [...code, ...inner.flatMap((each) => codesOf(each))];
}

/** The error's name alone: its message may hold an address with a secret in the query. */
function reasonOf(error: unknown): string {
  return codesOf(error)[0] ?? (error instanceof Error ? error.name : 'unknown');
}
