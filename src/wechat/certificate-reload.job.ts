import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Settings } from '../config/settings.js';
import { readMerchantCertificate } from './load-merchant-certificate.js';
import { MerchantCertificate } from './merchant-certificate.js';

const INTERVAL_MS = 60_000;

/** Takes up certificate files that were replaced on disk, without a restart. */
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

  /** Whether the files could not be used when they were last read again. */
  get hasFailed(): boolean {
    return this.isLastReadFailed;
  }

  /**
   * Reads the files again. What cannot be used, such as a file that is half written or a certificate whose key has not
   * come yet, leaves the present one in use. Never throws; may be repeated at any time.
   */
  async run(): Promise<void> {
    try {
      const loaded = await readMerchantCertificate(this.settings);
      this.isLastReadFailed = false;
      if (loaded === null || !this.certificate.replace(loaded)) return;
      this.log.log(`${loaded.variable} was replaced: refunds use the new certificate from now on`);
      for (const warning of this.certificate.warnings(this.settings)) this.log.warn(warning);
    } catch (error) {
      this.isLastReadFailed = true;
      const reason = error instanceof Error ? error.message.replace('Cannot start:', '').trim() : 'unknown';
      this.log.warn(`The merchant certificate could not be read again, the one before stays in use: ${reason}`);
    }
  }
}
