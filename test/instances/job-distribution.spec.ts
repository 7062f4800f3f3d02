import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Settings } from '../../src/config/settings.js';
import { paymentLeaseMs } from '../../src/payment/attempt/payment-leases.js';
import type { TestBuyer, OrderJson, PayJson } from '../support/clients/test-buyer.js';
import { eventually } from '../support/eventually.js';
import { LIVE_ENVIRONMENT } from '../support/fixtures/merchant-environment.js';
import { isOnMysql } from '../support/database/scratch-database.js';
import { openTestShop, type TestShop, type TestShopOptions } from '../support/test-shop.js';
import { InstanceGroup } from './instance-group.js';

const PAYMENT_COUNT = 20;
const ONE_HOUR_SECONDS = '3600';

describe('instances: distribution of jobs', () => {
  let shop: TestShop;
  let alice: TestBuyer;
  let tea: string;

  async function openShop(options: TestShopOptions): Promise<void> {
    shop = await openTestShop({ ...options, environment: { ...LIVE_ENVIRONMENT, ...options.environment } });
    alice = await shop.createUser('alice');
    tea = await shop.createProduct({ stock: 100 });
  }
  afterEach(() => shop.close());

  /** Counts the queries to WeChat about each of these payments. */
  const countQueries = (pays: PayJson[]): Promise<number[]> =>
    Promise.all(pays.map(({ outTradeNo }) => shop.wechat.countCalls('/pay/orderquery', outTradeNo)));

  /** Starts a payment without paying it. */
  const startPayment = async (): Promise<PayJson> => alice.startPayment(await alice.createOrder({ productId: tea }));

  it('three instances query each due payment once', async () => {
    await openShop({ instances: 3, environment: { QUERY_BACKOFF_SECONDS: '10,20,30' } });
    const pays: PayJson[] = [];
    for (let n = 0; n < PAYMENT_COUNT; n++) pays.push(await startPayment());
    for (const [moment, seconds] of [11, 21, 31].entries()) {
      await shop.wechat.advanceTime({ seconds });
      await Promise.all([shop.runJobs(), shop.runJobs()]);
      await shop.runJobs();
      expect(await countQueries(pays)).toEqual(pays.map(() => moment + 1));
    }
  });

  const onMysql = isOnMysql ? it : it.skip; // a shop on SQLite is one process
  onMysql(
    'three processes with their own schedulers query each payment once',
    async () => {
      await openShop({});
      const group = await InstanceGroup.start(shop, 3, { QUERY_BACKOFF_SECONDS: `1,${ONE_HOUR_SECONDS}` });
      try {
        const pays = await Promise.all(Array.from({ length: PAYMENT_COUNT }, startPayment));
        await eventually(async () => expect(Math.min(...(await countQueries(pays)))).toBeGreaterThan(0), 60_000);
        await group.stop(); // the slower ones have finished their queries by now
        expect(await countQueries(pays)).toEqual(pays.map(() => 1));
      } finally {
        await group.kill();
      }
    },
    180_000,
  );

  describe('instances: one is killed during a query', () => {
    const longTimeout = { WECHAT_TIMEOUT_SECONDS: '10' }; // long enough to kill the process during a call
    const environment = { ...longTimeout, QUERY_BACKOFF_SECONDS: '1', ORDER_TTL_SECONDS: ONE_HOUR_SECONDS };
    let order: OrderJson;
    let pay: PayJson;
    let queriesBefore: number;

    const countPayQueries = async (): Promise<number> => (await countQueries([pay]))[0] ?? NaN;
    const leaseEnd = async (): Promise<number> =>
      (await shop.getPayments(order.orderNo))[0]?.nextCheckAt?.getTime() ?? NaN;

    beforeEach(async () => {
      await openShop({ environment });
      order = await alice.createOrder({ productId: tea });
      const group = await InstanceGroup.start(shop, 1, longTimeout);
      try {
        await shop.wechat.failNext({ endpoint: 'orderquery', kind: 'timeout', times: 1000 });
        pay = await alice.pay(order, { notify: 'lost' });
        await eventually(async () => expect(await countPayQueries()).toBeGreaterThan(0), 60_000);
      } finally {
        await group.kill();
      }
      queriesBefore = await countPayQueries();
      await shop.wechat.clearFaults();
    });

    it('its claim ends with its lease, and not before', async () => {
      const lease = paymentLeaseMs(shop.firstInstance.app.get(Settings));
      const now = Date.now();
      const end = await leaseEnd();
      expect(end).toBeGreaterThan(now);
      expect(end).toBeLessThanOrEqual(now + lease);

      // The other instance uses WeChat's clock, which the test moves.
      const margin = 15_000; // duration of the test itself
      await shop.wechat.advanceTime({ seconds: Math.floor((end - Date.now() - margin) / 1000) });
      await shop.runJobs();
      expect(await countPayQueries()).toBe(queriesBefore);

      await shop.wechat.advanceTime({ seconds: 2 * (margin / 1000) });
      await shop.runJobs();
      expect(await countPayQueries()).toBe(queriesBefore + 1);
      expect(await alice.getOrder(order)).toMatchObject({ status: 'PAID' });
    });
  });
});
