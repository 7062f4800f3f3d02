export type Labels = Readonly<Record<string, string>>;

interface Definition<L extends Labels> {
  /** Without the prefix `wx_checkout_`. */
  readonly name: string;
  readonly help: string;
  readonly labelNames: readonly string[];
  /**
   * Each series is exported as 0 from the start, because an alert on an increase would miss a series that appears with its
   * first event. Callers pass labels of this type, so an unlisted value does not compile.
   */
  readonly series: readonly L[];
}

export interface CounterDefinition<L extends Labels = Labels> extends Definition<L> {
  readonly kind: 'counter';
}

export interface HistogramDefinition<L extends Labels = Labels> extends Definition<L> {
  readonly kind: 'histogram';
  readonly buckets: readonly number[];
}

export interface GaugeDefinition<L extends Labels = Labels> extends Omit<Definition<L>, 'series'> {
  readonly kind: 'gauge';
}

export type MetricDefinition = CounterDefinition | HistogramDefinition | GaugeDefinition;

const definitions: MetricDefinition[] = [];

/** The metrics that the loaded modules define. */
export function definedMetrics(): readonly MetricDefinition[] {
  return definitions;
}

/** For a test that defines metrics of its own: the tests of one worker share this module. */
export function removeDefinitions(removed: readonly { readonly name: string }[]): void {
  const names = new Set(removed.map(({ name }) => name));
  definitions.splice(0, definitions.length, ...definitions.filter(({ name }) => !names.has(name)));
}

/** Defines a counter at the top level of the module that owns it. Modules may define series of the same counter. */
export function defineCounter<L extends Labels>(definition: Definition<L>): CounterDefinition<L> {
  return define({ ...definition, kind: 'counter' });
}

/** A counter with one series and no labels. */
export function defineSimpleCounter(name: string, help: string): CounterDefinition {
  return defineCounter({ name, help, labelNames: [], series: [{}] });
}

export function defineHistogram<L extends Labels>(
  definition: Omit<HistogramDefinition<L>, 'kind'>,
): HistogramDefinition<L> {
  return define({ ...definition, kind: 'histogram' });
}

export function defineGauge<L extends Labels>(definition: Omit<GaugeDefinition<L>, 'kind'>): GaugeDefinition<L> {
  return define({ ...definition, kind: 'gauge' });
}

function define<D extends { kind: string }>(definition: D): D {
  definitions.push(definition as unknown as MetricDefinition);
  return definition;
}

/**
 * Defines a limit that protects the service from a single caller, by the label under which its rejections are counted. Add
 * a new limit to the table of limits in docs/operations.md.
 */
export function defineLimitCounter<Limit extends string>(limit: Limit): CounterDefinition<{ limit: Limit }> {
  return defineCounter({
    name: 'limits_reached_total',
    help: 'Calls rejected because a limit was reached, by limit',
    labelNames: ['limit'],
    series: [{ limit }],
  });
}
