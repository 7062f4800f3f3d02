import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Settings } from '../config/settings.js';
import { readMerchantCertificate } from './load-merchant-certificate.js';
import { MerchantCertificate } from './merchant-certificate.js';

const INTERVAL_MS = 60_000;

/** Reloads certificate files that were replaced on disk, without a restart. */
@Injectable()
export class CertificateReloadJob implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly log = new Logger(CertificateReloadJob.name);
  private timer: NodeJS.Timeout | undefined;
  private isLastReadFailed = false;

  constructor(
    private readonly settings: Settings,
    private readonly certificate: MerchantCertificate,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.run(), INTERVAL_MS);
    this.timer.unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  /** True when the files could not be used at the last reading. */
  get hasFailed(): boolean {
    return this.isLastReadFailed;
  }

  /**
   * Reads the files again. If they cannot be used, for example because one is incomplete or the key does not match yet, the
   * current certificate stays in use. Never throws; may be repeated at any time.
   */
  async run(): Promise<void> {
    try {
      const loaded = await readMerchantCertificate(this.settings);
      this.isLastReadFailed = false;
      if (loaded === null || !this.certificate.replace(loaded)) return;
      this.log.log(`${loaded.variable} was replaced: refunds now use the new certificate`);
      for (const warning of this.certificate.warnings(this.settings)) this.log.warn(warning);
    } catch (error) {
      this.isLastReadFailed = true;
      const reason = error instanceof Error ? error.message.replace('Cannot start:', '').trim() : 'unknown';
      this.log.warn(`The merchant certificate could not be reloaded; the previous one stays in use: ${reason}`);
    }
  }
}
