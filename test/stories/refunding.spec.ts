import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Payment } from '../../src/payment/payment.entity.js';
import { type Clerk, session } from '../contract/support/clerk.js';
import type { Customer, OrderJson, ProblemJson, RefundJson } from '../support/customer.js';
import { openShop, type Shop, type ShopOptions } from '../support/shop.js';

describe('a refund', () => {
  let shop: Shop;
  let alice: Customer;
  let boss: Clerk;
  let tea: string;
  let order: OrderJson;

  async function opens(options: ShopOptions = {}): Promise<void> {
    shop = await openShop({ ...options, environment: { SESSION_TTL_SECONDS: '2592000', ...options.environment } });
    alice = await shop.welcomes('alice');
    boss = await session(shop, 'boss');
    tea = await shop.sells({ priceFen: 10_000, stock: 5 });
    order = await alice.orders({ productId: tea });
    await alice.pays(order);
    await alice.syncs(order);
  }
  beforeEach(() => opens());
  afterEach(() => shop.closes());

  it('is asked for, approved, sent, and in the end the money is back and the goods are on the shelf', async () => {
    const refund = await alice.wantsBack(order, { amountFen: 10_000, reason: '不想要了' });
    expect(refund).toMatchObject({ status: 'REQUESTED', kind: 'USER', amountFen: 10_000, waitReason: null });
    expect(await alice.sees(order)).toMatchObject({ refundStatus: 'REQUESTED', refundedFen: 0 });

    const { status, body } = await boss.asks<RefundJson>('POST', `refunds/${refund.refundNo}/approve`, {});
    expect(status).toBe(200);
    expect(body).toMatchObject({ status: 'PROCESSING', waitReason: null });
    expect(await alice.sees(order)).toMatchObject({ refundStatus: 'PROCESSING', refundedFen: 0 });

    await shop.wechat.passes({ hours: 1 });
    await shop.ticks();
    expect(await alice.seesRefund(refund)).toMatchObject({ status: 'SUCCEEDED' });
    expect(await alice.sees(order)).toMatchObject({ status: 'PAID', refundStatus: 'FULL', refundedFen: 10_000 });
    expect(await shop.stockOf(tea)).toBe(5);
  });

  it('never takes more than was paid: of twenty requests of 60 on 100 at once, one is reserved', async () => {
    const wishes = await Promise.all(
      Array.from({ length: 20 }, () =>
        alice.asks<RefundJson & ProblemJson>('POST', `orders/${order.orderNo}/refunds`, {
          amountFen: 6000,
          reason: '少发一件',
        }),
      ),
    );
    expect(wishes.filter(({ status }) => status === 201)).toHaveLength(1);
    for (const { status, body } of wishes) {
      if (status !== 201) expect(body).toMatchObject({ status: 409, code: 'REFUND_EXCEEDS_PAYMENT' });
    }
    expect(await shop.first.all(Payment)).toEqual([expect.objectContaining({ refundHeldFen: 6000, refundCount: 1 })]);
  });
});
