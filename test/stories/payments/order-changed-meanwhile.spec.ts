import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { EntityManager } from 'typeorm';
import { JoinedSelect } from '../../../src/database/joined-rows.js';
import { Event } from '../../../src/event/event.entity.js';
import { Order } from '../../../src/order/order.entity.js';
import { PaymentAttempt } from '../../../src/payment/attempt/payment-attempt.entity.js';
import { openTestShop, type TestShop } from '../../support/test-shop.js';

type Find = (typeof JoinedSelect)['prototype']['find'];
type Change = (tx: EntityManager, orderNo: string) => Promise<unknown>;

let shop: TestShop;

beforeAll(async () => {
  shop = await openTestShop();
});
afterEach(() => {
  jest.restoreAllMocks();
});
afterAll(() => shop.close());

/** Pays an order that changes between the moment when the notice reads it and the moment when the notice pays it. */
async function payWhileChanging(change: Change): Promise<{ orderNo: string; data: unknown }> {
  const buyer = await shop.createUser('alice');
  const order = await buyer.createOrder({ productId: await shop.createProduct() });
  const payment = await buyer.startPayment(order);
  const find = Object.getOwnPropertyDescriptor(JoinedSelect.prototype, 'find')?.value as Find;
  jest.spyOn(JoinedSelect.prototype, 'find').mockImplementationOnce(async function (
    this: (typeof JoinedSelect)['prototype'],
    tx,
    values,
  ) {
    const rows = await find.call(this, tx, values);
    await change(tx, order.orderNo);
    return rows;
  });
  await buyer.confirmPayment(payment);
  await buyer.syncOrder(order);
  expect(await buyer.getOrder(order)).toMatchObject({ status: 'PAID' });
  const events = (await shop.firstInstance.findAll(Event)).filter(({ subject }) => subject === order.orderNo);
  const paid = events.filter(({ type }) => type === 'order.paid');
  expect(paid).toHaveLength(1);
  return { orderNo: order.orderNo, data: JSON.parse(paid[0]?.data ?? 'null') };
}

describe('an order that changes while a payment is applied', () => {
  it('is paid, and its event shows the change', async () => {
    const { data } = await payWhileChanging((tx, orderNo) =>
      tx.update(Order, { orderNo }, { remark: 'hot', version: 2 }),
    );
    expect(data).toMatchObject({ status: 'PAID', remark: 'hot', version: 3 });
  });

  it('is paid when it gets a further attempt, which is checked at once', async () => {
    const later = new Date(Date.now() + 86_400_000);
    const { orderNo, data } = await payWhileChanging(async (tx, no) => {
      const first = await tx.findOneByOrFail(PaymentAttempt, { orderNo: no });
      const second = Object.assign(first, { attemptNo: 2, outTradeNo: `${no}-2`, nextCheckAt: later });
      Reflect.deleteProperty(second, 'id');
      await tx.insert(PaymentAttempt, second);
      await tx.update(Order, { orderNo: no }, { attemptCount: 2 });
    });
    expect(data).toMatchObject({ status: 'PAID', version: 2 });
    const second = (await shop.getPayments(orderNo)).find(({ attemptNo }) => attemptNo === 2);
    expect(second).toBeDefined();
    expect(second?.nextCheckAt).not.toEqual(later);
  });

  it('has the event of the payment when nothing else changes', async () => {
    const { data } = await payWhileChanging(() => Promise.resolve());
    expect(data).toMatchObject({ object: 'order', status: 'PAID', remark: null, version: 2, items: [{ quantity: 1 }] });
  });
});
