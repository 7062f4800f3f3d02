import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { UnitOfWork } from '../../src/database/unit-of-work.js';
import { OrderEvent } from '../../src/payment/order-event.entity.js';
import { type TestStaff, createStaff, type PageJson } from '../contract/support/test-staff.js';
import type { OrderJson, RefundJson } from '../support/test-buyer.js';
import type { HttpReply } from '../support/http.js';
import { addManyRows, ROW_COUNT } from '../support/add-many-rows.js';
import { ApiKeyClient } from '../support/api-key-client.js';
import { PRICE_FEN, RefundFixture } from '../support/refund-fixture.js';

/** Bytes of an answer about one order, whatever is in it. Every refund below has more than 4,000. */
const MAX_BYTES = 500_000;
const REFUND_FEN = 1_000;

interface EventJson {
  at: string;
  data: { refundNo?: string; transactionId?: string };
}
interface PaymentJson {
  outTradeNo: string;
  status: string;
}
interface ShipmentJson {
  trackingNo: string;
}
type ListName = 'events' | 'payments' | 'refunds' | 'shipments';
type OrderPage = { reservedFen: number; refundableFen: number } & {
  events: EventJson[];
  payments: PaymentJson[];
  refunds: RefundJson[];
  shipments: ShipmentJson[];
} & Record<`${ListName}Count`, number> &
  Record<`${ListName}NextCursor`, string | null>;

interface RefundPage {
  facts: { refundedFen: number; reservedFen: number; remainingFen: number; isFull: boolean };
  parts: RefundJson[];
  partsCount: number;
  partsNextCursor: string | null;
  userRefunds: RefundJson[];
  userRefundsCount: number;
  userRefundsNextCursor: string | null;
  shipmentsCount: number;
}

