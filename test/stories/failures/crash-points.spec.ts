import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { logInStaff } from '../../contract/support/test-staff.js';
import type { TestBuyer, OrderJson, PayJson, RefundJson } from '../../support/clients/test-buyer.js';
import { crashAtEveryBoundary as cut } from '../../support/database/crash-at-every-boundary.js';
import { sendRequest, type HttpResponse } from '../../../tools/client/http.js';
import { buildPaidNotice } from '../../support/wechat/paid-notice.js';
import { openTestShop, type TestShop } from '../../support/test-shop.js';

const STOCK = 1000;

interface OrderPage {
  items: (OrderJson & { items: { productId: string; quantity: number }[] })[];
  nextCursor: string | null;
}

describe('crash: an instance crashes between any two steps', () => {
  let shop: TestShop;
  let alice: TestBuyer;
  let tea: string;

  beforeAll(async () => {
    shop = await openTestShop({ environment: { SESSION_TTL_SECONDS: '2592000' } });
    alice = await shop.createUser('alice');
    tea = await shop.createProduct({ priceFen: 1500, stock: STOCK });
  });
  afterAll(() => shop.close());

  const runScenario = (scenario: (at: number) => Promise<OrderJson | null>): Promise<number> =>
    cut(shop, scenario, async (order) => {
      if (order) await expectConsistentRecords(order);
      expect(await sumStockAndOrders()).toBe(STOCK);
    });

  /** Runs the jobs of the other instance until nothing is due. Then our records must agree with WeChat's. */
  async function expectConsistentRecords(order: OrderJson): Promise<void> {
    for (let round = 0; round < 3; round++) {
      await shop.wechat.advanceTime({ minutes: 21 });
      await shop.firstInstance.runJobs();
    }
    const seen = await alice.getOrder(order);
    const payments = await shop.getPayments(order.orderNo);
    const atWechat = await sumPaidAtWechat(payments.map(({ outTradeNo }) => outTradeNo));
    expect(seen).toMatchObject(
      atWechat > 0 ? { status: 'PAID', paidFen: atWechat } : { status: 'CLOSED', closeReason: expect.any(String) },
    );
    expect(payments.filter(({ status }) => status === 'CREATED' || status === 'PREPAID')).toEqual([]);
    expect(payments.reduce((sum, { refundDueFen }) => sum + refundDueFen, 0)).toBe(0);
  }

  async function sumPaidAtWechat(outTradeNos: string[]): Promise<number> {
    const { body } = await shop.wechat.control('GET', 'ledger');
    const { items } = body as { items: { out_trade_no: string; paidFen: number }[] };
    return items.filter((row) => outTradeNos.includes(row.out_trade_no)).reduce((sum, row) => sum + row.paidFen, 0);
  }

  async function sumStockAndOrders(): Promise<number> {
    let stock = await shop.getStock(tea);
    for (let cursor: string | null = ''; cursor !== null;) {
      const page: HttpResponse<OrderPage> = await alice.call('GET', `orders?limit=100${cursor && `&cursor=${cursor}`}`);
      const ordered = page.body.items.filter(({ status }) => status !== 'CLOSED').flatMap(({ items }) => items);
      stock += ordered.reduce((sum, { quantity }) => sum + quantity, 0);
      cursor = page.body.nextCursor;
    }
    return stock;
  }

  it('order, pay and notice: no payment and no stock is lost', async () => {
    const boundaries = await runScenario(async (at) => {
      const placed = await alice.call('POST', 'orders', { items: [{ productId: tea, quantity: 2 }] }, { at });
      if (placed.status !== 201) return null;
      const pay = await alice.tryStartPayment<PayJson>(placed.body, undefined, at);
      if (pay.status !== 200) return placed.body;
      await alice.confirmPayment(pay.body, { notify: 'lost' });
      const { transaction } = await shop.wechat.getOrder(pay.body.outTradeNo);
      const notice = buildPaidNotice({
        outTradeNo: pay.body.outTradeNo,
        transactionId: transaction?.transaction_id ?? '',
        totalFee: transaction?.total_fee ?? 0,
        openid: alice.openid,
      });
      await sendRequest(`${shop.instances[at]?.url ?? ''}/wechat/notify/payment`, { method: 'POST', body: notice });
      return placed.body;
    });
    expect(boundaries).toBeGreaterThan(6);
  });

  it('cancel: the order ends CLOSED and the stock returns', async () => {
    const boundaries = await runScenario(async (at) => {
      const order = await alice.createOrder({ productId: tea });
      await alice.startPayment(order);
      await alice.cancelOrder(order, at);
      return order;
    });
    expect(boundaries).toBeGreaterThan(6);
  });

  it('change of trade type: at most one attempt can be paid', async () => {
    const boundaries = await runScenario(async (at) => {
      const order = await alice.createOrder({ productId: tea });
      const jsapiPay = await alice.startPayment(order);
      const nativePay = await alice.tryStartPayment<PayJson>(order, 'NATIVE', at);
      const answers = [await alice.confirmPayment(jsapiPay, { notify: 'lost' })];
      if (nativePay.status === 200) answers.push(await alice.confirmPayment(nativePay.body, { notify: 'lost' }));
      expect(answers.filter((answer) => answer === 'requestPayment:ok').length).toBeLessThanOrEqual(1);
      return order;
    });
    expect(boundaries).toBeGreaterThan(10);
  });

  it('refund approval: the money goes back once', async () => {
    const boss = await logInStaff(shop, 'boss');
    const refunds: RefundJson[] = [];
    const boundaries = await runScenario(async (at) => {
      const order = await alice.createOrder({ productId: tea });
      await alice.pay(order);
      await alice.syncOrder(order);
      const refund = await alice.requestRefund(order, { amountFen: 500 });
      refunds.push(refund);
      await boss.call('POST', `refunds/${refund.refundNo}/approve`, {}, at);
      return order;
    });
    expect(boundaries).toBeGreaterThan(8);
    for (let round = 0; round < 3; round++) {
      await shop.wechat.advanceTime({ minutes: 21 });
      await shop.firstInstance.runJobs();
    }
    const results = await Promise.all(refunds.map((refund) => alice.getRefund(refund)));
    const decided = results.filter(({ status }) => status !== 'REQUESTED');
    expect(decided.length).toBeGreaterThan(6); // a crash before the approval leaves the refund REQUESTED
    expect(decided.map(({ status }) => status)).toEqual(decided.map(() => 'SUCCEEDED'));
    const { body } = await shop.wechat.control('GET', 'refunds');
    const { items } = body as { items: { out_refund_no: string; refund_fee: number }[] };
    expect(items.map((row) => [row.out_refund_no, row.refund_fee]).sort()).toEqual(
      decided.map(({ refundNo }) => [refundNo, 500]).sort(),
    );
  });

  it('order expiry: another instance completes it', async () => {
    const boundaries = await runScenario(async (at) => {
      const order = await alice.createOrder({ productId: tea });
      await alice.startPayment(order);
      await shop.wechat.advanceTime({ minutes: 21 });
      await shop.instances[at]?.runJobs();
      return order;
    });
    expect(boundaries).toBeGreaterThan(6);
  });

  it('payment check: another instance finds the payment', async () => {
    const boundaries = await runScenario(async (at) => {
      const order = await alice.createOrder({ productId: tea });
      await alice.pay(order, { notify: 'lost' });
      await shop.wechat.advanceTime({ seconds: 11 });
      await shop.instances[at]?.runJobs();
      return order;
    });
    expect(boundaries).toBeGreaterThan(4);
  });
});
