import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RefundFixture } from '../support/refund-fixture.js';
import { expectProblem } from './support/expect-problem.js';

describe('staff: what can still be refunded', () => {
  let desk: RefundFixture;

  beforeAll(async () => {
    desk = await RefundFixture.open();
  });
  afterAll(() => desk.shop.close());

  const sumsOf = async (orderNo: string) => {
    const { body } = await desk.boss.call('GET', `orders/${orderNo}`);
    const { paidFen, refundedFen, reservedFen, refundableFen } = body;
    return { paidFen, refundedFen, reservedFen, refundableFen };
  };

  it('order: is what was paid, less what was refunded and less what is reserved', async () => {
    const order = await desk.createPaidOrder();
    const paidFen = 10_000;
    expect(await sumsOf(order.orderNo)).toEqual({ paidFen, refundedFen: 0, reservedFen: 0, refundableFen: 10_000 });
    const asked = await desk.alice.requestRefund(order, { amountFen: 2_550 });
    expect(await sumsOf(order.orderNo)).toEqual({ paidFen, refundedFen: 0, reservedFen: 2_550, refundableFen: 7_450 });
    await desk.approveRefund(asked);
    await desk.runJobsAfter({ minutes: 2 });
    expect(await sumsOf(order.orderNo)).toEqual({ paidFen, refundedFen: 2_550, reservedFen: 0, refundableFen: 7_450 });
    await desk.rejectRefund(await desk.alice.requestRefund(order, { amountFen: 1_000 }));
    expect(await sumsOf(order.orderNo)).toMatchObject({ reservedFen: 0, refundableFen: 7_450 });
  });

  it('order: is nothing before the payment', async () => {
    const { orderNo } = await desk.alice.createOrder({ productId: desk.tea });
    expect(await sumsOf(orderNo)).toEqual({ paidFen: 0, refundedFen: 0, reservedFen: 0, refundableFen: 0 });
  });

  it('refund: a refused amount is in yuan for people and in fen for programs', async () => {
    const order = await desk.createPaidOrder();
    await desk.alice.requestRefund(order, { amountFen: 2_550 });
    const problem = expectProblem(
      await desk.alice.tryRequestRefund(order, { amountFen: 7_451 }),
      409,
      'REFUND_EXCEEDS_PAYMENT',
    );
    expect(problem.detail).toBe('¥74.51 exceeds the refundable amount of ¥74.50. Enter a lower amount.');
    expect(problem.errors).toEqual([{ field: 'amountFen', message: 'amountFen must not be greater than 7450' }]);
  });
});
