import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { StockMovement } from '../../src/catalog/stock-movement.entity.js';
import { Order, ORDER_STATUSES } from '../../src/order/order.entity.js';
import { OrderEvent } from '../../src/payment/event-log/order-event.entity.js';
import { PaymentAttempt } from '../../src/payment/attempt/payment-attempt.entity.js';
import { Refund, REFUND_STATUSES } from '../../src/refund/refund.entity.js';
import { parseVerifyOptions } from '../../src/verify/verify-options.js';
import type { Finding } from '../../src/verify/invariant.js';
import { allInvariants, verify } from '../../src/verify/verify.js';
import { INVARIANT_BREAKS } from './support/invariant-breaks.js';
import { PopulatedShop } from './support/populated-shop.js';
import { TableSnapshot } from './support/table-snapshot.js';

describe('verify: manipulated data', () => {
  let shop: PopulatedShop;
  let original: TableSnapshot;

  beforeAll(async () => {
    shop = await PopulatedShop.open();
    original = await TableSnapshot.take(shop.fixture.shop);
  });
  afterEach(() => original.restore(shop.fixture.shop));
  afterAll(() => shop.fixture.shop.close());

  async function findings(...options: string[]): Promise<readonly Finding[]> {
    const verifyOptions = { ...parseVerifyOptions(options), now: shop.now };
    return (await verify(verifyOptions, shop.environment)).findings;
  }

  it('the test data has orders, payments and refunds in every state', async () => {
    const { firstInstance: first } = shop.fixture.shop;
    const states = async (entity: typeof Order | typeof PaymentAttempt | typeof Refund): Promise<unknown> =>
      [...new Set((await first.findAll<{ status: string }>(entity)).map(({ status }) => status))].sort();
    expect(await states(Order)).toEqual(ORDER_STATUSES.toSorted());
    expect(await states(PaymentAttempt)).toEqual(['CLOSED', 'PAID', 'PREPAID']);
    expect(await states(Refund)).toEqual(REFUND_STATUSES.toSorted());
    const kinds = (await first.findAll(StockMovement)).map(({ kind }) => kind);
    expect(new Set(kinds)).toEqual(new Set(['RECEIVED', 'ADJUSTED', 'RESERVED', 'RELEASED', 'REOPENED', 'RETURNED']));
    const results = (await first.findAll(OrderEvent)).map(({ result }) => result);
    expect(results).toEqual(
      expect.arrayContaining(['LATE_OR_DUPLICATE', 'AUTOMATIC', 'LATE_PAYMENT', 'MERCHANT_PLATFORM', 'CREATED']),
    );
  });

  it('all invariants hold before, and each one has rows to check', async () => {
    const all = await findings();
    expect(all.filter(({ offending }) => offending > 0)).toEqual([]);
    expect(all.filter(({ checked }) => checked === 0)).toEqual([]);
  });

  it('the tests violate every invariant', () => {
    const names = allInvariants(new Date()).map(({ name }) => name);
    expect([...new Set(INVARIANT_BREAKS.map(({ name }) => name))].sort()).toEqual(names.sort());
  });

  it.each(INVARIANT_BREAKS.map((each) => [each.name, each.what, each] as const))(
    '%s: %s',
    async (name, _what, { apply: does }) => {
      const numbers = await does(shop);
      const broken = (await findings()).filter(({ offending }) => offending > 0);
      expect(broken.map((finding) => [finding.name, finding.examples.toSorted()])).toEqual([
        [name, numbers.toSorted()],
      ]);
    },
  );

  it('the result does not depend on the page size, and violations beyond the limit are counted', async () => {
    await shop.fixture.shop.rawUpdate(
      'UPDATE orders SET attempt_count = attempt_count + 1',
      'UPDATE refunds SET paid_fen = 1',
    );
    const [whole, small, short] = await Promise.all([
      findings('--page-size=1000000'),
      findings('--page-size=3'),
      findings('--page-size=3', '--limit=2'),
    ]);
    expect(small).toEqual(whole);
    const found = (of: readonly Finding[]) => of.find(({ name }) => name === 'attempts-are-counted');
    const orders = found(whole)?.checked ?? 0;
    expect(orders).toBeGreaterThan(6); // several pages of three
    expect(found(short)).toMatchObject({
      checked: orders,
      offending: orders,
      examples: found(whole)?.examples.slice(0, 2),
    });
  });
});
