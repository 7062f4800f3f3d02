import type { Clock } from '../../../../common/time/clock.js';
import type { ClockMonitor } from '../../../../common/time/clock-monitor.js';
import type { Metrics } from '../../../../common/metrics/metrics.js';
import { recordWechatCall } from '../../../wechat-call-metrics.js';
import type { Outcome, Refused, Unknown } from '../../outcome.js';
import { failureOf, type WechatHttpDownload, type WechatHttpResult } from '../../wechat-http-client.js';
import type { PlatformCertificateUpdater } from '../keys/platform-certificate-updater.js';
import { type Verification, verifyMessage } from '../keys/signed-message.js';
import type { WechatKeyStore } from '../keys/wechat-key-store.js';
import type { JsonObject } from '../messages/strict-json.js';
import type { V3Endpoint } from './error-actions.js';
import { outcomeOfUnsigned, outcomeOfVerified, unknownV3 } from './response-outcomes.js';
import { RetryAfterPauses } from './retry-after.js';
import type { V3Connection, V3Request } from './v3-connection.js';

export type Answered = Extract<WechatHttpResult, { kind: 'answered' }>;

export type V3Call = V3Request & { endpoint: V3Endpoint };

const NO_ACCOUNT: Unknown = {
  kind: 'unknown',
  raw: null,
  failure: { kind: 'NOT_CONFIGURED' },
  reason: 'v3: set WECHAT_API_V3_KEY, and the merchant key and certificate, which payments of this protocol need',
};

/** The call was not sent: WeChat has said how long to wait. */
const PAUSED: Refused = {
  kind: 'refused',
  code: 'FREQUENCY_LIMITED',
  message: 'WeChat has received too many calls and named a time to wait, which is not over. Nothing was sent.',
  action: 'RETRY_LATER',
  raw: '',
};

/** Why a response with this result of its verification cannot be used. */
const UNVERIFIED_REASONS: Readonly<Record<Exclude<Verification['kind'], 'VERIFIED' | 'UNSIGNED'>, string>> = {
  MALFORMED: 'the response has incomplete signature headers',
  STALE: 'the timestamp of the response differs by five minutes or more from our clock',
  UNKNOWN_SERIAL: 'the response is signed with a key that is not configured',
  PROBE: 'the response carries a signature probe, also after a repetition',
  BAD_SIGNATURE: 'the response has a wrong signature',
};

/** WeChat's keys, and where new ones come from. */
export interface V3Keys {
  store: WechatKeyStore;
  updater: PlatformCertificateUpdater;
}

/**
 * Sends one signed request of API v3 and verifies the response over its bytes before anything in it is read. A response
 * that cannot be verified leaves the outcome unknown, except a refusal that WeChat gives before it knows the merchant.
 * Source: docs/wechat-protocol.md, v3 §1.3.
 */
export class V3Transport {
  private readonly pauses = new RetryAfterPauses();

  /** @param connection null without keys: then nothing is sent. */
  constructor(
    private readonly connection: V3Connection | null,
    private readonly keys: V3Keys,
    private readonly clock: Clock,
    private readonly clockMonitor: ClockMonitor,
    private readonly metrics: Metrics,
  ) {}

  /** A call that WeChat has done has its JSON as value; an empty object for HTTP 204. */
  async call(call: V3Call): Promise<Outcome<JsonObject>> {
    if (this.connection === null) return NO_ACCOUNT;
    if (this.pauses.isPaused(call.endpoint, this.clock.steadyMs())) return PAUSED;
    const beganAt = performance.now();
    const outcome = await this.exchange(this.connection, call);
    recordWechatCall(this.metrics, `v3_${call.endpoint}`, outcome.kind, beganAt);
    return outcome;
  }

  /**
   * Sends a request whose response is a file, which WeChat never signs: only the hash in an earlier, verified response
   * proves it.
   * @param hosts the hosts to try, and a signal that ends the download.
   * @param read reads the response to its end.
   */
  async download<T>(
    call: V3Call,
    { baseUrls, signal }: { baseUrls: readonly string[]; signal: AbortSignal },
    read: (response: Exclude<WechatHttpDownload, { kind: 'not sent' }>) => Promise<Outcome<T>>,
  ): Promise<Outcome<T>> {
    if (this.connection === null) return NO_ACCOUNT;
    const beganAt = performance.now();
    const response = await this.connection.download(call, baseUrls, signal);
    if (response === null) return NO_ACCOUNT;
    const outcome = await read(response);
    recordWechatCall(this.metrics, `v3_${call.endpoint}`, outcome.kind, beganAt);
    return outcome;
  }

  /** Repeats a call whose response was a probe once: WeChat never probes a repetition, and every call is safe to repeat. */
  private async exchange(connection: V3Connection, call: V3Call, isRepetition = false): Promise<Outcome<JsonObject>> {
    const response = await connection.send(call);
    if (response === null) return NO_ACCOUNT;
    if (response.kind !== 'answered')
      return unknownV3(call, `${response.kind} (${response.reason})`, null, failureOf(response));
    this.pauses.record(call.endpoint, response.headers, this.clock.steadyMs());
    const verification = await this.verify(response);
    // Also of a stale response: over TLS, its time shows that our clock is wrong.
    if ('signedAt' in verification) this.clockMonitor.compareWith('WeChat', verification.signedAt);
    switch (verification.kind) {
      case 'VERIFIED':
        return outcomeOfVerified(call, response);
      case 'UNSIGNED':
        return outcomeOfUnsigned(call, response);
      case 'PROBE':
        if (!isRepetition) return this.exchange(connection, call, true);
        break;
      case 'UNKNOWN_SERIAL':
      case 'MALFORMED':
      case 'STALE':
      case 'BAD_SIGNATURE':
    }
    return unknownV3(call, UNVERIFIED_REASONS[verification.kind], response.text, { kind: 'BAD_SIGNATURE' });
  }

  /** An unknown key may be a new certificate, which is downloaded first. */
  private async verify(response: Answered): Promise<Verification> {
    const verifyNow = (): Verification => {
      const now = this.clock.now();
      const keys = { find: (serial: string) => this.keys.store.find(serial, now) };
      return verifyMessage(response.headers, response.bytes, keys, now);
    };
    const first = verifyNow();
    if (first.kind !== 'UNKNOWN_SERIAL') return first;
    return (await this.keys.updater.lookUp(first.serial)) ? verifyNow() : first;
  }
}
