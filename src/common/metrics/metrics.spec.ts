import { afterAll, describe, expect, it } from '@jest/globals';
import {
  defineCounter,
  defineGauge,
  defineHistogram,
  defineSimpleCounter,
  removeDefinitions,
} from './metric-definitions.js';
import { Metrics } from './metrics.js';

const FRUIT = { name: 'fruit_total', help: 'Fruit by kind', labelNames: ['kind'] };
const APPLES = defineCounter({ ...FRUIT, series: [{ kind: 'apple' }] });
const OTHERS = defineCounter({ ...FRUIT, series: [{ kind: 'pear' }, { kind: 'plum' }] });
const CAKES = defineSimpleCounter('cakes_total', 'Cakes');
const BAKING = defineHistogram({
  name: 'baking_seconds',
  help: 'Baking',
  labelNames: ['oven'],
  series: [{ oven: 'left' }],
  buckets: [1],
});
const HEAT = defineGauge({ name: 'heat', help: 'Heat', labelNames: [] });

describe('metrics', () => {
  afterAll(() => {
    removeDefinitions([APPLES, OTHERS, CAKES, BAKING, HEAT]);
  });

  it('exports each defined series as 0 from the start, and modules can share a counter', async () => {
    const text = await new Metrics().registry.metrics();
    for (const series of [
      'fruit_total{kind="apple"} 0',
      'fruit_total{kind="pear"} 0',
      'fruit_total{kind="plum"} 0',
      'cakes_total 0',
      'baking_seconds_count{oven="left"} 0',
      'heat 0',
    ])
      expect(text).toContain(`wx_checkout_${series}\n`);
  });

  it('counts for its own service only', async () => {
    const [metrics, other] = [new Metrics(), new Metrics()];
    metrics.increment(APPLES);
    metrics.increment(OTHERS, { kind: 'plum' });
    metrics.increment(CAKES);
    metrics.observe(BAKING, { oven: 'left' }, 0.5);
    metrics.set(HEAT, {}, 180);
    const text = await metrics.registry.metrics();
    for (const series of [
      'fruit_total{kind="apple"} 1',
      'fruit_total{kind="pear"} 0',
      'fruit_total{kind="plum"} 1',
      'cakes_total 1',
      'baking_seconds_bucket{le="1",oven="left"} 1',
      'heat 180',
    ])
      expect(text).toContain(`wx_checkout_${series}\n`);
    expect(await other.registry.metrics()).toContain('wx_checkout_cakes_total 0\n');
  });
});
