import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RefundFixture } from '../../support/fixtures/refund-fixture.js';
import { expectProblem } from '../support/expect-problem.js';

describe('staff: what can still be refunded', () => {
  let fixture: RefundFixture;

  beforeAll(async () => {
    fixture = await RefundFixture.open();
  });
  afterAll(() => fixture.shop.close());

  const sumsOf = async (orderNo: string) => {
    const { body } = await fixture.boss.call('GET', `orders/${orderNo}`);
    const { paidFen, refundedFen, reservedFen, refundableFen } = body;
    return { paidFen, refundedFen, reservedFen, refundableFen };
  };

  it('order: the refundable amount is the paid amount minus refunded and reserved amounts', async () => {
    const order = await fixture.createPaidOrder();
    const paidFen = 10_000;
    expect(await sumsOf(order.orderNo)).toEqual({ paidFen, refundedFen: 0, reservedFen: 0, refundableFen: 10_000 });
    const asked = await fixture.alice.requestRefund(order, { amountFen: 2_550 });
    expect(await sumsOf(order.orderNo)).toEqual({ paidFen, refundedFen: 0, reservedFen: 2_550, refundableFen: 7_450 });
    await fixture.approveRefund(asked);
    await fixture.runJobsAfter({ minutes: 2 });
    expect(await sumsOf(order.orderNo)).toEqual({ paidFen, refundedFen: 2_550, reservedFen: 0, refundableFen: 7_450 });
    await fixture.rejectRefund(await fixture.alice.requestRefund(order, { amountFen: 1_000 }));
    expect(await sumsOf(order.orderNo)).toMatchObject({ reservedFen: 0, refundableFen: 7_450 });
  });

  it('order: the refundable amount is zero before the payment', async () => {
    const { orderNo } = await fixture.alice.createOrder({ productId: fixture.tea });
    expect(await sumsOf(orderNo)).toEqual({ paidFen: 0, refundedFen: 0, reservedFen: 0, refundableFen: 0 });
  });

  it('refund: the error names the maximum in yuan in the text and in fen in a field', async () => {
    const order = await fixture.createPaidOrder();
    await fixture.alice.requestRefund(order, { amountFen: 2_550 });
    const problem = expectProblem(
      await fixture.alice.tryRequestRefund(order, { amountFen: 7_451 }),
      409,
      'REFUND_EXCEEDS_PAYMENT',
    );
    expect(problem.detail).toBe('¥74.51 exceeds the refundable amount of ¥74.50. Enter a lower amount.');
    expect(problem.errors).toEqual([{ field: 'amountFen', message: 'amountFen must not be greater than 7450' }]);
  });
});
