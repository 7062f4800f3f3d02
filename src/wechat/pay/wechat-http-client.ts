import { rootCertificates } from 'node:tls';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Agent, buildConnector, request } from 'undici';
import { Settings } from '../../config/settings.js';
import { CONNECT_TIMEOUT_SECONDS, maxCallDurationMs } from '../max-call-duration.js';
import type { CertificateProblem } from './certificate/certificate-problem.js';
import { MerchantCertificate, type TlsIdentity } from './certificate/merchant-certificate.js';
import { extraCertificates } from './extra-certificates.js';
import { CLIENT_CERTIFICATE_ALERT, errorCodesOf, reasonOf } from './http-errors.js';
import type { Unknown } from './outcome.js';

const MAX_RESPONSE_BYTES = 256 * 1024;
/**
 * Milliseconds for which an idle connection is used again. WeChat closes one after eight seconds. A request that is sent at
 * that moment would have an unknown outcome, although WeChat has not read it.
 */
const KEEP_ALIVE_MS = 4000;

/**
 * The result of one HTTP request.
 * - `not sent`: nothing was sent, because no usable client certificate is configured
 * - `unreachable`: nothing was sent
 * - `certificate refused`: nothing was sent, because the host refused our client certificate or its absence
 * - `broken`: it was sent, and the outcome is unknown
 */
export type WechatHttpResult =
  | { kind: 'answered'; status: number; headers: ResponseHeaders; bytes: Buffer; text: string }
  | { kind: 'not sent'; reason: CertificateProblem }
  | { kind: 'unreachable' | 'certificate refused' | 'broken'; reason: string };

/** By lower-case name. */
export type ResponseHeaders = Readonly<Record<string, string | string[] | undefined>>;

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
  /** Further headers. */
  headers?: Readonly<Record<string, string>>;
  /** True for a call that may be repeated: the next host is tried too when no response came from the previous one. */
  isRepeatable?: boolean;
}

/**
 * HTTP client for WeChat: kept-alive connections, verified certificates, a time-out for each phase, and the backup host
 * when the first cannot be reached. Only a request that says so is repeated when WeChat may have received it.
 */
@Injectable()
export class WechatHttpClient implements OnApplicationShutdown {
  private agent: Agent;
  /** Errors of failed connection attempts: they prove that nothing was sent. */
  private readonly connectErrors = new WeakSet<object>();
  private readonly timeoutMs: number;

  /** @param onServerTime receives the `Date` header of each response that has one: WeChat's clock, to the second. */
  constructor(
    private readonly settings: Settings,
    identity: TlsIdentity | null = null,
    private readonly onServerTime: (time: Date) => void = () => undefined,
  ) {
    this.timeoutMs = settings.wechat.WECHAT_TIMEOUT_SECONDS * 1000;
    this.agent = this.createAgent(identity);
  }

  private createAgent(identity: TlsIdentity | null): Agent {
    const more = extraCertificates(this.settings.certificate);
    return new Agent({
      connect: this.createConnector({
        timeout: CONNECT_TIMEOUT_SECONDS * 1000,
        // Set explicitly, so that no environment variable of Node can disable the verification.
        rejectUnauthorized: true,
        ...(more.length > 0 && { ca: [...rootCertificates, ...more] }),
        ...identity,
      }),
      headersTimeout: this.timeoutMs,
      bodyTimeout: this.timeoutMs,
      keepAliveTimeout: KEEP_ALIVE_MS,
      keepAliveMaxTimeout: KEEP_ALIVE_MS,
      connections: 128,
      maxResponseSize: MAX_RESPONSE_BYTES,
    });
  }

  async send(call: WechatHttpRequest): Promise<WechatHttpResult> {
    let last: WechatHttpResult = { kind: 'unreachable', reason: 'no address' };
    for (const baseUrl of call.baseUrls) {
      last = await this.sendTo(baseUrl, call);
      if (last.kind !== 'unreachable' && !(last.kind === 'broken' && call.isRepeatable === true)) break;
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
      // A slowly dripping response must not exceed the time-outs of the phases.
      signal: AbortSignal.timeout(maxCallDurationMs(this.settings, 1, 0)),
      ...(call.body !== undefined && { body: call.body }),
      headers: {
        ...(call.body !== undefined && { 'content-type': call.contentType ?? 'text/xml; charset=utf-8' }),
        ...call.headers,
      },
    };
    try {
      const response = await request(baseUrl + call.path, options);
      this.readServerTime(response.headers['date']);
      const bytes = Buffer.from(await response.body.arrayBuffer());
      const { statusCode: status, headers } = response;
      return { kind: 'answered', status, headers, bytes, text: new TextDecoder().decode(bytes) };
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

  private failureKindOf(error: unknown): 'unreachable' | 'certificate refused' | 'broken' {
    if (typeof error !== 'object' || error === null || !this.connectErrors.has(error)) return 'broken';
    return errorCodesOf(error).some((code) => CLIENT_CERTIFICATE_ALERT.test(code))
      ? 'certificate refused'
      : 'unreachable';
  }
}

/**
 * HTTP client for calls that require the merchant's certificate. It has its own connections, because one opened without
 * the certificate would be refused. Sends nothing without a usable certificate.
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
    this.mchId = settings.wechat.WECHAT_MCH_ID;
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
