import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  type CouponJson,
  grantCoupon,
  createOrderWithCoupon,
  getCouponStatuses,
} from '../../support/fixtures/coupons.js';
import type { OrderJson, ProblemJson } from '../../support/clients/test-buyer.js';
import { sendRequest, type HttpResponse } from '../../../tools/client/http.js';
import { ApiKeyClient } from '../../support/clients/api-key-client.js';
import { type AdminRefundJson, RefundFixture } from '../../support/fixtures/refund-fixture.js';

interface RefundWithReturnsJson extends AdminRefundJson {
  returnStock: boolean | null;
  returnItems: { productId: string; quantity: number }[];
  returnCoupon: boolean | null;
}

const SHIPMENT = { kind: 'EXPRESS', carrier: 'ZTO' };
const ITEMS_FEN = 1000;

describe('refund: returned items', () => {
  let fixture: RefundFixture;
  let erp: ApiKeyClient;
  let productA: string;
  let productB: string;
  let order: OrderJson;

  beforeAll(async () => {
    fixture = await RefundFixture.open();
    erp = await ApiKeyClient.create(fixture.shop, fixture.boss, { maxRefundFenPerDay: 100_000_000 });
  });
  afterAll(() => fixture.shop.close());
  beforeEach(async () => {
    await fixture.shop.wechat.clearFaults();
    [productA, productB] = [await createProduct(), await createProduct()];
    order = await createPaidOrder({ productId: productA }, { productId: productB, quantity: 2 });
  });

  const createProduct = () => fixture.shop.createProduct({ priceFen: ITEMS_FEN, stock: 2 });
  const stocks = async (): Promise<number[]> => [
    await fixture.shop.getStock(productA),
    await fixture.shop.getStock(productB),
  ];

  async function createPaidOrder(...lines: { productId: string; quantity?: number }[]): Promise<OrderJson> {
    const placed = await fixture.alice.createOrder(...lines);
    await fixture.alice.pay(placed);
    return (await fixture.alice.syncOrder(placed)).body;
  }

  const createMerchantRefund = <T = RefundWithReturnsJson>(
    amountFen: number,
    choice: object = {},
    of = order,
  ): Promise<HttpResponse<T>> =>
    sendRequest<T>(`${fixture.shop.url}/admin/api/orders/${of.orderNo}/refunds`, {
      method: 'POST',
      headers: { authorization: `Bearer ${fixture.boss.login.token}`, 'idempotency-key': randomUUID() },
      body: { amountFen, reason: '补偿', ...choice },
    });

  async function approveRefund<T = RefundWithReturnsJson>(
    amountFen: number,
    choice: object = {},
  ): Promise<HttpResponse<T>> {
    const refund = await fixture.alice.requestRefund(order, { amountFen });
    return fixture.approveRefund<T>(refund, choice);
  }

  const createShipment = (): Promise<HttpResponse> =>
    fixture.boss.call('POST', `orders/${order.orderNo}/shipments`, { ...SHIPMENT, trackingNo: `ZT${order.orderNo}` });

  const runJobs = async (): Promise<void> => {
    for (let round = 0; round < 4; round++) await fixture.runJobsAfter({ minutes: 40 });
  };

  const returning = (productId: string, quantity = 1) => ({ returnItems: [{ productId, quantity }] });

  const ways: [string, (amountFen: number, choice: object) => Promise<HttpResponse<ProblemJson>>][] = [
    ['approve', (amountFen, choice) => approveRefund(amountFen, choice)],
    ['merchant-initiated refund', (amountFen, choice) => createMerchantRefund(amountFen, choice)],
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

  it.each(ways)('%s: rejects returnStock for a partial refund and returns nothing', async (_way, createRefund) => {
    const { status, body } = await createRefund(1, { returnStock: true });
    expect([status, body.code]).toEqual([409, 'RETURN_NEEDS_ITEMS']);
    await runJobs();
    expect(await stocks()).toEqual([1, 0]);
    expect((await fixture.alice.getOrder(order)).refundedFen).toBe(0);
  });

  it.each(ways)('%s: returns the named items and no others', async (_way, createRefund) => {
    expect((await createRefund(1, returning(productB))).status).toBeLessThan(300);
    expect(await stocks()).toEqual([1, 0]);
    await runJobs();
    expect(await stocks()).toEqual([1, 1]);
    expect((await fixture.alice.getOrder(order)).refundedFen).toBe(1);
  });

  it.each(ways)('%s: rejects more items than were sold and not yet returned', async (_way, createRefund) => {
    expect((await createRefund(1, returning(productB))).status).toBeLessThan(300);
    const { status, body } = await createRefund(1, returning(productB, 2));
    expect([status, body.code]).toEqual([409, 'RETURN_EXCEEDS_ORDER']);
    expect(body.detail).toContain('1 of order');
    expect((await createRefund(1, returning(fixture.tea))).body.code).toBe('RETURN_EXCEEDS_ORDER');
    const twice = { returnItems: [returning(productB).returnItems[0], returning(productB).returnItems[0]] };
    expect((await createRefund(1, twice)).body.code).toBe('RETURN_EXCEEDS_ORDER');
    await runJobs();
    expect(await stocks()).toEqual([1, 1]);
  });

  it('ten concurrent refunds that name an item return it once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => createMerchantRefund<ProblemJson>(1, returning(productA))),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    for (const { status, body } of answers) if (status !== 201) expect(body.code).toBe('RETURN_EXCEEDS_ORDER');
    await runJobs();
    expect(await stocks()).toEqual([2, 0]);
  });

  it('items of a failed refund can be named by another refund', async () => {
    await fixture.shop.wechat.setBehaviours({ refundEnds: 'REFUNDCLOSE' });
    await createMerchantRefund(1, returning(productA));
    expect((await createMerchantRefund<ProblemJson>(1, returning(productA))).body.code).toBe('RETURN_EXCEEDS_ORDER');
    await runJobs();
    expect(await stocks()).toEqual([1, 0]);
    await fixture.shop.wechat.setBehaviours({ refundEnds: 'SUCCESS' });
    expect((await createMerchantRefund(1, returning(productA))).status).toBe(201);
    await runJobs();
    expect(await stocks()).toEqual([2, 0]);
  });

  it('a full refund of an unshipped order returns all items', async () => {
    const { body } = await approveRefund(order.paidFen);
    expect(body).toMatchObject({ returnStock: null, returnItems: [] });
    await runJobs();
    expect(await stocks()).toEqual([2, 2]);
    const after = (await fixture.getAdminRefund(body)) as RefundWithReturnsJson;
    expect(after.returnItems.map(({ quantity }) => quantity)).toEqual([1, 2]);
  });

  it('partial refunds that add up to the whole return the remaining items, in whichever order they end', async () => {
    await createMerchantRefund(ITEMS_FEN, returning(productB));
    await createMerchantRefund(ITEMS_FEN, { returnStock: false });
    await createMerchantRefund(ITEMS_FEN);
    await runJobs();
    expect(await fixture.alice.getOrder(order)).toMatchObject({ refundStatus: 'FULL' });
    expect(await stocks()).toEqual([2, 2]);
  });

  it('the last of several refunds that add up to the whole returns the items that it names', async () => {
    await createMerchantRefund(ITEMS_FEN);
    await createMerchantRefund(2 * ITEMS_FEN, returning(productB));
    await runJobs();
    expect(await fixture.alice.getOrder(order)).toMatchObject({ refundStatus: 'FULL' });
    expect(await stocks()).toEqual([1, 1]);
  });

  it('a full refund of a shipped order returns only items that staff name', async () => {
    expect((await createShipment()).status).toBe(201);
    expect((await createMerchantRefund<ProblemJson>(order.paidFen, { returnStock: true })).body.code).toBe(
      'RETURN_NEEDS_ITEMS',
    );
    await createMerchantRefund(order.paidFen - 1);
    await createMerchantRefund(1, returning(productB));
    await runJobs();
    expect(await fixture.alice.getOrder(order)).toMatchObject({ refundStatus: 'FULL' });
    expect(await stocks()).toEqual([1, 1]);
  });

  it('refunds/batch returns all items of an unshipped order and none of a shipped order', async () => {
    const other = await createPaidOrder({ productId: await createProduct() });
    await createShipment();
    const refundNos = [
      (await fixture.alice.requestRefund(order)).refundNo,
      (await fixture.alice.requestRefund(other)).refundNo,
    ];
    await fixture.boss.call('POST', 'refunds/batch', { action: 'approve', refundNos });
    await runJobs();
    expect(await stocks()).toEqual([1, 0]);
    const [line] = (other as OrderJson & { items: { productId: string }[] }).items;
    expect(await fixture.shop.getStock(line?.productId ?? '')).toBe(2);
  });

  it('the refund page shows the shipments and the coupon of the order', async () => {
    const before = await fixture.getAdminRefund(await fixture.alice.requestRefund(order));
    expect(before).toMatchObject({ shippedAt: null, shipments: [], coupon: null, facts: { isFull: true } });
    await fixture.rejectRefund(before);
    const coupon = await grantCoupon(fixture.boss, fixture.alice, { discountFen: 500 });
    order = await createOrderWithCoupon(fixture.alice, coupon, { productId: await createProduct() });
    await fixture.alice.pay(order);
    order = (await fixture.alice.syncOrder(order)).body;
    await createShipment();
    const after = await fixture.getAdminRefund(await fixture.alice.requestRefund(order, { amountFen: 1 }));
    expect(after).toMatchObject({
      shippedAt: expect.any(String),
      shipments: [{ carrier: 'ZTO', isLast: true }],
      facts: { isFull: false },
      coupon: { id: coupon.id, discountFen: 500, isUsedByOrder: true },
      order: { items: [{ quantity: 1, returnedQuantity: 0 }] },
    });
  });

  it('returnStock: true returns all remaining items of an unshipped order once', async () => {
    await createMerchantRefund(1, returning(productB));
    const { status, body } = await createMerchantRefund(order.paidFen - 1, { returnStock: true });
    expect(status).toBe(201);
    expect(body).toMatchObject({ returnStock: true, returnItems: [{ quantity: 1 }, { quantity: 1 }] });
    await runJobs();
    expect(await stocks()).toEqual([2, 2]);
  });

  it('items are rejected for an order that is not PAID, and together with returnStock', async () => {
    const unpaid = await fixture.alice.createOrder({ productId: fixture.tea });
    await fixture.shop.rawUpdate(
      `UPDATE orders SET status = 'CLOSED' WHERE order_no = '${order.orderNo}'`, // as if it were paid after the close
    );
    expect((await createMerchantRefund<ProblemJson>(1, returning(productA))).body.code).toBe('RETURN_NOT_POSSIBLE');
    await fixture.shop.rawUpdate(`UPDATE orders SET status = 'PAID' WHERE order_no = '${order.orderNo}'`);
    const both = await createMerchantRefund<ProblemJson>(1, { ...returning(productA), returnStock: true });
    expect([both.status, both.body.errors?.map(({ field }) => field)]).toEqual([400, ['returnItems']]);
    expect((await createMerchantRefund<ProblemJson>(1, returning(productA), unpaid)).body.code).toBe(
      'ORDER_NOT_REFUNDABLE',
    );
  });

  it('the Idempotency-Key covers the named items', async () => {
    const headers = { authorization: `Bearer ${fixture.boss.login.token}`, 'idempotency-key': randomUUID() };
    const send = (choice: object): Promise<HttpResponse<ProblemJson>> =>
      sendRequest(`${fixture.shop.url}/admin/api/orders/${order.orderNo}/refunds`, {
        method: 'POST',
        headers,
        body: { amountFen: 1, reason: '补偿', ...choice },
      });
    expect((await send(returning(productA))).status).toBe(201);
    expect((await send(returning(productA))).status).toBe(201);
    expect((await send(returning(productB))).body.code).toBe('IDEMPOTENCY_KEY_REUSED');
    await runJobs();
    expect(await stocks()).toEqual([2, 0]);
  });

  describe('refund: returned items and the coupon', () => {
    let coupon: CouponJson;

    beforeEach(async () => {
      coupon = await grantCoupon(fixture.boss, fixture.alice, { discountFen: ITEMS_FEN });
      productA = await createProduct();
      order = await createOrderWithCoupon(fixture.alice, coupon, { productId: productA });
      await fixture.alice.pay(order);
      order = (await fixture.alice.syncOrder(order)).body;
    });

    const status = async (): Promise<string | undefined> => (await getCouponStatuses(fixture.alice))[coupon.id];

    it('a full refund of a shipped order with a payable amount of 1 fen returns neither item nor coupon', async () => {
      expect(order.paidFen).toBe(1);
      await createShipment();
      await approveRefund(1);
      await runJobs();
      expect(await fixture.alice.getOrder(order)).toMatchObject({ refundStatus: 'FULL' });
      expect(await status()).toBe('USED');
      expect(await fixture.shop.getStock(productA)).toBe(1);
    });

    it('returnCoupon: true returns the coupon of a shipped order', async () => {
      await createShipment();
      await approveRefund(1, { ...returning(productA), returnCoupon: true });
      await runJobs();
      expect(await status()).toBe('AVAILABLE');
      expect(await fixture.shop.getStock(productA)).toBe(2);
    });

    it('returnCoupon: false keeps the coupon of an unshipped order', async () => {
      await approveRefund(1, { returnCoupon: false });
      await runJobs();
      expect(await status()).toBe('USED');
      expect(await fixture.shop.getStock(productA)).toBe(2);
    });

    it('returnCoupon is rejected for a partial refund and for an order without a coupon', async () => {
      const plain = await createPaidOrder({ productId: await createProduct() });
      expect((await createMerchantRefund<ProblemJson>(1, { returnCoupon: true }, plain)).body.code).toBe(
        'COUPON_NOT_RETURNABLE',
      );
      const other = await grantCoupon(fixture.boss, fixture.alice, { discountFen: 10 });
      const orderWithCoupon = await createOrderWithCoupon(fixture.alice, other, { productId: await createProduct() });
      await fixture.alice.pay(orderWithCoupon);
      await fixture.alice.syncOrder(orderWithCoupon);
      expect((await createMerchantRefund<ProblemJson>(1, { returnCoupon: true }, orderWithCoupon)).body.code).toBe(
        'COUPON_NOT_RETURNABLE',
      );
    });
  });
});
