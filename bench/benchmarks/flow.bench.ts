import type { Step, Sales } from '../shop/buyer-load.ts';
import type { BenchDatabases } from '../support/databases.ts';
import { ShopEnvironment } from '../shop/shop-environment.ts';
import { ratioOf } from '../support/contestants.ts';
import { olderCommit } from '../support/older-commit.ts';
import { cpuSeconds } from '../support/processes.ts';
import { median, quantile, type Figure } from '../support/figures.ts';

const BUYERS = 16;
const WARM_UP_SECONDS = 5;
const ROUNDS = 3;
const ROUND_SECONDS = 8;

const STEPS: Step[] = ['login', 'order', 'pay', 'notify', 'read'];

/**
 * Measures whole sales: login, order, pay, notice, read. It alternates between one instance and two, on one MariaDB and with
 * the simulator in its own process.
 */
export async function benchFlow(databases: BenchDatabases): Promise<Figure[]> {
  const shop = await ShopEnvironment.open(databases, { purpose: 'flow', instances: 2 });
  try {
    await shop.runBuyers({ buyers: BUYERS, seconds: WARM_UP_SECONDS, instances: 2 });
    const cpu = () => shop.processes.reduce((sum, child) => sum + cpuSeconds(child), 0);
    const cpuBefore = cpu();

    const sales: Sales[][] = [[], []];
    const costs: number[][] = [[], []];
    for (let round = 0; round < ROUNDS; round++) {
      const turns = round % 2 === 0 ? [1, 2] : [2, 1];
      for (const instances of turns) {
        const cpuOfRound = cpu();
        const sold = await shop.runBuyers({ buyers: BUYERS, seconds: ROUND_SECONDS, instances });
        sales[instances - 1]?.push(sold);
        costs[instances - 1]?.push((cpu() - cpuOfRound) / sold.sold);
      }
    }
    const cpuMs = (cpu() - cpuBefore) * 1000;
    await shop.assertSalesRecorded();
    const [one = [], two = []] = sales;
    const all = sales.flat().reduce((sum, { sold }) => sum + sold, 0);
    const ratio = median(two.flatMap((round, n) => (one[n] ? perSecond(round) / perSecond(one[n]) : [])));
    return [
      { name: 'Sales per second, two instances ÷ one', value: ratio, unit: '' },
      { name: 'CPU of the service per sale', value: cpuMs / all, unit: 'ms' },
      { name: '  at two instances ÷ one', value: ratioOfCosts(costs), unit: '', atMost: 1.1 },
      ...figuresOf('one instance', one),
      ...figuresOf('two instances', two),
      ...(await compareWithOlder(databases)),
    ];
  } finally {
    await shop.close();
  }
}

/** The database limits two instances, so a sale must not cost more CPU there. Each instance's own timers count in both. */
function ratioOfCosts([one = [], two = []]: number[][]): number {
  return ratioOf(two, one);
}

/** CPU of a sale by v2 at one instance, in turns with an older commit. */
async function compareWithOlder(databases: BenchDatabases): Promise<Figure[]> {
  const older = await olderCommit();
  if (older === null) return [];
  const now = await ShopEnvironment.open(databases, { purpose: 'flow_v2', instances: 1, protocol: 'v2' });
  const before = await ShopEnvironment.open(databases, { purpose: 'flow_older', instances: 1, protocol: 'v2', older });
  try {
    const costs = { now: [] as number[], before: [] as number[] };
    for (let round = 0; round <= ROUNDS; round++) {
      const cost = { now: await cpuOfSale(now), before: await cpuOfSale(before) };
      if (round === 0) continue; // the first warms up
      costs.now.push(cost.now);
      costs.before.push(cost.before);
    }
    for (const shop of [now, before]) await shop.assertSalesRecorded();
    return [
      { name: 'CPU of a sale by v2, ÷ 97ff270', value: ratioOf(costs.now, costs.before), unit: '', atMost: 0.55 },
      { name: '  now', value: median(costs.now), unit: 'ms' },
      { name: '  97ff270', value: median(costs.before), unit: 'ms' },
    ];
  } finally {
    await now.close();
    await before.close();
  }
}

/** Milliseconds of CPU of the service for each sale of a round. */
async function cpuOfSale(shop: ShopEnvironment): Promise<number> {
  const cpu = () => shop.processes.reduce((sum, child) => sum + cpuSeconds(child), 0);
  const before = cpu();
  const { sold } = await shop.runBuyers({ buyers: BUYERS, seconds: ROUND_SECONDS, instances: 1 });
  return ((cpu() - before) * 1000) / sold;
}

function perSecond({ sold, seconds }: Sales) {
  return sold / seconds;
}

function figuresOf(where: string, rounds: Sales[]): Figure[] {
  const times = STEPS.map((step) => ({ step, ms: rounds.flatMap(({ steps }) => steps[step]) }));
  return [
    { name: `Sales per second, ${where}`, value: median(rounds.map(perSecond)), unit: '/s' },
    ...times.flatMap(({ step, ms }) => [
      { name: `  ${step}, p50`, value: quantile(ms, 0.5), unit: 'ms' },
      { name: `  ${step}, p99`, value: quantile(ms, 0.99), unit: 'ms' },
    ]),
  ];
}
