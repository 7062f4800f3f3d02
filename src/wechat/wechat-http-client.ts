import { readFileSync } from 'node:fs';
import { rootCertificates } from 'node:tls';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Agent, buildConnector, request } from 'undici';
import { Settings } from '../config/settings.js';
import type { CertificateProblem } from './certificate-problem.js';
import { MerchantCertificate, type TlsIdentity } from './merchant-certificate.js';
import type { Unknown } from './outcome.js';

/** Milliseconds to connect to a host. A failure within this time proves that nothing was sent. */
const CONNECT_TIMEOUT_MS = 2000;
const MAX_RESPONSE_BYTES = 256 * 1024;

/**
 * The result of one HTTP request.
 * - `not sent`: nothing was sent, because no usable client certificate is configured
 * - `unreachable`: nothing was sent
 * - `certificate rejected`: nothing was sent, because the host rejected our client certificate or its absence
 * - `broken`: it was sent, and the outcome is unknown
 */
export type WechatHttpResult =
  | { kind: 'answered'; status: number; text: string }
  | { kind: 'not sent'; reason: CertificateProblem }
  | { kind: 'unreachable' | 'certificate rejected' | 'broken'; reason: string };

/** The failure as an outcome reports it. */
export function failureOf({
  kind,
  reason,
}: Exclude<WechatHttpResult, { kind: 'answered' }>): NonNullable<Unknown['failure']> {
  return { kind: kind === 'broken' ? 'CONNECTION_BROKEN' : 'UNREACHABLE', code: reason };
}

export function httpError(status: number): NonNullable<Unknown['failure']> {
  return { kind: 'HTTP_ERROR', code: `HTTP ${status}` };
}

export interface WechatHttpRequest {
  method: 'GET' | 'POST';
  /** Tried in order: the next one only when no connection to the previous one could be made. */
  baseUrls: readonly string[];
  path: string;
  body?: string;
  contentType?: string;
}

/**
 * HTTP client for WeChat: kept-alive connections, verified certificates, a time-out for each phase, and the backup host when
 * the first cannot be reached. Never repeats a request that WeChat may have received.
 */
@Injectable()
export class WechatHttpClient implements OnApplicationShutdown {
  private agent: Agent;
  /** Errors of failed connection attempts: they prove that nothing was sent. */
  private readonly connectErrors = new WeakSet<object>();
  private readonly timeoutMs: number;

  /** @param onServerTime receives the `Date` header of each answer that has one: WeChat's clock, to the second. */
  constructor(
    private readonly settings: Settings,
    identity: TlsIdentity | null = null,
    private readonly onServerTime: (time: Date) => void = () => undefined,
  ) {
    this.timeoutMs = settings.WECHAT_TIMEOUT_SECONDS * 1000;
    this.agent = this.createAgent(identity);
  }

  private createAgent(identity: TlsIdentity | null): Agent {
    const more = extraCertificates(this.settings);
    return new Agent({
      connect: this.createConnector({
        timeout: CONNECT_TIMEOUT_MS,
        // Set explicitly, so that no environment variable of Node can disable the verification.
        rejectUnauthorized: true,
        ...(more.length > 0 && { ca: [...rootCertificates, ...more] }),
        ...identity,
      }),
      headersTimeout: this.timeoutMs,
      bodyTimeout: this.timeoutMs,
      keepAliveTimeout: 30_000,
      connections: 128,
      maxResponseSize: MAX_RESPONSE_BYTES,
    });
  }

  async send(call: WechatHttpRequest): Promise<WechatHttpResult> {
    let last: WechatHttpResult = { kind: 'unreachable', reason: 'no address' };
    for (const baseUrl of call.baseUrls) {
      last = await this.sendTo(baseUrl, call);
      if (last.kind !== 'unreachable') break;
    }
    return last;
  }

  async onApplicationShutdown(): Promise<void> {
    await this.agent.destroy();
  }

  /** Later calls use connections with this identity. Calls in progress finish on the old ones. */
  protected useIdentity(identity: TlsIdentity | null): void {
    const old = this.agent;
    this.agent = this.createAgent(identity);
    void old.close().catch(() => undefined);
  }

