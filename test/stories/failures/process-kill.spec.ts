import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { logInStaff } from '../../contract/support/test-staff.js';
import type { TestBuyer, OrderJson, PayJson } from '../../support/clients/test-buyer.js';
import { eventually } from '../../support/eventually.js';
import { LIVE_ENVIRONMENT } from '../../support/fixtures/merchant-environment.js';
import { ServiceProcess } from '../../support/service-process.js';
import { findFreeUrl, openTestShop, type TestShop } from '../../support/test-shop.js';

/** The service is a separate process and runs on real time, because a test cannot move its clock. */
const FAST_ENVIRONMENT = {
  ...LIVE_ENVIRONMENT,
  WECHAT_TIMEOUT_SECONDS: '5', // long enough to kill the process during a call
  RECONCILE_INTERVAL_SECONDS: '1',
  QUERY_BACKOFF_SECONDS: '1,1,2',
  REFUND_QUERY_BACKOFF_SECONDS: '1,1,2',
  ORDER_TTL_SECONDS: '3600',
};
/** Seconds after which an order of the second instance expires. */
const SHORT_ORDER_TTL = '10';
/** Longer than the leases of the calls during which the process is killed: 52 s for a payment, 60 s for a refund. */
const LEASE_TIMEOUT_MS = 90_000;

describe('process killed with SIGKILL', () => {
  let shop: TestShop;
  let alice: TestBuyer;
  let tea: string;
  let environment: Record<string, string>;
  /** A process that one test has restarted serves the next test. */
  let service: ServiceProcess | undefined;

  beforeAll(async () => {
    shop = await openTestShop({ environment: { ...LIVE_ENVIRONMENT, ORDER_TTL_SECONDS: SHORT_ORDER_TTL } });
    alice = await shop.createUser('alice');
    // WeChat sends its notices to the process, which uses the machine's time.
    const url = await findFreeUrl();
    environment = { ...shop.environment, PORT: new URL(url).port, PUBLIC_BASE_URL: url, ...FAST_ENVIRONMENT };
    shop.instances.unshift(shop.firstInstance.withUrl(url));
    await startService();
  });
  beforeEach(async () => {
    tea = await shop.createProduct({ stock: 10 });
    if (service?.isAlive !== true) await startService(); // the previous test has failed
  });
  afterEach(() => shop.wechat.clearFaults());
  afterAll(async () => {
    await service?.kill();
    shop.instances.shift();
    await shop.close();
  });

  async function startService(): Promise<void> {
    service = await ServiceProcess.start(environment);
  }
  const killService = async (): Promise<void> => service?.kill();

  it('killed while WeChat prepares a payment: the same out_trade_no is paid after the restart', async () => {
    const order = await alice.createOrder({ productId: tea });
    await shop.wechat.failNext({ endpoint: 'unifiedorder', kind: 'timeout', when: 'after' });
    const pendingReply = alice.tryStartPayment(order).catch(() => 'no response');
    await eventually(async () => expect(await shop.wechat.countPayCalls('prepay', `${order.orderNo}-1`)).toBe(1));
    await killService();
    expect(await pendingReply).toBe('no response');

    await startService();
    const pay = await alice.startPayment(order);
    expect(pay.outTradeNo).toBe(`${order.orderNo}-1`);
    expect(await alice.confirmPayment(pay)).toBe('requestPayment:ok');
    await expectStatus(order, 'PAID');
  });

  it("killed between WeChat's close and ours: the order closes after the restart, and the stock returns once", async () => {
    const order = await createShortOrder(4);
    const pay = await alice.startPayment(order);
    await shop.wechat.failNext({ endpoint: 'closeorder', kind: 'timeout', when: 'after' });
    const pendingReply = alice.cancelOrder(order).catch(() => 'no response');
    await eventually(async () => expect((await shop.wechat.getOrder(pay.outTradeNo)).trade_state).toBe('CLOSED'));
    await killService();
    expect(await pendingReply).toBe('no response');
    expect(await shop.getStock(tea)).toBe(6);

    await startService();
    await expectStatus(order, 'CLOSED');
    expect(await shop.getStock(tea)).toBe(10);
  });

  it('killed before the notice arrives: a query finds the payment after the restart', async () => {
    const order = await alice.createOrder({ productId: tea });
    const pay: PayJson = await alice.startPayment(order);
    await killService();
    expect(await alice.confirmPayment(pay, { notify: 'lost' })).toBe('requestPayment:ok');
    await startService();
    await expectStatus(order, 'PAID');
  });

  it("killed between WeChat's response and our commit: the refund continues under its number and happens once", async () => {
    const order = await alice.createOrder({ productId: tea });
    await alice.pay(order);
    await expectStatus(order, 'PAID');
    const boss = await logInStaff(shop, 'boss');
    const refund = await alice.requestRefund(order);
    await shop.wechat.failNext({ endpoint: 'refund', kind: 'timeout', when: 'after' });
    const pendingReply = boss.call('POST', `refunds/${refund.refundNo}/approve`, {}).catch(() => 'no response');
    await eventually(async () => expect(await listRefundsAtWechat()).toEqual([refund.refundNo]));
    await killService();
    expect(await pendingReply).toBe('no response');
    await shop.wechat.clearFaults();

    await startService();
    const succeeded = { status: 'SUCCEEDED' };
    await eventually(async () => expect(await alice.getRefund(refund)).toMatchObject(succeeded), LEASE_TIMEOUT_MS);
    expect(await listRefundsAtWechat()).toEqual([refund.refundNo]);
    expect(await alice.getOrder(order)).toMatchObject({ refundStatus: 'FULL', refundedFen: order.payableFen });
  });

  /** Creates an order at the second instance, where it expires sooner. */
  async function createShortOrder(quantity: number): Promise<OrderJson> {
    const { body } = await alice.call('POST', 'orders', { items: [{ productId: tea, quantity }] }, { at: 1 });
    return body;
  }

  async function listRefundsAtWechat(): Promise<string[]> {
    const { body } = await shop.wechat.control('GET', 'refunds');
    return (body as { items: { out_refund_no: string }[] }).items.map((row) => row.out_refund_no);
  }

  function expectStatus(order: OrderJson, status: string): Promise<void> {
    return eventually(async () => expect(await alice.getOrder(order)).toMatchObject({ status }), LEASE_TIMEOUT_MS);
  }
});
