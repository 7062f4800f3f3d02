import { Injectable } from '@nestjs/common';
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import { Metrics } from '../common/metrics.js';
import { CertificateReloadJob } from '../wechat/certificate-reload.job.js';
import { MerchantCertificate } from '../wechat/merchant-certificate.js';
import { ShopGauges } from './shop-gauges.js';

/** The process has one heap and one event loop, however many services run in it; and nobody measures before somebody asks. */
let processMetrics: Registry | null = null;

function processRegistry(): Registry {
  if (processMetrics === null) {
    processMetrics = new Registry();
    collectDefaultMetrics({ register: processMetrics });
  }
  return processMetrics;
}

/** Puts together all that `GET /metrics` says: the process, what this instance has counted, and the shop as the database knows it. */
@Injectable()
export class MetricsExporter {
  private readonly registry = new Registry();
  private readonly databaseUp = new Gauge({
    name: 'wx_checkout_database_up',
    help: 'Whether the database answered this scrape; when 0, what is read from it is missing',
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
      help: "1 while the files of the merchant's certificate cannot be used, so that the one before stays in use; otherwise 0",
      registers: [this.registry],
      collect() {
        this.set(reload.hasFailed ? 1 : 0);
      },
    });
    if (certificate.validUntil === null) return; // there is nothing to count: 0 days would be another thing
    new Gauge({
      name: 'wx_checkout_merchant_certificate_days_left',
      help: "Whole days until the merchant's certificate for refunds ends, negative afterwards; absent without one",
      registers: [this.registry],
      collect() {
        this.set(certificate.daysLeft() ?? 0);
      },
    });
  }

  /** Never throws for a database that is away. */
  async render(): Promise<string> {
    const shop = await this.shop.render();
    this.databaseUp.set(shop === null ? 0 : 1);
    const parts = [this.metrics.registry.metrics(), this.registry.metrics(), processRegistry().metrics()];
    return [...(await Promise.all(parts)), shop ?? ''].join('\n');
  }
}
