import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { session } from '../contract/support/clerk.js';
import type { Customer, OrderJson, PayJson } from '../support/customer.js';
import { eventually } from '../support/eventually.js';
import { LIVE_SHOP } from '../support/merchant-environment.js';
import { ServiceProcess } from '../support/service-process.js';
import { freeUrl, openShop, type Shop } from '../support/shop.js';

/** Real seconds pass here: nobody can move a process's clock. */
const FAST = {
  ...LIVE_SHOP,
  WECHAT_TIMEOUT_SECONDS: '5', // time to be killed in
  RECONCILE_INTERVAL_SECONDS: '1',
  QUERY_BACKOFF_SECONDS: '1,1,2',
  REFUND_QUERY_BACKOFF_SECONDS: '1,1,2',
  ORDER_TTL_SECONDS: '3600',
};
/** An order that is to run out. */
const SOON = '10';
/** What dies in the middle of a question has taken it for 52 seconds. */
const LEASE_AND_MORE_MS = 90_000;

describe('a service killed with -9', () => {
  let shop: Shop;
  let alice: Customer;
  let tea: string;
  let environment: Record<string, string>;
  /** What one story has started again serves the next. */
  let service: ServiceProcess | undefined;

  beforeAll(async () => {
    shop = await openShop({ environment: { ...LIVE_SHOP, ORDER_TTL_SECONDS: SOON } });
    alice = await shop.welcomes('alice');
    // WeChat's notices go to the process, which runs on the machine's own time.
    const url = await freeUrl();
    environment = { ...shop.environment, PORT: new URL(url).port, PUBLIC_BASE_URL: url, ...FAST };
    shop.instances.unshift(shop.first.as(url));
    await starts();
  });
  beforeEach(async () => {
    tea = await shop.sells({ stock: 10 });
    if (service?.isAlive !== true) await starts(); // a story that ended badly
  });
  afterEach(() => shop.wechat.recovers());
  afterAll(async () => {
    await service?.dies();
    shop.instances.shift();
    await shop.closes();
  });

  async function starts(): Promise<void> {
    service = await ServiceProcess.starts(environment);
  }
  const dies = async (): Promise<void> => service?.dies();

  const asked = (path: string, outTradeNo: string): Promise<number> =>
    shop.wechat.timesCalled(`/pay/${path}`, outTradeNo);

  it('while WeChat prepares a payment: the same number is paid after the restart', async () => {
    const order = await alice.orders({ productId: tea });
    await shop.wechat.fails({ endpoint: 'unifiedorder', kind: 'timeout', when: 'after' });
    const lost = alice.triesToPay(order).catch(() => 'no answer');
    await eventually(async () => expect(await asked('unifiedorder', `${order.orderNo}-1`)).toBe(1));
    await dies();
    expect(await lost).toBe('no answer');

    await starts();
    const pay = await alice.begins(order);
    expect(pay.outTradeNo).toBe(`${order.orderNo}-1`);
    expect(await alice.confirms(pay)).toBe('requestPayment:ok');
    await becomes(order, 'PAID');
  });

  it('between the close at WeChat and its own: the order closes after the restart, the stock returns once', async () => {
    const order = await ordersForAMoment(4);
    const pay = await alice.begins(order);
    await shop.wechat.fails({ endpoint: 'closeorder', kind: 'timeout', when: 'after' });
    const lost = alice.cancels(order).catch(() => 'no answer');
    await eventually(async () => expect((await shop.wechat.order(pay.outTradeNo)).trade_state).toBe('CLOSED'));
    await dies();
    expect(await lost).toBe('no answer');
    expect(await shop.stockOf(tea)).toBe(6);

    await starts();
    await becomes(order, 'CLOSED');
    expect(await shop.stockOf(tea)).toBe(10);
  });

  it('before the notice came: the payment is found after the restart by asking', async () => {
    const order = await alice.orders({ productId: tea });
    const pay: PayJson = await alice.begins(order);
    await dies();
    expect(await alice.confirms(pay, { notify: 'lost' })).toBe('requestPayment:ok');
    await starts();
    await becomes(order, 'PAID');
  });

  it('between WeChat’s answer and its own commit of it: the refund goes on under its number, and is one', async () => {
    const order = await alice.orders({ productId: tea });
    await alice.pays(order);
    await becomes(order, 'PAID');
    const boss = await session(shop, 'boss');
    const refund = await alice.wantsBack(order);
    await shop.wechat.fails({ endpoint: 'refund', kind: 'timeout', when: 'after' });
    const lost = boss.asks('POST', `refunds/${refund.refundNo}/approve`, {}).catch(() => 'no answer');
    await eventually(async () => expect(await refundsAtWechat()).toEqual([refund.refundNo]));
    await dies();
    expect(await lost).toBe('no answer');
    await shop.wechat.recovers();

    await starts();
    const isBack = { status: 'SUCCEEDED' };
    await eventually(async () => expect(await alice.seesRefund(refund)).toMatchObject(isBack), LEASE_AND_MORE_MS);
    expect(await refundsAtWechat()).toEqual([refund.refundNo]);
    expect(await alice.sees(order)).toMatchObject({ refundStatus: 'FULL', refundedFen: order.payableFen });
  });

  /** At the other instance, which gives its orders less time. */
  async function ordersForAMoment(quantity: number): Promise<OrderJson> {
    const { body } = await alice.asks('POST', 'orders', { items: [{ productId: tea, quantity }] }, { at: 1 });
    return body;
  }

  async function refundsAtWechat(): Promise<string[]> {
    const { body } = await shop.wechat.control('GET', 'refunds');
    return (body as { items: { out_refund_no: string }[] }).items.map((row) => row.out_refund_no);
  }

  function becomes(order: OrderJson, status: string): Promise<void> {
    return eventually(async () => expect(await alice.sees(order)).toMatchObject({ status }), LEASE_AND_MORE_MS);
  }
});
