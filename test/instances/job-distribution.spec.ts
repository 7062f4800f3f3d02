import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Settings } from '../../src/config/settings.js';
import { leaseMs } from '../../src/reconciliation/lease-time.js';
import type { TestBuyer, OrderJson, PayJson } from '../support/test-buyer.js';
import { eventually } from '../support/eventually.js';
import { LIVE_ENVIRONMENT } from '../support/merchant-environment.js';
import { isOnMysql } from '../support/scratch-database.js';
import { openTestShop, type TestShop, type TestShopOptions } from '../support/test-shop.js';
import { InstanceGroup } from './instance-group.js';

const PAYMENT_COUNT = 20;
const ONE_HOUR_SECONDS = '3600';

describe('instances that share the work', () => {
  let shop: TestShop;
  let alice: TestBuyer;
  let tea: string;

  async function opens(options: TestShopOptions): Promise<void> {
    shop = await openTestShop({ ...options, environment: { ...LIVE_ENVIRONMENT, ...options.environment } });
    alice = await shop.createUser('alice');
    tea = await shop.createProduct({ stock: 100 });
  }
  afterEach(() => shop.close());

  /** How often WeChat was asked about each of these payments. */
  const timesAsked = (pays: PayJson[]): Promise<number[]> =>
    Promise.all(pays.map(({ outTradeNo }) => shop.wechat.countCalls('/pay/orderquery', outTradeNo)));

  /** Somebody who looks at the cashier, and does not pay yet. */
  const hesitates = async (): Promise<PayJson> => alice.startPayment(await alice.createOrder({ productId: tea }));

  it('ask about each payment once in each of its due moments, three of them at the same time', async () => {
    await opens({ instances: 3, environment: { QUERY_BACKOFF_SECONDS: '10,20,30' } });
    const pays: PayJson[] = [];
    for (let n = 0; n < PAYMENT_COUNT; n++) pays.push(await hesitates());
    for (const [moment, seconds] of [11, 21, 31].entries()) {
      await shop.wechat.advanceTime({ seconds });
      await Promise.all([shop.runJobs(), shop.runJobs()]);
      await shop.runJobs();
      expect(await timesAsked(pays)).toEqual(pays.map(() => moment + 1));
    }
  });

  const onMysql = isOnMysql ? it : it.skip; // a shop on SQLite is one process
  onMysql(
    'ask once also as three processes that tick by themselves',
    async () => {
      await opens({});
      const crew = await InstanceGroup.start(shop, 3, { QUERY_BACKOFF_SECONDS: `1,${ONE_HOUR_SECONDS}` });
      try {
        const pays = await Promise.all(Array.from({ length: PAYMENT_COUNT }, hesitates));
        await eventually(async () => expect(Math.min(...(await timesAsked(pays)))).toBeGreaterThan(0), 60_000);
        await crew.stop(); // whatever a slower one had taken is asked by now
        expect(await timesAsked(pays)).toEqual(pays.map(() => 1));
      } finally {
        await crew.kill();
      }
    },
    180_000,
  );

  describe('when one is killed with -9 in the middle of a question', () => {
    const patient = { WECHAT_TIMEOUT_SECONDS: '10' }; // time to be killed in
    const environment = { ...patient, QUERY_BACKOFF_SECONDS: '1', ORDER_TTL_SECONDS: ONE_HOUR_SECONDS };
    let order: OrderJson;
    let pay: PayJson;
    let askedBefore: number;

    const asked = async (): Promise<number> => (await timesAsked([pay]))[0] ?? NaN;
    const leaseEnd = async (): Promise<number> =>
      (await shop.getPayments(order.orderNo))[0]?.nextCheckAt?.getTime() ?? NaN;

    beforeEach(async () => {
      await opens({ environment });
      order = await alice.createOrder({ productId: tea });
      const crew = await InstanceGroup.start(shop, 1, patient);
      try {
        await shop.wechat.failNext({ endpoint: 'orderquery', kind: 'timeout', times: 1000 });
        pay = await alice.pay(order, { notify: 'lost' });
        await eventually(async () => expect(await asked()).toBeGreaterThan(0), 60_000);
      } finally {
        await crew.kill();
      }
      askedBefore = await asked();
      await shop.wechat.clearFaults();
    });

    it('its claim lapses with its lease, and not before', async () => {
      const lease = leaseMs(shop.firstInstance.app.get(Settings));
      const now = Date.now();
      const end = await leaseEnd();
      expect(end).toBeGreaterThan(now);
      expect(end).toBeLessThanOrEqual(now + lease);

      // The other instance follows WeChat's clock, which the story moves.
      const margin = 15_000; // what the story itself takes
      await shop.wechat.advanceTime({ seconds: Math.floor((end - Date.now() - margin) / 1000) });
      await shop.runJobs();
      expect(await asked()).toBe(askedBefore);

      await shop.wechat.advanceTime({ seconds: 2 * (margin / 1000) });
      await shop.runJobs();
      expect(await asked()).toBe(askedBefore + 1);
      expect(await alice.getOrder(order)).toMatchObject({ status: 'PAID' });
    });
  });
});