  private async sendTo(baseUrl: string, call: WechatHttpRequest): Promise<WechatHttpResult> {
    const options: Parameters<typeof request>[1] = {
      dispatcher: this.agent,
      method: call.method,
      // A slowly dripping answer must not exceed the time-outs of the phases.
      signal: AbortSignal.timeout(this.timeoutMs + CONNECT_TIMEOUT_MS),
      ...(call.body !== undefined && {
        body: call.body,
        headers: { 'content-type': call.contentType ?? 'text/xml; charset=utf-8' },
      }),
    };
    try {
      const response = await request(baseUrl + call.path, options);
      this.readServerTime(response.headers['date']);
      return { kind: 'answered', status: response.statusCode, text: await response.body.text() };
    } catch (error) {
      return { kind: this.failureKindOf(error), reason: reasonOf(error) };
    }
  }

  private readServerTime(header: string | string[] | undefined): void {
    const time = new Date(typeof header === 'string' ? header : NaN);
    if (!Number.isNaN(time.getTime())) this.onServerTime(time);
  }

  private createConnector(options: buildConnector.BuildOptions): buildConnector.connector {
    const connect = buildConnector(options);
    return (target, callback) => {
      connect(target, (...[error, socket]: buildConnector.CallbackArgs) => {
        if (error === null) {
          callback(null, socket);
          return;
        }
        this.connectErrors.add(error);
        callback(error, null);
      });
    };
  }

  private failureKindOf(error: unknown): 'unreachable' | 'certificate rejected' | 'broken' {
    if (typeof error !== 'object' || error === null || !this.connectErrors.has(error)) return 'broken';
    return errorCodesOf(error).some((code) => CLIENT_CERTIFICATE_ALERT.test(code))
      ? 'certificate rejected'
      : 'unreachable';
  }
}

/**
 * HTTP client for calls that require the merchant's certificate. It has its own connections, because one opened without the
 * certificate would be refused. Sends nothing without a usable certificate.
 */
@Injectable()
export class MutualTlsWechatHttpClient extends WechatHttpClient {
  private readonly mchId: string;
  private identity: TlsIdentity | null;

  constructor(
    settings: Settings,
    private readonly certificate: MerchantCertificate,
  ) {
    super(settings, certificate.identity());
    this.identity = certificate.identity();
    this.mchId = settings.WECHAT_MCH_ID;
  }

  /** Why nothing can be sent now; null when it can. */
  problem(): CertificateProblem | null {
    return this.certificate.problem(this.mchId);
  }

  override async send(call: WechatHttpRequest): Promise<WechatHttpResult> {
    const reason = this.problem();
    if (reason !== null) return { kind: 'not sent', reason };
    this.reconnectIfCertificateChanged();
    return super.send(call);
  }

  /** Stops using connections that were opened with a replaced certificate. */
  private reconnectIfCertificateChanged(): void {
    const identity = this.certificate.identity();
    if (identity === this.identity) return;
    this.identity = identity;
    this.useIdentity(identity);
  }
}

function extraCertificates({ WECHAT_CA_FILE: file, WECHAT_CA_BASE64: base64 }: Settings): string[] {
  return [
    ...(file === undefined ? [] : [readFileSync(file, 'utf8')]),
    ...(base64 === undefined ? [] : [Buffer.from(base64, 'base64').toString('utf8')]),
  ];
}

/**
 * TLS alerts that only concern the client certificate. With TLS 1.3 the alert may come after our half of the handshake, with
 * the request already sent. That is a broken connection and proves nothing.
 */
const CLIENT_CERTIFICATE_ALERT =
  /^ERR_SSL_.*ALERT_(BAD_CERTIFICATE|UNSUPPORTED_CERTIFICATE|CERTIFICATE_(REVOKED|EXPIRED|UNKNOWN|REQUIRED)|UNKNOWN_CA)$/;

/**
 * An AggregateError contains one error for each tried address. Checked by shape, because an error may come from another
 * realm.
 */
function errorCodesOf(error: unknown): string[] {
  if (typeof error !== 'object' || error === null) return [];
  const code = 'code' in error && typeof error.code === 'string' ? [error.code] : [];
  const inner: unknown[] = 'errors' in error && Array.isArray(error.errors) ? error.errors : [];
  return [...code, ...inner.flatMap((each) => errorCodesOf(each))];
}

/** Only the error's name or code: its message may contain a URL with a secret in the query. */
function reasonOf(error: unknown): string {
  return errorCodesOf(error)[0] ?? (error instanceof Error ? error.name : 'unknown');
}
