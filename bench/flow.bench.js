import { ShopEnvironment } from './shop-environment.js';
import { cpuSeconds } from './processes.js';
import { median, quantile } from './statistics.js';

const BUYERS = 16;
const WARM_UP_SECONDS = 5;
const ROUNDS = 3;
const ROUND_SECONDS = 8;
/** @type {import('./buyer-load.js').Step[]} */
const STEPS = ['login', 'order', 'pay', 'notify', 'read'];

/**
 * Measures whole sales: login, order, pay, notice, read. It alternates between one instance and two, on one MariaDB and with
 * the simulator in its own process.
 * @param {import('./databases.js').BenchDatabases} databases
 * @returns {Promise<import('./main.js').Figure[]>}
 */
export async function benchFlow(databases) {
  const shop = await ShopEnvironment.open(databases, { purpose: 'flow', instances: 2 });
  try {
    await shop.runBuyers({ buyers: BUYERS, seconds: WARM_UP_SECONDS, instances: 2 });
    const cpu = () => shop.processes.reduce((sum, child) => sum + cpuSeconds(child), 0);
    const cpuBefore = cpu();
    /** @type {import('./buyer-load.js').Sales[][]} */
    const sales = [[], []];
    for (let round = 0; round < ROUNDS; round++) {
      const turns = round % 2 === 0 ? [1, 2] : [2, 1];
      for (const instances of turns) {
        sales[instances - 1]?.push(await shop.runBuyers({ buyers: BUYERS, seconds: ROUND_SECONDS, instances }));
      }
    }
    const cpuMs = (cpu() - cpuBefore) * 1000;
    await shop.assertSalesRecorded();
    const [one = [], two = []] = sales;
    const all = sales.flat().reduce((sum, { sold }) => sum + sold, 0);
    const ratio = median(two.map((round, n) => perSecond(round) / perSecond(one[n])));
    return [
      { name: 'Sales per second, two instances ÷ one', value: ratio, unit: '' },
      { name: 'CPU of the service per sale', value: cpuMs / all, unit: 'ms' },
      ...figuresOf('one instance', one),
      ...figuresOf('two instances', two),
    ];
  } finally {
    await shop.close();
  }
}

/** @param {import('./buyer-load.js').Sales} sales */
function perSecond({ sold, seconds }) {
  return sold / seconds;
}

/**
 * @param {string} where
 * @param {import('./buyer-load.js').Sales[]} rounds
 * @returns {import('./main.js').Figure[]}
 */
function figuresOf(where, rounds) {
  const times = STEPS.map((step) => ({ step, ms: rounds.flatMap(({ steps }) => steps[step]) }));
  return [
    { name: `Sales per second, ${where}`, value: median(rounds.map(perSecond)), unit: '/s' },
    ...times.flatMap(({ step, ms }) => [
      { name: `  ${step}, p50`, value: quantile(ms, 0.5), unit: 'ms' },
      { name: `  ${step}, p99`, value: quantile(ms, 0.99), unit: 'ms' },
    ]),
  ];
}
