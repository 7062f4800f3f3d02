import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { logInStaff } from '../contract/support/test-staff.js';
import type { TestBuyer, OrderJson, PayJson } from '../support/test-buyer.js';
import { eventually } from '../support/eventually.js';
import { LIVE_ENVIRONMENT } from '../support/merchant-environment.js';
import { ServiceProcess } from '../support/service-process.js';
import { findFreeUrl, openTestShop, type TestShop } from '../support/test-shop.js';

/** Real seconds pass here: nobody can move a process's clock. */
const FAST_ENVIRONMENT = {
  ...LIVE_ENVIRONMENT,
  WECHAT_TIMEOUT_SECONDS: '5', // time to be killed in
  RECONCILE_INTERVAL_SECONDS: '1',
  QUERY_BACKOFF_SECONDS: '1,1,2',
  REFUND_QUERY_BACKOFF_SECONDS: '1,1,2',
  ORDER_TTL_SECONDS: '3600',
};
/** An order that is to run out. */
const SHORT_ORDER_TTL = '10';
/** What dies in the middle of a question has taken it for 52 seconds. */
const LEASE_TIMEOUT_MS = 90_000;

describe('a service killed with -9', () => {
  let shop: TestShop;
  let alice: TestBuyer;
  let tea: string;
  let environment: Record<string, string>;
  /** What one story has started again serves the next. */
  let service: ServiceProcess | undefined;

  beforeAll(async () => {
    shop = await openTestShop({ environment: { ...LIVE_ENVIRONMENT, ORDER_TTL_SECONDS: SHORT_ORDER_TTL } });
    alice = await shop.createUser('alice');
    // WeChat's notices go to the process, which runs on the machine's own time.
    const url = await findFreeUrl();
    environment = { ...shop.environment, PORT: new URL(url).port, PUBLIC_BASE_URL: url, ...FAST_ENVIRONMENT };
    shop.instances.unshift(shop.firstInstance.withUrl(url));
    await starts();
  });
  beforeEach(async () => {
    tea = await shop.createProduct({ stock: 10 });
    if (service?.isAlive !== true) await starts(); // a story that ended badly
  });
  afterEach(() => shop.wechat.clearFaults());
  afterAll(async () => {
    await service?.kill();
    shop.instances.shift();
    await shop.close();
  });

  async function starts(): Promise<void> {
    service = await ServiceProcess.start(environment);
  }
  const dies = async (): Promise<void> => service?.kill();

  const asked = (path: string, outTradeNo: string): Promise<number> =>
    shop.wechat.countCalls(`/pay/${path}`, outTradeNo);

  it('while WeChat prepares a payment: the same number is paid after the restart', async () => {
    const order = await alice.createOrder({ productId: tea });
    await shop.wechat.failNext({ endpoint: 'unifiedorder', kind: 'timeout', when: 'after' });
    const lost = alice.tryStartPayment(order).catch(() => 'no answer');
    await eventually(async () => expect(await asked('unifiedorder', `${order.orderNo}-1`)).toBe(1));
    await dies();
    expect(await lost).toBe('no answer');

    await starts();
    const pay = await alice.startPayment(order);
    expect(pay.outTradeNo).toBe(`${order.orderNo}-1`);
    expect(await alice.confirmPayment(pay)).toBe('requestPayment:ok');
    await becomes(order, 'PAID');
  });

  it('between the close at WeChat and its own: the order closes after the restart, the stock returns once', async () => {
    const order = await ordersForAMoment(4);
    const pay = await alice.startPayment(order);
    await shop.wechat.failNext({ endpoint: 'closeorder', kind: 'timeout', when: 'after' });
    const lost = alice.cancelOrder(order).catch(() => 'no answer');
    await eventually(async () => expect((await shop.wechat.getOrder(pay.outTradeNo)).trade_state).toBe('CLOSED'));
    await dies();
    expect(await lost).toBe('no answer');
    expect(await shop.getStock(tea)).toBe(6);

    await starts();
    await becomes(order, 'CLOSED');
    expect(await shop.getStock(tea)).toBe(10);
  });

  it('before the notice came: the payment is found after the restart by asking', async () => {
    const order = await alice.createOrder({ productId: tea });
    const pay: PayJson = await alice.startPayment(order);
    await dies();
    expect(await alice.confirmPayment(pay, { notify: 'lost' })).toBe('requestPayment:ok');
    await starts();
    await becomes(order, 'PAID');
  });

  it('between WeChat’s answer and its own commit of it: the refund goes on under its number, and is one', async () => {
    const order = await alice.createOrder({ productId: tea });
    await alice.pay(order);
    await becomes(order, 'PAID');
    const boss = await logInStaff(shop, 'boss');
    const refund = await alice.requestRefund(order);
    await shop.wechat.failNext({ endpoint: 'refund', kind: 'timeout', when: 'after' });
    const lost = boss.call('POST', `refunds/${refund.refundNo}/approve`, {}).catch(() => 'no answer');
    await eventually(async () => expect(await refundsAtWechat()).toEqual([refund.refundNo]));
    await dies();
    expect(await lost).toBe('no answer');
    await shop.wechat.clearFaults();

    await starts();
    const isBack = { status: 'SUCCEEDED' };
    await eventually(async () => expect(await alice.getRefund(refund)).toMatchObject(isBack), LEASE_TIMEOUT_MS);
    expect(await refundsAtWechat()).toEqual([refund.refundNo]);
    expect(await alice.getOrder(order)).toMatchObject({ refundStatus: 'FULL', refundedFen: order.payableFen });
  });

  /** At the other instance, which gives its orders less time. */
  async function ordersForAMoment(quantity: number): Promise<OrderJson> {
    const { body } = await alice.call('POST', 'orders', { items: [{ productId: tea, quantity }] }, { at: 1 });
    return body;
  }

  async function refundsAtWechat(): Promise<string[]> {
    const { body } = await shop.wechat.control('GET', 'refunds');
    return (body as { items: { out_refund_no: string }[] }).items.map((row) => row.out_refund_no);
  }

  function becomes(order: OrderJson, status: string): Promise<void> {
    return eventually(async () => expect(await alice.getOrder(order)).toMatchObject({ status }), LEASE_TIMEOUT_MS);
  }
});