describe('an order with very many rows:', () => {
  let world: RefundFixture;
  let viewer: TestStaff;
  let order: OrderJson;
  let rest: RefundJson;

  beforeAll(async () => {
    world = await RefundFixture.open();
    viewer = await createStaff(world.shop, 'VIEWER');
    order = await world.createPaidOrder();
    await world.createApprovedRefund(order, REFUND_FEN);
    await world.runJobsAfter({ minutes: 2 });
    await world.shop.firstInstance.app.get(UnitOfWork).run((tx) => addManyRows(tx, order));
    rest = await world.alice.requestRefund(order, { amountFen: PRICE_FEN - REFUND_FEN });
  });
  afterAll(() => world.shop.close());

  const page = async (): Promise<OrderPage> => (await viewer.call<OrderPage>('GET', `orders/${order.orderNo}`)).body;

  /** All rows behind the cursor, page by page. */
  async function follow<Row>(
    cursor: string | null,
    ask: (query: string) => Promise<HttpReply<PageJson<Row>>>,
  ): Promise<Row[]> {
    const rows: Row[] = [];
    for (let next = cursor; next !== null;) {
      const { status, body } = await ask(`limit=70&cursor=${next}`);
      expect(status).toBe(200);
      expect(body.items.length).toBeGreaterThan(0);
      rows.push(...body.items);
      next = body.nextCursor;
    }
    return rows;
  }
  const expectEachOnce = (names: unknown[], count: number): void => {
    expect(names).toHaveLength(count);
    expect(new Set(names).size).toBe(count);
  };

  it('its page stays small and counts all of them', async () => {
    const seen = await page();
    expect(Buffer.byteLength(JSON.stringify(seen))).toBeLessThan(MAX_BYTES);
    expect(seen.refunds).toHaveLength(50);
    for (const list of ['events', 'payments', 'shipments'] as const) expect(seen[list]).toHaveLength(100);
    const events = (await world.shop.firstInstance.findAll(OrderEvent)).length;
    expect(seen).toMatchObject({
      ...{ eventsCount: events, paymentsCount: ROW_COUNT + 1, refundsCount: ROW_COUNT + 2, shipmentsCount: ROW_COUNT },
      ...{ reservedFen: PRICE_FEN - REFUND_FEN, refundableFen: 0 },
    });
    expect(seen.refunds.at(-1)?.refundNo).toBe(rest.refundNo);
    expect(seen.events.map(({ at }) => at)).toEqual(seen.events.map(({ at }) => at).toSorted());
  });

  it('its page and the cursors beside each list reach every row once', async () => {
    const seen = await page();
    const others = <Row>(list: ListName): Promise<Row[]> =>
      follow<Row>(seen[`${list}NextCursor`], (query) => viewer.call('GET', `orders/${order.orderNo}/${list}?${query}`));
    const refunds = [...seen.refunds, ...(await others<RefundJson>('refunds'))];
    expectEachOnce(
      refunds.map(({ refundNo }) => refundNo),
      seen.refundsCount,
    );
    const payments = [...seen.payments, ...(await others<PaymentJson>('payments'))];
    expectEachOnce(
      payments.map(({ outTradeNo }) => outTradeNo),
      seen.paymentsCount,
    );
    const shipments = [...seen.shipments, ...(await others<ShipmentJson>('shipments'))];
    expect(shipments.map(({ trackingNo }) => trackingNo)).toEqual(numbered(ROW_COUNT, 'SF'));
    const events = [...seen.events, ...(await others<EventJson>('events'))];
    expectEachOnce(
      events.map((event) => JSON.stringify(event)),
      seen.eventsCount,
    );
    const named = events.map(({ data }) => data.refundNo ?? data.transactionId);
    for (const name of [...numbered(ROW_COUNT, 'RF'), ...numbered(ROW_COUNT, 'loose')]) expect(named).toContain(name);
  });

  it.each(['events', 'payments', 'refunds'])(
    'the list of its %s gives a total and refuses what is wrong',
    async (list) => {
      const ask = (orderNo: string, query: string): Promise<HttpReply<PageJson<unknown>>> =>
        viewer.call('GET', `orders/${orderNo}/${list}?${query}`);
      const { body } = await ask(order.orderNo, 'limit=3&withTotal=true');
      expect(body).toMatchObject({ items: [{}, {}, {}], nextCursor: expect.any(String) });
      expect(body.total).toBe((await page())[`${list as ListName}Count`]);
      expect((await ask(order.orderNo, '')).body).not.toHaveProperty('total');
      expect(await ask(order.orderNo, 'cursor=!')).toMatchObject({ status: 400, body: { code: 'VALIDATION_FAILED' } });
      expect(await ask('none', '')).toMatchObject({ status: 404, body: { code: 'ORDER_NOT_FOUND' } });
    },
  );

  it('the page of a refund stays small, and its sums count refunds that it does not show', async () => {
    const { body } = await viewer.call<RefundPage>('GET', `refunds/${rest.refundNo}`);
    expect(Buffer.byteLength(JSON.stringify(body))).toBeLessThan(MAX_BYTES);
    expect(body).toMatchObject({
      partsCount: ROW_COUNT + 1,
      userRefundsCount: ROW_COUNT + 1,
      shipmentsCount: ROW_COUNT,
    });
    expect(body.facts).toMatchObject({ refundedFen: REFUND_FEN, reservedFen: 0, remainingFen: 0, isFull: true });
    expect([body.parts.length, body.userRefunds.length]).toEqual([50, 50]);
    const others = (filter: string, cursor: string | null): Promise<RefundJson[]> =>
      follow<RefundJson>(cursor, (query) => viewer.call('GET', `refunds?${filter}&${query}`));
    const ofOrder = await others(`orderNo=${order.orderNo}`, body.partsNextCursor);
    const ofUser = await others(`userId=${world.alice.id}`, body.userRefundsNextCursor);
    for (const rows of [
      [...body.parts, ...ofOrder],
      [...body.userRefunds, ...ofUser],
    ]) {
      expectEachOnce(
        rows.map(({ refundNo }) => refundNo),
        ROW_COUNT + 1,
      );
    }
  });

  it('the filters orderNo and userId of the list of refunds find no others', async () => {
    const total = async (filter: string): Promise<number | undefined> =>
      (await viewer.call<PageJson<RefundJson>>('GET', `refunds?${filter}&withTotal=true`)).body.total;
    expect(await total(`orderNo=${order.orderNo}`)).toBe(ROW_COUNT + 2);
    expect(await total(`orderNo=${order.orderNo}&userId=another`)).toBe(0);
    expect(await total('orderNo=none')).toBe(0);
  });

  it('its lists reach programs and the buyer page by page too', async () => {
    const program = await ApiKeyClient.create(world.shop, world.boss, { scopes: ['orders:read'] });
    const { body } = await program.call<OrderPage>('GET', `orders/${order.orderNo}`);
    expect(Buffer.byteLength(JSON.stringify(body))).toBeLessThan(MAX_BYTES);
    expect(body).toMatchObject({ refundsCount: ROW_COUNT + 2, shipmentsCount: ROW_COUNT });
    const refunds = await follow<RefundJson>(body.refundsNextCursor, (query) =>
      program.call('GET', `orders/${order.orderNo}/refunds?${query}`),
    );
    expectEachOnce(
      [...body.refunds, ...refunds].map(({ refundNo }) => refundNo),
      ROW_COUNT + 2,
    );
    const parcels = `orders/${order.orderNo}/shipments`;
    const shipments = await follow<ShipmentJson>(body.shipmentsNextCursor, (query) =>
      program.call('GET', `${parcels}?${query}`),
    );
    expectEachOnce(
      [...body.shipments, ...shipments].map(({ trackingNo }) => trackingNo),
      ROW_COUNT,
    );
    const first = await world.alice.call<PageJson<ShipmentJson>>('GET', parcels);
    const others = await follow<ShipmentJson>(first.body.nextCursor, (query) =>
      world.alice.call('GET', `${parcels}?${query}`),
    );
    expect(first.body.items).toHaveLength(100);
    expect([...first.body.items, ...others].map(({ trackingNo }) => trackingNo)).toEqual(numbered(ROW_COUNT, 'SF'));
  });

  it('its page says what can be refunded of a payment that it does not show', async () => {
    await world.rejectRefund(rest);
    const { payments, refundableFen, reservedFen } = await page();
    expect(payments.filter(({ status }) => status === 'PAID')).toEqual([]);
    expect({ refundableFen, reservedFen }).toEqual({ refundableFen: PRICE_FEN - REFUND_FEN, reservedFen: 0 });
  });
});

function numbered(count: number, name: string): string[] {
  return Array.from({ length: count }, (_, n) => `${name}${n}`);
}
