import { Injectable } from '@nestjs/common';
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import { Metrics } from '../common/metrics.js';
import { CertificateReloadJob } from '../wechat/certificate-reload.job.js';
import { MerchantCertificate } from '../wechat/merchant-certificate.js';
import { ShopGauges } from './shop-gauges.js';

/** Created once per process on the first scrape, because several services in one process share its heap and event loop. */
let processMetrics: Registry | null = null;

function processRegistry(): Registry {
  if (processMetrics === null) {
    processMetrics = new Registry();
    collectDefaultMetrics({ register: processMetrics });
  }
  return processMetrics;
}

/** Renders `GET /metrics`: process metrics, counters of this instance, and shop metrics from the database. */
@Injectable()
export class MetricsExporter {
  private readonly registry = new Registry();
  private readonly databaseUp = new Gauge({
    name: 'wx_checkout_database_up',
    help: '1 if the database answered this scrape; if 0, all metrics read from the database are missing',
    registers: [this.registry],
  });

  constructor(
    private readonly metrics: Metrics,
    certificate: MerchantCertificate,
    private readonly shop: ShopGauges,
    reload: CertificateReloadJob,
  ) {
    new Gauge({
      name: 'wx_checkout_merchant_certificate_reload_failed',
      help: '1 while the merchant certificate files cannot be loaded and the previous certificate stays in use; otherwise 0',
      registers: [this.registry],
      collect() {
        this.set(reload.hasFailed ? 1 : 0);
      },
    });
    if (certificate.validUntil === null) return; // 0 days would mean an expired certificate
    new Gauge({
      name: 'wx_checkout_merchant_certificate_days_left',
      help: 'Whole days until the merchant certificate for refunds expires, negative afterwards; absent without a certificate',
      registers: [this.registry],
      collect() {
        this.set(certificate.daysLeft() ?? 0);
      },
    });
  }

  /** Does not throw when the database is unavailable. */
  async render(): Promise<string> {
    const shop = await this.shop.render();
    this.databaseUp.set(shop === null ? 0 : 1);
    const parts = [this.metrics.registry.metrics(), this.registry.metrics(), processRegistry().metrics()];
    return [...(await Promise.all(parts)), shop ?? ''].join('\n');
  }
}
