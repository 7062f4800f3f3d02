import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Event } from '../../../src/event/event.entity.js';
import { UnitOfWork } from '../../../src/database/unit-of-work.js';
import { noteOrderChange } from '../../../src/outbox/changes/note-change.js';
import { openTestShop, type TestShop } from '../../support/test-shop.js';
import { createStaff, type TestStaff } from '../support/test-staff.js';

interface EventData {
  object: string;
  version: number;
  status: string;
  refundNo?: string;
}

let shop: TestShop;
let operator: TestStaff;

beforeAll(async () => {
  shop = await openTestShop();
  operator = await createStaff(shop, 'OPERATOR');
});
afterAll(() => shop.close());

/** The events about an order, in the order in which they were written. */
async function eventsOf(orderNo: string): Promise<{ type: string; data: EventData }[]> {
  const rows = await shop.firstInstance.findAll(Event);
  return rows
    .filter(({ subject }) => subject === orderNo)
    .toSorted((a, b) => a.id - b.id)
    .map(({ type, data }) => ({ type, data: JSON.parse(data) as EventData }));
}

describe('events about changes of orders and refunds', () => {
  it('a sale and its refund write one event per change, with the state and a growing version', async () => {
    const alice = await shop.createUser('alice');
    const order = await alice.createOrder({ productId: await shop.createProduct() });
    await alice.pay(order);
    await alice.syncOrder(order);
    const refund = await alice.requestRefund(order, { amountFen: 1 });
    await operator.call('POST', `refunds/${refund.refundNo}/reject`, { reason: 'No' });
    const events = await eventsOf(order.orderNo);
    expect(events.map(({ type, data }) => [type, data.object, data.version, data.status])).toEqual([
      ['order.created', 'order', 1, 'PENDING'],
      ['order.paid', 'order', 2, 'PAID'],
      ['order.updated', 'order', 3, 'PAID'],
      ['refund.requested', 'refund', 1, 'REQUESTED'],
      ['order.updated', 'order', 4, 'PAID'],
      ['refund.rejected', 'refund', 2, 'REJECTED'],
    ]);
  });

  it('a cancelled order writes order.closed, and a cancelled refund refund.cancelled', async () => {
    const bob = await shop.createUser('bob');
    const unpaid = await bob.createOrder({ productId: await shop.createProduct() });
    await bob.cancelOrder(unpaid);
    expect((await eventsOf(unpaid.orderNo)).map(({ type }) => type)).toEqual(['order.created', 'order.closed']);
    const paid = await bob.createOrder({ productId: await shop.createProduct() });
    await bob.pay(paid);
    await bob.syncOrder(paid);
    const refund = await bob.requestRefund(paid, { amountFen: 1 });
    await bob.call('POST', `refunds/${refund.refundNo}/cancel`);
    expect((await eventsOf(paid.orderNo)).at(-1)).toMatchObject({
      type: 'refund.cancelled',
      data: { refundNo: refund.refundNo, version: 2 },
    });
  });

  it('a change that is rolled back leaves neither a version nor an event', async () => {
    const carol = await shop.createUser('carol');
    const order = await carol.createOrder({ productId: await shop.createProduct() });
    const undone = shop.firstInstance.app.get(UnitOfWork).run((tx) => {
      noteOrderChange(tx, order.orderNo, 'order.updated');
      return Promise.reject(new Error('The change fails.'));
    });
    await expect(undone).rejects.toThrow('The change fails.');
    expect((await eventsOf(order.orderNo)).map(({ type }) => type)).toEqual(['order.created']);
  });
});
