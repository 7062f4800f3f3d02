import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type CouponJson, grantCoupon, createOrderWithCoupon, getCouponStatuses } from '../support/coupons.js';
import type { OrderJson, ProblemJson } from '../support/test-buyer.js';
import { call, type HttpReply } from '../support/http.js';
import { ApiKeyClient } from '../support/api-key-client.js';
import { type AdminRefundJson, RefundFixture } from '../support/refund-fixture.js';

interface RefundWithReturnsJson extends AdminRefundJson {
  returnStock: boolean | null;
  returnItems: { productId: string; quantity: number }[];
  returnCoupon: boolean | null;
}

const SHIPMENT = { kind: 'EXPRESS', carrier: 'ZTO' };
const ITEMS_FEN = 1000;

describe('refund: returned pieces', () => {
  let world: RefundFixture;
  let erp: ApiKeyClient;
  let a: string;
  let b: string;
  let order: OrderJson;

  beforeAll(async () => {
    world = await RefundFixture.open();
    erp = await ApiKeyClient.create(world.shop, world.boss, { maxRefundFenPerDay: 100_000_000 });
  });
  afterAll(() => world.shop.close());
  beforeEach(async () => {
    await world.shop.wechat.clearFaults();
    [a, b] = [await sellable(), await sellable()];
    order = await sold({ productId: a }, { productId: b, quantity: 2 });
  });

  const sellable = () => world.shop.createProduct({ priceFen: ITEMS_FEN, stock: 2 });
  const stocks = async (): Promise<number[]> => [await world.shop.getStock(a), await world.shop.getStock(b)];

  async function sold(...lines: { productId: string; quantity?: number }[]): Promise<OrderJson> {
    const placed = await world.alice.createOrder(...lines);
    await world.alice.pay(placed);
    return (await world.alice.syncOrder(placed)).body;
  }

  const gives = <T = RefundWithReturnsJson>(
    amountFen: number,
    choice: object = {},
    of = order,
  ): Promise<HttpReply<T>> =>
    call<T>(`${world.shop.url}/admin/api/orders/${of.orderNo}/refunds`, {
      method: 'POST',
      headers: { authorization: `Bearer ${world.boss.login.token}`, 'idempotency-key': randomUUID() },
      body: { amountFen, reason: '补偿', ...choice },
    });

  async function approves<T = RefundWithReturnsJson>(amountFen: number, choice: object = {}): Promise<HttpReply<T>> {
    const refund = await world.alice.requestRefund(order, { amountFen });
    return world.approveRefund<T>(refund, choice);
  }

  const ships = (): Promise<HttpReply> =>
    world.boss.call('POST', `orders/${order.orderNo}/shipments`, { ...SHIPMENT, trackingNo: `ZT${order.orderNo}` });

  const passes = async (): Promise<void> => {
    for (let round = 0; round < 4; round++) await world.runJobsAfter({ minutes: 40 });
  };

  const named = (productId: string, quantity = 1) => ({ returnItems: [{ productId, quantity }] });

  const ways: [string, (amountFen: number, choice: object) => Promise<HttpReply<ProblemJson>>][] = [
    ['approve', (amountFen, choice) => approves(amountFen, choice)],
    ['merchant-initiated refund', (amountFen, choice) => gives(amountFen, choice)],
    [
      'server API',
      (amountFen, choice) =>
        erp.call(
          'POST',
          `orders/${order.orderNo}/refunds`,
          { amountFen, reason: '补偿', ...choice },
          {
            idempotencyKey: randomUUID(),
          },
        ),
    ],
  ];

  it.each(ways)('%s: refuses returnStock for a part of the money, and returns nothing', async (_way, refunds) => {
    const { status, body } = await refunds(1, { returnStock: true });
    expect([status, body.code]).toEqual([409, 'RETURN_NEEDS_ITEMS']);
    await passes();
    expect(await stocks()).toEqual([1, 0]);
    expect((await world.alice.getOrder(order)).refundedFen).toBe(0);
  });

  it.each(ways)('%s: returns the named pieces and no others', async (_way, refunds) => {
    expect((await refunds(1, named(b))).status).toBeLessThan(300);
    expect(await stocks()).toEqual([1, 0]);
    await passes();
    expect(await stocks()).toEqual([1, 1]);
    expect((await world.alice.getOrder(order)).refundedFen).toBe(1);
  });

  it.each(ways)('%s: refuses more pieces than were sold and have not returned', async (_way, refunds) => {
    expect((await refunds(1, named(b))).status).toBeLessThan(300);
    const { status, body } = await refunds(1, named(b, 2));
    expect([status, body.code]).toEqual([409, 'RETURN_EXCEEDS_ORDER']);
    expect(body.detail).toContain('1 of order');
    expect((await refunds(1, named(world.tea))).body.code).toBe('RETURN_EXCEEDS_ORDER');
    const twice = { returnItems: [named(b).returnItems[0], named(b).returnItems[0]] };
    expect((await refunds(1, twice)).body.code).toBe('RETURN_EXCEEDS_ORDER');
    await passes();
    expect(await stocks()).toEqual([1, 1]);
  });

  it('returns a piece once when ten refunds name it at the same moment', async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => gives<ProblemJson>(1, named(a))));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    for (const { status, body } of answers) if (status !== 201) expect(body.code).toBe('RETURN_EXCEEDS_ORDER');
    await passes();
    expect(await stocks()).toEqual([2, 0]);
  });

  it('are free for another refund when the refund that named them fails', async () => {
    await world.shop.wechat.setBehaviours({ refundEnds: 'REFUNDCLOSE' });
    await gives(1, named(a));
    expect((await gives<ProblemJson>(1, named(a))).body.code).toBe('RETURN_EXCEEDS_ORDER');
    await passes();
    expect(await stocks()).toEqual([1, 0]);
    await world.shop.wechat.setBehaviours({ refundEnds: 'SUCCESS' });
    expect((await gives(1, named(a))).status).toBe(201);
    await passes();
    expect(await stocks()).toEqual([2, 0]);
  });

  it('are all of the order when it is refunded in full and nothing was shipped', async () => {
    const { body } = await approves(order.paidFen);
    expect(body).toMatchObject({ returnStock: null, returnItems: [] });
    await passes();
    expect(await stocks()).toEqual([2, 2]);
    const after = (await world.getAdminRefund(body)) as RefundWithReturnsJson;
    expect(after.returnItems.map(({ quantity }) => quantity)).toEqual([1, 2]);
  });

  it('are the rest of the order when parts add up to the whole, in whichever order they end', async () => {
    await gives(ITEMS_FEN, named(b));
    await gives(ITEMS_FEN, { returnStock: false });
    await gives(ITEMS_FEN);
    await passes();
    expect(await world.alice.getOrder(order)).toMatchObject({ refundStatus: 'FULL' });
    expect(await stocks()).toEqual([2, 2]);
  });

  it('are those of the refund that was decided last, when all of the money is back and it names them', async () => {
    await gives(ITEMS_FEN);
    await gives(2 * ITEMS_FEN, named(b));
    await passes();
    expect(await world.alice.getOrder(order)).toMatchObject({ refundStatus: 'FULL' });
    expect(await stocks()).toEqual([1, 1]);
  });

  it('are none when a shipped order is refunded in full, unless staff name them', async () => {
    expect((await ships()).status).toBe(201);
    expect((await gives<ProblemJson>(order.paidFen, { returnStock: true })).body.code).toBe('RETURN_NEEDS_ITEMS');
    await gives(order.paidFen - 1);
    await gives(1, named(b));
    await passes();
    expect(await world.alice.getOrder(order)).toMatchObject({ refundStatus: 'FULL' });
    expect(await stocks()).toEqual([1, 1]);
  });

  it('are none of a shipped order in a batch, and all of an unshipped one', async () => {
    const other = await sold({ productId: await sellable() });
    await ships();
    const refundNos = [
      (await world.alice.requestRefund(order)).refundNo,
      (await world.alice.requestRefund(other)).refundNo,
    ];
    await world.boss.call('POST', 'refunds/batch', { action: 'approve', refundNos });
    await passes();
    expect(await stocks()).toEqual([1, 0]);
    const [line] = (other as OrderJson & { items: { productId: string }[] }).items;
    expect(await world.shop.getStock(line?.productId ?? '')).toBe(2);
  });

  it('are decided with the parcels and the coupon of the order in view', async () => {
    const before = await world.getAdminRefund(await world.alice.requestRefund(order));
    expect(before).toMatchObject({ shippedAt: null, shipments: [], coupon: null, facts: { isFull: true } });
    await world.rejectRefund(before);
    const coupon = await grantCoupon(world.boss, world.alice, { discountFen: 500 });
    order = await createOrderWithCoupon(world.alice, coupon, { productId: await sellable() });
    await world.alice.pay(order);
    order = (await world.alice.syncOrder(order)).body;
    await ships();
    const after = await world.getAdminRefund(await world.alice.requestRefund(order, { amountFen: 1 }));
    expect(after).toMatchObject({
      ...{ shippedAt: expect.any(String), shipments: [{ carrier: 'ZTO', isLast: true }], facts: { isFull: false } },
      coupon: { id: coupon.id, discountFen: 500, isHeld: true },
      order: { items: [{ quantity: 1, returnedQuantity: 0 }] },
    });
  });

  it('with returnStock are everything that is left of an unshipped order, at once and once', async () => {
    await gives(1, named(b));
    const { status, body } = await gives(order.paidFen - 1, { returnStock: true });
    expect(status).toBe(201);
    expect(body).toMatchObject({ returnStock: true, returnItems: [{ quantity: 1 }, { quantity: 1 }] });
    await passes();
    expect(await stocks()).toEqual([2, 2]);
  });

  it('are refused for money that no goods belong to, and together with returnStock', async () => {
    const unpaid = await world.alice.createOrder({ productId: world.tea });
    await world.shop.rawUpdate(
      `UPDATE orders SET status = 'CLOSED' WHERE order_no = '${order.orderNo}'`, // as if it were paid after the close
    );
    expect((await gives<ProblemJson>(1, named(a))).body.code).toBe('RETURN_NOT_POSSIBLE');
    await world.shop.rawUpdate(`UPDATE orders SET status = 'PAID' WHERE order_no = '${order.orderNo}'`);
    const both = await gives<ProblemJson>(1, { ...named(a), returnStock: true });
    expect([both.status, both.body.errors?.map(({ field }) => field)]).toEqual([400, ['returnItems']]);
    expect((await gives<ProblemJson>(1, named(a), unpaid)).body.code).toBe('ORDER_NOT_REFUNDABLE');
  });

  it('are part of what an Idempotency-Key stands for', async () => {
    const headers = { authorization: `Bearer ${world.boss.login.token}`, 'idempotency-key': randomUUID() };
    const give = (choice: object): Promise<HttpReply<ProblemJson>> =>
      call(`${world.shop.url}/admin/api/orders/${order.orderNo}/refunds`, {
        ...{ method: 'POST', headers, body: { amountFen: 1, reason: '补偿', ...choice } },
      });
    expect((await give(named(a))).status).toBe(201);
    expect((await give(named(a))).status).toBe(201);
    expect((await give(named(b))).body.code).toBe('IDEMPOTENCY_KEY_REUSED');
    await passes();
    expect(await stocks()).toEqual([2, 0]);
  });

  describe('and the coupon', () => {
    let coupon: CouponJson;

    beforeEach(async () => {
      coupon = await grantCoupon(world.boss, world.alice, { discountFen: ITEMS_FEN });
      a = await sellable();
      order = await createOrderWithCoupon(world.alice, coupon, { productId: a });
      await world.alice.pay(order);
      order = (await world.alice.syncOrder(order)).body;
    });

    const status = async (): Promise<string | undefined> => (await getCouponStatuses(world.alice))[coupon.id];

    it('stay with the buyer of a shipped order that had one fen to pay and gets it back', async () => {
      expect(order.paidFen).toBe(1);
      await ships();
      await approves(1);
      await passes();
      expect(await world.alice.getOrder(order)).toMatchObject({ refundStatus: 'FULL' });
      expect(await status()).toBe('USED');
      expect(await world.shop.getStock(a)).toBe(1);
    });

    it('return with a shipped order when staff say so', async () => {
      await ships();
      await approves(1, { ...named(a), returnCoupon: true });
      await passes();
      expect(await status()).toBe('AVAILABLE');
      expect(await world.shop.getStock(a)).toBe(2);
    });

    it('return with an unshipped order, but for what staff keep', async () => {
      await approves(1, { returnCoupon: false });
      await passes();
      expect(await status()).toBe('USED');
      expect(await world.shop.getStock(a)).toBe(2);
    });

    it('cannot return with a part of the money, or where there is none', async () => {
      const plain = await sold({ productId: await sellable() });
      expect((await gives<ProblemJson>(1, { returnCoupon: true }, plain)).body.code).toBe('COUPON_NOT_RETURNABLE');
      const other = await grantCoupon(world.boss, world.alice, { discountFen: 10 });
      const dear = await createOrderWithCoupon(world.alice, other, { productId: await sellable() });
      await world.alice.pay(dear);
      await world.alice.syncOrder(dear);
      expect((await gives<ProblemJson>(1, { returnCoupon: true }, dear)).body.code).toBe('COUPON_NOT_RETURNABLE');
    });
  });
});
