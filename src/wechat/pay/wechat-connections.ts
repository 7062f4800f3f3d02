import { rootCertificates } from 'node:tls';
import { Agent, buildConnector, type Dispatcher } from 'undici';
import type { Settings } from '../../config/settings.js';
import { CONNECT_TIMEOUT_SECONDS } from '../max-call-duration.js';
import { MAX_BILL_BYTES } from './bills/bill.js';
import type { TlsIdentity } from './certificate/merchant-certificate.js';
import { extraCertificates } from './extra-certificates.js';
import { CLIENT_CERTIFICATE_ALERT, errorCodesOf } from './http-errors.js';

const MAX_MESSAGE_BYTES = 256 * 1024;
/**
 * Milliseconds for which an idle connection is used again. WeChat closes one after eight seconds. A request that is sent at
 * that moment would have an unknown outcome, although WeChat has not read it.
 */
const KEEP_ALIVE_MS = 4000;

/** Kept-alive connections to WeChat: verified certificates, a time-out for each phase, and a limit of the response's size. */
export class WechatConnections {
  private messages: Agent;
  /** The limit of the size belongs to a connection, so files have their own. Created by the first download. */
  private files: Agent | null = null;
  /** Errors of failed connection attempts: they prove that nothing was sent. */
  private readonly connectErrors = new WeakSet<object>();

  constructor(
    private readonly settings: Settings,
    private identity: TlsIdentity | null,
  ) {
    this.messages = this.createAgent(MAX_MESSAGE_BYTES);
  }

  get forMessages(): Dispatcher {
    return this.messages;
  }

  get forFiles(): Dispatcher {
    return (this.files ??= this.createAgent(MAX_BILL_BYTES));
  }

  /** Later calls use connections with this identity. Calls in progress finish on the old ones. */
  useIdentity(identity: TlsIdentity | null): void {
    if (identity === this.identity) return;
    const old = [this.messages, this.files];
    this.identity = identity;
    this.messages = this.createAgent(MAX_MESSAGE_BYTES);
    this.files = null;
    for (const agent of old) void agent?.close().catch(() => undefined);
  }

  failureKindOf(error: unknown): 'unreachable' | 'certificate refused' | 'broken' {
    if (typeof error !== 'object' || error === null || !this.connectErrors.has(error)) return 'broken';
    return errorCodesOf(error).some((code) => CLIENT_CERTIFICATE_ALERT.test(code))
      ? 'certificate refused'
      : 'unreachable';
  }

  async destroy(): Promise<void> {
    await Promise.all([this.messages.destroy(), this.files?.destroy()]);
  }

  private createAgent(maxResponseSize: number): Agent {
    const more = extraCertificates(this.settings.certificate);
    const timeoutMs = this.settings.wechat.WECHAT_TIMEOUT_SECONDS * 1000;
    return new Agent({
      connect: this.createConnector({
        timeout: CONNECT_TIMEOUT_SECONDS * 1000,
        // Set explicitly, so that no environment variable of Node can disable the verification.
        rejectUnauthorized: true,
        ...(more.length > 0 && { ca: [...rootCertificates, ...more] }),
        ...this.identity,
      }),
      headersTimeout: timeoutMs,
      bodyTimeout: timeoutMs,
      keepAliveTimeout: KEEP_ALIVE_MS,
      keepAliveMaxTimeout: KEEP_ALIVE_MS,
      connections: 128,
      maxResponseSize,
    });
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
}
