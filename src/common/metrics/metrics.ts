import { Injectable } from '@nestjs/common';
import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import {
  type CounterDefinition,
  definedMetrics,
  type GaugeDefinition,
  type HistogramDefinition,
  type Labels,
  type MetricDefinition,
} from './metric-definitions.js';

/**
 * The counters of this process since its start, each defined by the module that owns it. A call takes about a microsecond
 * and never throws. Values of the whole shop are not counted here; `GET /metrics` reads them from the database.
 */
@Injectable()
export class Metrics {
  /** One per service, because tests run several in one process. */
  readonly registry = new Registry();
  private readonly counters = new Map<string, Counter>();
  private readonly histograms = new Map<string, Histogram>();
  private readonly gauges = new Map<string, Gauge>();

  constructor() {
    for (const definition of definedMetrics()) this.initializeSeries(definition);
  }

  /** @param labels may be left out for a counter that was defined with one series. */
  increment<L extends Labels>(counter: CounterDefinition<L>, labels = counter.series[0]): void {
    this.counterOf(counter).inc({ ...labels });
  }

  observe<L extends Labels>(histogram: HistogramDefinition<L>, labels: L, value: number): void {
    this.histogramOf(histogram).observe(labels, value);
  }

  set<L extends Labels>(gauge: GaugeDefinition<L>, labels: L, value: number): void {
    this.gaugeOf(gauge).set(labels, value);
  }

  /** Exports a series that is known only after the start. */
  zero<L extends Labels>(histogram: HistogramDefinition<L>, labels: L): void {
    this.histogramOf(histogram).zero(labels);
  }

  private initializeSeries(definition: MetricDefinition): void {
    switch (definition.kind) {
      case 'counter': {
        const counter = this.counterOf(definition);
        for (const labels of definition.series) counter.inc(labels, 0);
        return;
      }
      case 'histogram': {
        const histogram = this.histogramOf(definition);
        for (const labels of definition.series) histogram.zero(labels);
        return;
      }
      case 'gauge':
        this.gaugeOf(definition);
    }
  }

  private counterOf(definition: CounterDefinition): Counter {
    return findOrCreate(this.counters, definition, () => new Counter(this.optionsOf(definition)));
  }

  private histogramOf(definition: HistogramDefinition): Histogram {
    const create = (): Histogram => new Histogram({ ...this.optionsOf(definition), buckets: [...definition.buckets] });
    return findOrCreate(this.histograms, definition, create);
  }

  private gaugeOf(definition: GaugeDefinition): Gauge {
    return findOrCreate(this.gauges, definition, () => new Gauge(this.optionsOf(definition)));
  }

  private optionsOf({ name, help, labelNames }: MetricDefinition): {
    name: string;
    help: string;
    labelNames: string[];
    registers: Registry[];
  } {
    return { name: `wx_checkout_${name}`, help, labelNames: [...labelNames], registers: [this.registry] };
  }
}

/** Definitions with the same name share one metric. */
function findOrCreate<Metric>(metrics: Map<string, Metric>, { name }: MetricDefinition, create: () => Metric): Metric {
  const metric = metrics.get(name) ?? create();
  metrics.set(name, metric);
  return metric;
}
