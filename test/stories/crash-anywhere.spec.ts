import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { session } from '../contract/support/clerk.js';
import type { Customer, OrderJson, PayJson, RefundJson } from '../support/customer.js';
import { cutEverywhere as cut } from '../support/cut-everywhere.js';
import { call, type Reply } from '../support/http.js';
import { paidNotice } from '../support/paid-notice.js';
import { openShop, type Shop } from '../support/shop.js';

const STOCK = 1000;

interface OrderPage {
  items: (OrderJson & { items: { productId: string; quantity: number }[] })[];
  nextCursor: string | null;
}

describe('an instance that loses its power between any two steps', () => {
  let shop: Shop;
  let alice: Customer;
  let tea: string;

  beforeAll(async () => {
    shop = await openShop({ environment: { SESSION_TTL_SECONDS: '2592000' } });
    alice = await shop.welcomes('alice');
    tea = await shop.sells({ priceFen: 1500, stock: STOCK });
  });
  afterAll(() => shop.closes());

  const cutEverywhere = (story: (victim: number) => Promise<OrderJson | null>): Promise<number> =>
    cut(shop, story, async (order) => {
      if (order) await comesToRest(order);
      expect(await unsoldAndReserved()).toBe(STOCK);
    });

  /** The survivor's jobs run until nothing is due; then ours and WeChat's books must agree. */
  async function comesToRest(order: OrderJson): Promise<void> {
    for (let round = 0; round < 3; round++) {
      await shop.wechat.passes({ minutes: 21 });
      await shop.first.tick();
    }
    const seen = await alice.sees(order);
    const payments = await shop.paymentsOf(order.orderNo);
    const atWechat = await paidAtWechat(payments.map(({ outTradeNo }) => outTradeNo));
    expect(seen).toMatchObject(
      atWechat > 0 ? { status: 'PAID', paidFen: atWechat } : { status: 'CLOSED', closeReason: expect.any(String) },
    );
    expect(payments.filter(({ status }) => status === 'CREATED' || status === 'PREPAID')).toEqual([]);
    expect(payments.reduce((sum, { owedBackFen }) => sum + owedBackFen, 0)).toBe(0);
  }

  async function paidAtWechat(outTradeNos: string[]): Promise<number> {
    const { body } = await shop.wechat.control('GET', 'ledger');
    const { items } = body as { items: { out_trade_no: string; paidFen: number }[] };
    return items.filter((row) => outTradeNos.includes(row.out_trade_no)).reduce((sum, row) => sum + row.paidFen, 0);
  }

  async function unsoldAndReserved(): Promise<number> {
    let stock = await shop.stockOf(tea);
    for (let cursor: string | null = ''; cursor !== null;) {
      const page: Reply<OrderPage> = await alice.asks('GET', `orders?limit=100${cursor && `&cursor=${cursor}`}`);
      const gone = page.body.items.filter(({ status }) => status !== 'CLOSED').flatMap(({ items }) => items);
      stock += gone.reduce((sum, { quantity }) => sum + quantity, 0);
      cursor = page.body.nextCursor;
    }
    return stock;
  }

  it('loses nothing while an order is placed and paid, and its notice comes', async () => {
    const borders = await cutEverywhere(async (victim) => {
      const placed = await alice.asks('POST', 'orders', { items: [{ productId: tea, quantity: 2 }] }, { at: victim });
      if (placed.status !== 201) return null;
      const pay = await alice.triesToPay<PayJson>(placed.body, undefined, victim);
      if (pay.status !== 200) return placed.body;
      await alice.confirms(pay.body, { notify: 'lost' });
      const { transaction } = await shop.wechat.order(pay.body.outTradeNo);
      const notice = paidNotice({
        outTradeNo: pay.body.outTradeNo,
        transactionId: transaction?.transaction_id ?? '',
        totalFee: transaction?.total_fee ?? 0,
        openid: alice.openid,
      });
      await call(`${shop.instances[victim]?.url ?? ''}/wechat/notify/payment`, { method: 'POST', body: notice });
      return placed.body;
    });
    expect(borders).toBeGreaterThan(6);
  });

  it('closes for good while the user cancels', async () => {
    const borders = await cutEverywhere(async (victim) => {
      const order = await alice.orders({ productId: tea });
      await alice.begins(order);
      await alice.cancels(order, victim);
      return order;
    });
    expect(borders).toBeGreaterThan(6);
  });

  it('never makes two payments possible while the user changes the way to pay', async () => {
    const borders = await cutEverywhere(async (victim) => {
      const order = await alice.orders({ productId: tea });
      const onPhone = await alice.begins(order);
      const onPaper = await alice.triesToPay<PayJson>(order, 'NATIVE', victim);
      const answers = [await alice.confirms(onPhone, { notify: 'lost' })];
      if (onPaper.status === 200) answers.push(await alice.confirms(onPaper.body, { notify: 'lost' }));
      expect(answers.filter((answer) => answer === 'requestPayment:ok').length).toBeLessThanOrEqual(1);
      return order;
    });
    expect(borders).toBeGreaterThan(10);
  });

  it('gives money back once, when staff approve a refund', async () => {
    const boss = await session(shop, 'boss');
    const refunds: RefundJson[] = [];
    const borders = await cutEverywhere(async (victim) => {
      const order = await alice.orders({ productId: tea });
      await alice.pays(order);
      await alice.syncs(order);
      const refund = await alice.wantsBack(order, { amountFen: 500 });
      refunds.push(refund);
      await boss.asks('POST', `refunds/${refund.refundNo}/approve`, {}, victim);
      return order;
    });
    expect(borders).toBeGreaterThan(8);
    for (let round = 0; round < 3; round++) {
      await shop.wechat.passes({ minutes: 21 });
      await shop.first.tick();
    }
    const ends = await Promise.all(refunds.map((refund) => alice.seesRefund(refund)));
    const decided = ends.filter(({ status }) => status !== 'REQUESTED');
    expect(decided.length).toBeGreaterThan(6); // a power cut before the decision leaves it to be decided
    expect(decided.map(({ status }) => status)).toEqual(decided.map(() => 'SUCCEEDED'));
    const { body } = await shop.wechat.control('GET', 'refunds');
    const { items } = body as { items: { out_refund_no: string; refund_fee: number }[] };
    expect(items.map((row) => [row.out_refund_no, row.refund_fee]).sort()).toEqual(
      decided.map(({ refundNo }) => [refundNo, 500]).sort(),
    );
  });

  it('finishes an expiry that another instance began', async () => {
    const borders = await cutEverywhere(async (victim) => {
      const order = await alice.orders({ productId: tea });
      await alice.begins(order);
      await shop.wechat.passes({ minutes: 21 });
      await shop.instances[victim]?.tick();
      return order;
    });
    expect(borders).toBeGreaterThan(6);
  });

  it('finds a payment that another instance was asking about', async () => {
    const borders = await cutEverywhere(async (victim) => {
      const order = await alice.orders({ productId: tea });
      await alice.pays(order, { notify: 'lost' });
      await shop.wechat.passes({ seconds: 11 });
      await shop.instances[victim]?.tick();
      return order;
    });
    expect(borders).toBeGreaterThan(4);
  });
});
