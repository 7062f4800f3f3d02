import { Injectable } from '@nestjs/common';
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import { Metrics } from '../../common/metrics/metrics.js';
import { ShopGauges } from './shop-gauges.js';

/**
 * Created once per process on the first scrape, because several services in one process share its heap and event loop.
 */
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
    help: '1 if the database responded to this scrape; if 0, all metrics read from the database are missing',
    registers: [this.registry],
  });

  constructor(
    private readonly metrics: Metrics,
    private readonly shop: ShopGauges,
  ) {}

  /** Does not throw when the database is unavailable. */
  async render(): Promise<string> {
    const shop = await this.shop.render();
    this.databaseUp.set(shop === null ? 0 : 1);
    const parts = [this.metrics.registry.metrics(), this.registry.metrics(), processRegistry().metrics()];
    return [...(await Promise.all(parts)), shop ?? ''].join('\n');
  }
}
