import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { UnitOfWork } from '../../src/database/unit-of-work.js';
import { PaymentEvent } from '../../src/payment/payment-event.entity.js';
import { type Clerk, clerk, type PageJson } from '../contract/support/clerk.js';
import type { OrderJson, RefundJson } from '../support/customer.js';
import type { Reply } from '../support/http.js';
import { addManyRows, MANY } from '../support/many-rows.js';
import { Program } from '../support/program.js';
import { PRICE_FEN, RefundShop } from '../support/refund-shop.js';

/** Bytes of an answer about one order, whatever is in it. Every refund below has more than 4,000. */
const MAX_BYTES = 500_000;
const BACK_FEN = 1_000;

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
  let world: RefundShop;
  let viewer: Clerk;
  let order: OrderJson;
  let rest: RefundJson;

  beforeAll(async () => {
    world = await RefundShop.opens();
    viewer = await clerk(world.shop, 'VIEWER');
    order = await world.sells();
    await world.getsBack(order, BACK_FEN);
    await world.passes({ minutes: 2 });
    await world.shop.first.app.get(UnitOfWork).run((tx) => addManyRows(tx, order));
    rest = await world.alice.wantsBack(order, { amountFen: PRICE_FEN - BACK_FEN });
  });
  afterAll(() => world.shop.closes());

  const page = async (): Promise<OrderPage> => (await viewer.asks<OrderPage>('GET', `orders/${order.orderNo}`)).body;

  /** All rows behind the cursor, page by page. */
  async function follow<Row>(
    cursor: string | null,
    ask: (query: string) => Promise<Reply<PageJson<Row>>>,
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
    const events = (await world.shop.first.all(PaymentEvent)).length;
    expect(seen).toMatchObject({
      ...{ eventsCount: events, paymentsCount: MANY + 1, refundsCount: MANY + 2, shipmentsCount: MANY },
      ...{ reservedFen: PRICE_FEN - BACK_FEN, refundableFen: 0 },
    });
    expect(seen.refunds.at(-1)?.refundNo).toBe(rest.refundNo);
    expect(seen.events.map(({ at }) => at)).toEqual(seen.events.map(({ at }) => at).toSorted());
  });

  it('its page and the cursors beside each list reach every row once', async () => {
    const seen = await page();
    const others = <Row>(list: ListName): Promise<Row[]> =>
      follow<Row>(seen[`${list}NextCursor`], (query) => viewer.asks('GET', `orders/${order.orderNo}/${list}?${query}`));
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
    expect(shipments.map(({ trackingNo }) => trackingNo)).toEqual(numbered(MANY, 'SF'));
    const events = [...seen.events, ...(await others<EventJson>('events'))];
    expectEachOnce(
      events.map((event) => JSON.stringify(event)),
      seen.eventsCount,
    );
    const named = events.map(({ data }) => data.refundNo ?? data.transactionId);
    for (const name of [...numbered(MANY, 'RF'), ...numbered(MANY, 'loose')]) expect(named).toContain(name);
  });

  it.each(['events', 'payments', 'refunds'])(
    'the list of its %s gives a total and refuses what is wrong',
    async (list) => {
      const ask = (orderNo: string, query: string): Promise<Reply<PageJson<unknown>>> =>
        viewer.asks('GET', `orders/${orderNo}/${list}?${query}`);
      const { body } = await ask(order.orderNo, 'limit=3&withTotal=true');
      expect(body).toMatchObject({ items: [{}, {}, {}], nextCursor: expect.any(String) });
      expect(body.total).toBe((await page())[`${list as ListName}Count`]);
      expect((await ask(order.orderNo, '')).body).not.toHaveProperty('total');
      expect(await ask(order.orderNo, 'cursor=!')).toMatchObject({ status: 400, body: { code: 'VALIDATION_FAILED' } });
      expect(await ask('none', '')).toMatchObject({ status: 404, body: { code: 'ORDER_NOT_FOUND' } });
    },
  );

  it('the page of a refund stays small, and its sums count refunds that it does not show', async () => {
    const { body } = await viewer.asks<RefundPage>('GET', `refunds/${rest.refundNo}`);
    expect(Buffer.byteLength(JSON.stringify(body))).toBeLessThan(MAX_BYTES);
    expect(body).toMatchObject({ partsCount: MANY + 1, userRefundsCount: MANY + 1, shipmentsCount: MANY });
    expect(body.facts).toMatchObject({ refundedFen: BACK_FEN, reservedFen: 0, remainingFen: 0, isFull: true });
    expect([body.parts.length, body.userRefunds.length]).toEqual([50, 50]);
    const others = (filter: string, cursor: string | null): Promise<RefundJson[]> =>
      follow<RefundJson>(cursor, (query) => viewer.asks('GET', `refunds?${filter}&${query}`));
    const ofOrder = await others(`orderNo=${order.orderNo}`, body.partsNextCursor);
    const ofUser = await others(`userId=${world.alice.id}`, body.userRefundsNextCursor);
    for (const rows of [
      [...body.parts, ...ofOrder],
      [...body.userRefunds, ...ofUser],
    ]) {
      expectEachOnce(
        rows.map(({ refundNo }) => refundNo),
        MANY + 1,
      );
    }
  });

  it('the filters orderNo and userId of the list of refunds find no others', async () => {
    const total = async (filter: string): Promise<number | undefined> =>
      (await viewer.asks<PageJson<RefundJson>>('GET', `refunds?${filter}&withTotal=true`)).body.total;
    expect(await total(`orderNo=${order.orderNo}`)).toBe(MANY + 2);
    expect(await total(`orderNo=${order.orderNo}&userId=another`)).toBe(0);
    expect(await total('orderNo=none')).toBe(0);
  });

  it('its lists reach programs and the buyer page by page too', async () => {
    const program = await Program.isMade(world.shop, world.boss, { scopes: ['orders:read'] });
    const { body } = await program.asks<OrderPage>('GET', `orders/${order.orderNo}`);
    expect(Buffer.byteLength(JSON.stringify(body))).toBeLessThan(MAX_BYTES);
    expect(body).toMatchObject({ refundsCount: MANY + 2, shipmentsCount: MANY });
    const refunds = await follow<RefundJson>(body.refundsNextCursor, (query) =>
      program.asks('GET', `orders/${order.orderNo}/refunds?${query}`),
    );
    expectEachOnce(
      [...body.refunds, ...refunds].map(({ refundNo }) => refundNo),
      MANY + 2,
    );
    const parcels = `orders/${order.orderNo}/shipments`;
    const shipments = await follow<ShipmentJson>(body.shipmentsNextCursor, (query) =>
      program.asks('GET', `${parcels}?${query}`),
    );
    expectEachOnce(
      [...body.shipments, ...shipments].map(({ trackingNo }) => trackingNo),
      MANY,
    );
    const first = await world.alice.asks<PageJson<ShipmentJson>>('GET', parcels);
    const others = await follow<ShipmentJson>(first.body.nextCursor, (query) =>
      world.alice.asks('GET', `${parcels}?${query}`),
    );
    expect(first.body.items).toHaveLength(100);
    expect([...first.body.items, ...others].map(({ trackingNo }) => trackingNo)).toEqual(numbered(MANY, 'SF'));
  });

  it('its page says what can be refunded of a payment that it does not show', async () => {
    await world.rejects(rest);
    const { payments, refundableFen, reservedFen } = await page();
    expect(payments.filter(({ status }) => status === 'PAID')).toEqual([]);
    expect({ refundableFen, reservedFen }).toEqual({ refundableFen: PRICE_FEN - BACK_FEN, reservedFen: 0 });
  });
});

function numbered(count: number, name: string): string[] {
  return Array.from({ length: count }, (_, n) => `${name}${n}`);
}
