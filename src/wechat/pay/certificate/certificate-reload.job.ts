import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Gauge } from 'prom-client';
import { Metrics } from '../../../common/metrics/metrics.js';
import { Settings } from '../../../config/settings.js';
import { readMerchantIdentity } from './load-merchant-certificate.js';
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
    metrics: Metrics,
  ) {
    this.registerGauges(metrics);
  }

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.run(), INTERVAL_MS);
    this.timer.unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  /**
   * Reads the files again. If they cannot be used, for example because one is incomplete or the key does not match yet, the
   * current certificate stays in use. Never throws; may be repeated at any time.
   */
  async run(): Promise<void> {
    try {
      const { certificate, keyOnly } = await readMerchantIdentity(this.settings);
      this.isLastReadFailed = false;
      if (keyOnly !== null && this.certificate.replaceKey(keyOnly)) this.log.log('The merchant key was replaced');
      if (certificate === null || !this.certificate.replace(certificate)) return;
      this.log.log(`${certificate.variable} was replaced: calls to WeChat now use the new certificate`);
      for (const warning of this.certificate.warnings(this.settings)) this.log.warn(warning);
    } catch (error) {
      this.isLastReadFailed = true;
      const reason = error instanceof Error ? error.message.replace('Cannot start:', '').trim() : 'unknown';
      this.log.warn(`The merchant certificate could not be reloaded; the previous one stays in use: ${reason}`);
    }
  }
  /** Read at each scrape, because the days pass without a reload. */
  private registerGauges({ registry }: Metrics): void {
    const { certificate } = this;
    const hasFailed = (): boolean => this.isLastReadFailed;
    new Gauge({
      name: 'wx_checkout_merchant_certificate_reload_failed',
      help: '1 while the merchant certificate files cannot be loaded and the previous certificate stays in use; otherwise 0',
      registers: [registry],
      collect() {
        this.set(hasFailed() ? 1 : 0);
      },
    });
    if (certificate.validUntil === null) return; // 0 days would mean an expired certificate
    new Gauge({
      name: 'wx_checkout_merchant_certificate_days_left',
      help: 'Whole days until the merchant certificate for refunds expires, negative afterwards; absent without a certificate',
      registers: [registry],
      collect() {
        this.set(certificate.daysLeft() ?? 0);
      },
    });
  }
}
