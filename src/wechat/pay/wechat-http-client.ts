import type { Readable } from 'node:stream';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { type Dispatcher, request } from 'undici';
import { Settings } from '../../config/settings.js';
import { maxCallDurationMs } from '../max-call-duration.js';
import type { CertificateProblem } from './certificate/certificate-problem.js';
import { MerchantCertificate, type TlsIdentity } from './certificate/merchant-certificate.js';
import { reasonOf } from './http-errors.js';
import type { Unknown } from './outcome.js';
import { WechatConnections } from './wechat-connections.js';

/**
 * Why one HTTP request has no response.
 * - `not sent`: nothing was sent, because no usable client certificate is configured
 * - `unreachable`: nothing was sent
 * - `certificate refused`: nothing was sent, because the host refused our client certificate or its absence
 * - `broken`: it was sent, and the outcome is unknown
 */
type WechatHttpFailure =
  | { kind: 'not sent'; reason: CertificateProblem }
  | { kind: 'unreachable' | 'certificate refused' | 'broken'; reason: string };

/** The result of one HTTP request, with its whole response. */
export type WechatHttpResult =
  { kind: 'answered'; status: number; headers: ResponseHeaders; bytes: Buffer; text: string } | WechatHttpFailure;

/**
 * The result of one HTTP request for a file. The body must be read to its end, or destroyed. It fails while it is read when
 * the connection breaks or no byte comes for WECHAT_TIMEOUT_SECONDS.
 */
export type WechatHttpDownload =
  { kind: 'answered'; status: number; headers: ResponseHeaders; body: Readable } | WechatHttpFailure;

/** By lower-case name. */
export type ResponseHeaders = Readonly<Record<string, string | string[] | undefined>>;

/** The failure as an outcome reports it. */
export function failureOf({ kind, reason }: WechatHttpFailure): NonNullable<Unknown['failure']> {
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
  protected readonly connections: WechatConnections;

  /** @param onServerTime receives the `Date` header of each response that has one: WeChat's clock, to the second. */
  constructor(
    private readonly settings: Settings,
    identity: TlsIdentity | null = null,
    private readonly onServerTime: (time: Date) => void = () => undefined,
  ) {
    this.connections = new WechatConnections(settings, identity);
  }

  async send(call: WechatHttpRequest): Promise<WechatHttpResult> {
    return this.tryHosts(call, async (baseUrl) => {
      // A slowly dripping response must not exceed the time-outs of the phases.
      const signal = AbortSignal.timeout(maxCallDurationMs(this.settings, 1, 0));
      const {
        statusCode: status,
        headers,
        body,
      } = await this.request(baseUrl, call, this.connections.forMessages, signal);
      const bytes = Buffer.from(await body.arrayBuffer());
      return { kind: 'answered', status, headers, bytes, text: new TextDecoder().decode(bytes) };
    });
  }

  /**
   * Sends a request whose response is a file, which is read as it comes.
   * @param signal ends the download, also while its body is read.
   */
  async download(call: WechatHttpRequest, signal: AbortSignal): Promise<WechatHttpDownload> {
    return this.tryHosts(call, async (baseUrl) => {
      const {
        statusCode: status,
        headers,
        body,
      } = await this.request(baseUrl, call, this.connections.forFiles, signal);
      // A body that is destroyed reports an error, which without a listener would end the process.
      body.on('error', () => undefined);
      return { kind: 'answered', status, headers, body };
    });
  }

  async onApplicationShutdown(): Promise<void> {
    await this.connections.destroy();
  }

  private async tryHosts<T extends { kind: 'answered' }>(
    call: WechatHttpRequest,
    sendTo: (baseUrl: string) => Promise<T>,
  ): Promise<T | WechatHttpFailure> {
    let last: WechatHttpFailure = { kind: 'unreachable', reason: 'no address' };
    for (const baseUrl of call.baseUrls) {
      try {
        return await sendTo(baseUrl);
      } catch (error) {
        last = { kind: this.connections.failureKindOf(error), reason: reasonOf(error) };
      }
      if (last.kind !== 'unreachable' && !(last.kind === 'broken' && call.isRepeatable === true)) break;
    }
    return last;
  }

  private async request(
    baseUrl: string,
    call: WechatHttpRequest,
    dispatcher: Dispatcher,
    signal: AbortSignal,
  ): Promise<Dispatcher.ResponseData> {
    const response = await request(baseUrl + call.path, {
      dispatcher,
      method: call.method,
      signal,
      ...(call.body !== undefined && { body: call.body }),
      headers: {
        ...(call.body !== undefined && { 'content-type': call.contentType ?? 'text/xml; charset=utf-8' }),
        ...call.headers,
      },
    });
    this.readServerTime(response.headers['date']);
    return response;
  }

  private readServerTime(header: string | string[] | undefined): void {
    const time = new Date(typeof header === 'string' ? header : NaN);
    if (!Number.isNaN(time.getTime())) this.onServerTime(time);
  }
}

/**
 * HTTP client for calls that require the merchant's certificate. It has its own connections, because one opened without
 * the certificate would be refused. Sends nothing without a usable certificate.
 */
@Injectable()
export class MutualTlsWechatHttpClient extends WechatHttpClient {
  private readonly mchId: string;

  constructor(
    settings: Settings,
    private readonly certificate: MerchantCertificate,
  ) {
    super(settings, certificate.identity());
    this.mchId = settings.wechat.WECHAT_MCH_ID;
  }

  /** Why nothing can be sent now; null when it can. */
  problem(): CertificateProblem | null {
    return this.certificate.problem(this.mchId);
  }

  override async send(call: WechatHttpRequest): Promise<WechatHttpResult> {
    const reason = this.problem();
    if (reason !== null) return { kind: 'not sent', reason };
    this.connections.useIdentity(this.certificate.identity());
    return super.send(call);
  }

  override async download(call: WechatHttpRequest, signal: AbortSignal): Promise<WechatHttpDownload> {
    const reason = this.problem();
    if (reason !== null) return { kind: 'not sent', reason };
    this.connections.useIdentity(this.certificate.identity());
    return super.download(call, signal);
  }
}
