import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Settings } from '../../src/config/settings.js';
import { leaseMs } from '../../src/reconciliation/lease-time.js';
import type { Customer, OrderJson, PayJson } from '../support/customer.js';
import { eventually } from '../support/eventually.js';
import { LIVE_SHOP } from '../support/merchant-environment.js';
import { isOnMysql } from '../support/scratch-database.js';
import { openShop, type Shop, type ShopOptions } from '../support/shop.js';
import { Crew } from './processes.js';

const PAYMENTS = 20;
const AN_HOUR = '3600';

describe('instances that share the work', () => {
  let shop: Shop;
  let alice: Customer;
  let tea: string;

  async function opens(options: ShopOptions): Promise<void> {
    shop = await openShop({ ...options, environment: { ...LIVE_SHOP, ...options.environment } });
    alice = await shop.welcomes('alice');
    tea = await shop.sells({ stock: 100 });
  }
  afterEach(() => shop.closes());

  /** How often WeChat was asked about each of these payments. */
  const timesAsked = (pays: PayJson[]): Promise<number[]> =>
    Promise.all(pays.map(({ outTradeNo }) => shop.wechat.timesCalled('/pay/orderquery', outTradeNo)));

  /** Somebody who looks at the cashier, and does not pay yet. */
  const hesitates = async (): Promise<PayJson> => alice.begins(await alice.orders({ productId: tea }));

  it('ask about each payment once in each of its due moments, three of them at the same time', async () => {
    await opens({ instances: 3, environment: { QUERY_BACKOFF_SECONDS: '10,20,30' } });
    const pays: PayJson[] = [];
    for (let n = 0; n < PAYMENTS; n++) pays.push(await hesitates());
    for (const [moment, seconds] of [11, 21, 31].entries()) {
      await shop.wechat.passes({ seconds });
      await Promise.all([shop.ticks(), shop.ticks()]);
      await shop.ticks();
      expect(await timesAsked(pays)).toEqual(pays.map(() => moment + 1));
    }
  });

  const onMysql = isOnMysql ? it : it.skip; // a shop on SQLite is one process
  onMysql(
    'ask once also as three processes that tick by themselves',
    async () => {
      await opens({});
      const crew = await Crew.joins(shop, 3, { QUERY_BACKOFF_SECONDS: `1,${AN_HOUR}` });
      try {
        const pays = await Promise.all(Array.from({ length: PAYMENTS }, hesitates));
        await eventually(async () => expect(Math.min(...(await timesAsked(pays)))).toBeGreaterThan(0), 60_000);
        await crew.stops(); // whatever a slower one had taken is asked by now
        expect(await timesAsked(pays)).toEqual(pays.map(() => 1));
      } finally {
        await crew.dies();
      }
    },
    180_000,
  );

  describe('when one is killed with -9 in the middle of a question', () => {
    const patient = { WECHAT_TIMEOUT_SECONDS: '10' }; // time to be killed in
    const environment = { ...patient, QUERY_BACKOFF_SECONDS: '1', ORDER_TTL_SECONDS: AN_HOUR };
    let order: OrderJson;
    let pay: PayJson;
    let askedBefore: number;

    const asked = async (): Promise<number> => (await timesAsked([pay]))[0] ?? NaN;
    const leaseEnd = async (): Promise<number> =>
      (await shop.paymentsOf(order.orderNo))[0]?.nextCheckAt?.getTime() ?? NaN;

    beforeEach(async () => {
      await opens({ environment });
      order = await alice.orders({ productId: tea });
      const crew = await Crew.joins(shop, 1, patient);
      try {
        await shop.wechat.fails({ endpoint: 'orderquery', kind: 'timeout', times: 1000 });
        pay = await alice.pays(order, { notify: 'lost' });
        await eventually(async () => expect(await asked()).toBeGreaterThan(0), 60_000);
      } finally {
        await crew.dies();
      }
      askedBefore = await asked();
      await shop.wechat.recovers();
    });

    it('its claim lapses with its lease, and not before', async () => {
      const lease = leaseMs(shop.first.app.get(Settings));
      const now = Date.now();
      const end = await leaseEnd();
      expect(end).toBeGreaterThan(now);
      expect(end).toBeLessThanOrEqual(now + lease);

      // The other instance follows WeChat's clock, which the story moves.
      const margin = 15_000; // what the story itself takes
      await shop.wechat.passes({ seconds: Math.floor((end - Date.now() - margin) / 1000) });
      await shop.ticks();
      expect(await asked()).toBe(askedBefore);

      await shop.wechat.passes({ seconds: 2 * (margin / 1000) });
      await shop.ticks();
      expect(await asked()).toBe(askedBefore + 1);
      expect(await alice.sees(order)).toMatchObject({ status: 'PAID' });
    });
  });
});
