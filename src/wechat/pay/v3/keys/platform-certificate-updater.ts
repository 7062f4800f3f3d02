import { Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { Clock } from '../../../../common/time/clock.js';
import type { V3Connection } from '../transport/v3-connection.js';
import { decryptCertificateList } from './certificate-list.js';
import { verifyMessage } from './signed-message.js';
import type { WechatKeyStore } from './wechat-key-store.js';

/** WeChat requires a download at least every 12 hours. */
const REFRESH_INTERVAL_MS = 12 * 3600_000;
/** After a failure, and while no certificate is known. */
const RETRY_INTERVAL_MS = 60_000;
const TICK_MS = 15_000;
/** Between two downloads because of an unknown key, which anyone can name in a notice. */
const LOOK_UP_INTERVAL_MS = 30_000;
/** Between two log lines about unknown keys. */
const LOG_INTERVAL_MS = 60_000;

const UNAVAILABLE = 'Platform certificates cannot be downloaded';

/**
 * Keeps the platform certificates current: downloads them at the start, every 12 hours, and when WeChat names an unknown
 * key. A failure never stops anything: the keys that are held stay in use. Source: docs/wechat-protocol.md, v3 §1.5.
 */
export class PlatformCertificateUpdater implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly log = new Logger(PlatformCertificateUpdater.name);
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<boolean> | null = null;
  /** Milliseconds of the monotonic clock. */
  private nextRefreshMs = -Infinity;
  private lookedUpMs = -Infinity;
  private loggedMs = -Infinity;

  /** @param connection null when certificates are not used: then nothing is downloaded. */
  constructor(
    private readonly connection: V3Connection | null,
    private readonly keys: WechatKeyStore,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    if (this.connection === null) return;
    this.timer = setInterval(() => void this.refreshWhenDue(), TICK_MS);
    this.timer.unref();
    void this.refreshWhenDue();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  /** Downloads the certificates if that is due. Never throws. */
  async refreshWhenDue(): Promise<void> {
    if (this.clock.steadyMs() >= this.nextRefreshMs) await this.refresh();
  }

  /**
   * Called when WeChat names a key that is not held. Downloads the certificates, but not for every call, and calls at the same
   * time share one download.
   * @returns true when the key is held now.
   */
  async lookUp(serial: string): Promise<boolean> {
    const nowMs = this.clock.steadyMs();
    if (this.running !== null) await this.running;
    else if (this.connection !== null && nowMs - this.lookedUpMs >= LOOK_UP_INTERVAL_MS) {
      this.lookedUpMs = nowMs;
      await this.refresh();
    }
    const isFound = this.keys.find(serial, this.clock.now()) !== null;
    if (!isFound) this.logUnknown(serial, nowMs);
    return isFound;
  }

  private logUnknown(serial: string, nowMs: number): void {
    if (nowMs - this.loggedMs < LOG_INTERVAL_MS) return;
    this.loggedMs = nowMs;
    this.log.warn(
      `A message names the key ${serial} of WeChat, which is unknown: it was not accepted. If WeChat uses this key, set ` +
        'WECHAT_PAY_PUBLIC_KEY_ID and its public key, or WECHAT_PAY_PLATFORM_CERTS=download',
    );
  }

  private refresh(): Promise<boolean> {
    this.running ??= this.download().finally(() => {
      this.running = null;
    });
    return this.running;
  }

  private async download(): Promise<boolean> {
    const isDone = await this.fetchList().catch((error: unknown) => {
      this.log.warn({ err: error }, UNAVAILABLE);
      return false;
    });
    this.nextRefreshMs = this.clock.steadyMs() + (isDone ? REFRESH_INTERVAL_MS : RETRY_INTERVAL_MS);
    return isDone;
  }

  /** @returns false when it should be tried again soon. */
  private async fetchList(): Promise<boolean> {
    const { connection } = this;
    if (connection === null) return true;
    const response = await connection.send({ method: 'GET', path: '/v3/certificates', isRepeatable: true });
    if (response?.kind !== 'answered') {
      this.log.warn(`${UNAVAILABLE}: ${response === null ? 'there is no merchant key' : response.reason}`);
      return false;
    }
    if (response.status !== 200) return this.handleRefusal(response.status);
    const now = this.clock.now();
    const certificates = decryptCertificateList(response.bytes, connection.account.apiV3Key);
    // The first list is signed with a key that it brings itself. The APIv3 key has authenticated it.
    const ofList = new Map((certificates ?? []).map(({ serial, key }) => [serial, key]));
    const find = (serial: string) => ofList.get(serial) ?? this.keys.find(serial, now);
    const verification = certificates && verifyMessage(response.headers, response.bytes, { find }, now);
    if (certificates === null || verification?.kind !== 'VERIFIED') {
      this.log.error(
        `${UNAVAILABLE}: ${verification ? `signature: ${verification.kind}` : 'WECHAT_API_V3_KEY does not decrypt them'}`,
      );
      return false;
    }
    // A merchant who has changed to the public key has none. What is held stays usable until it expires.
    if (certificates.length > 0) this.keys.replaceCertificates(certificates);
    return true;
  }

  /** A shop with the public key has none, which is no error: WeChat responds with 404, or with 403 without the permission. */
  private handleRefusal(status: number): boolean {
    if (this.keys.hasPublicKey && (status === 404 || status === 403)) {
      this.log.log(`WeChat lists no platform certificates for this merchant (HTTP ${status}); the public key is used`);
      return true;
    }
    this.log.warn(`${UNAVAILABLE}: HTTP ${status}`);
    return false;
  }
}
