import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { UnitOfWork } from '../../../src/database/unit-of-work.js';
import { OrderEvent } from '../../../src/payment/event-log/order-event.entity.js';
import { type TestStaff, createStaff, type PageJson } from '../../contract/support/test-staff.js';
import type { OrderJson, RefundJson } from '../../support/clients/test-buyer.js';
import type { HttpResponse } from '../../../tools/client/http.js';
import { addManyRows, ROW_COUNT } from '../../support/database/add-many-rows.js';
import { ApiKeyClient } from '../../support/clients/api-key-client.js';
import { PRICE_FEN, RefundFixture } from '../../support/fixtures/refund-fixture.js';

/** Maximum size of a response about one order, in bytes. Each refund below has more than 4,000. */
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
  otherRefunds: RefundJson[];
  otherRefundsCount: number;
  otherRefundsNextCursor: string | null;
  userRefunds: RefundJson[];
  userRefundsCount: number;
  userRefundsNextCursor: string | null;
  shipmentsCount: number;
}

describe('an order with many rows', () => {
  let fixture: RefundFixture;
  let viewer: TestStaff;
  let order: OrderJson;
  let rest: RefundJson;

  beforeAll(async () => {
    fixture = await RefundFixture.open();
    viewer = await createStaff(fixture.shop, 'VIEWER');
    order = await fixture.createPaidOrder();
    await fixture.createApprovedRefund(order, REFUND_FEN);
    await fixture.runJobsAfter({ minutes: 2 });
    await fixture.shop.firstInstance.app.get(UnitOfWork).run((tx) => addManyRows(tx, order));
    rest = await fixture.alice.requestRefund(order, { amountFen: PRICE_FEN - REFUND_FEN });
  });
  afterAll(() => fixture.shop.close());

  const getPage = async (): Promise<OrderPage> => (await viewer.call<OrderPage>('GET', `orders/${order.orderNo}`)).body;

  /** Reads all rows behind the cursor, page by page. */
  async function readAllPages<Row>(
    cursor: string | null,
    ask: (query: string) => Promise<HttpResponse<PageJson<Row>>>,
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

  it('the order page stays small and counts all rows', async () => {
    const seen = await getPage();
    expect(Buffer.byteLength(JSON.stringify(seen))).toBeLessThan(MAX_BYTES);
    expect(seen.refunds).toHaveLength(50);
    for (const list of ['events', 'payments', 'shipments'] as const) expect(seen[list]).toHaveLength(100);
    const events = (await fixture.shop.firstInstance.findAll(OrderEvent)).length;
    expect(seen).toMatchObject({
      eventsCount: events,
      paymentsCount: ROW_COUNT + 1,
      refundsCount: ROW_COUNT + 2,
      shipmentsCount: ROW_COUNT,
      reservedFen: PRICE_FEN - REFUND_FEN,
      refundableFen: 0,
    });
    expect(seen.refunds.at(-1)?.refundNo).toBe(rest.refundNo);
    expect(seen.events.map(({ at }) => at)).toEqual(seen.events.map(({ at }) => at).toSorted());
  });

  it('the order page and the cursors of its lists reach every row once', async () => {
    const seen = await getPage();
    const others = <Row>(list: ListName): Promise<Row[]> =>
      readAllPages<Row>(seen[`${list}NextCursor`], (query) =>
        viewer.call('GET', `orders/${order.orderNo}/${list}?${query}`),
      );
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
    expect(shipments.map(({ trackingNo }) => trackingNo)).toEqual(numberedNames(ROW_COUNT, 'SF'));
    const events = [...seen.events, ...(await others<EventJson>('events'))];
    expectEachOnce(
      events.map((event) => JSON.stringify(event)),
      seen.eventsCount,
    );
    const names = events.map(({ data }) => data.refundNo ?? data.transactionId);
    for (const name of [...numberedNames(ROW_COUNT, 'RF'), ...numberedNames(ROW_COUNT, 'loose')])
      expect(names).toContain(name);
  });

  it.each(['events', 'payments', 'refunds'])(
    'the list of its %s gives a total and rejects a wrong cursor or order number',
    async (list) => {
      const ask = (orderNo: string, query: string): Promise<HttpResponse<PageJson<unknown>>> =>
        viewer.call('GET', `orders/${orderNo}/${list}?${query}`);
      const { body } = await ask(order.orderNo, 'limit=3&withTotal=true');
      expect(body).toMatchObject({ items: [{}, {}, {}], nextCursor: expect.any(String) });
      expect(body.total).toBe((await getPage())[`${list as ListName}Count`]);
      expect((await ask(order.orderNo, '')).body).not.toHaveProperty('total');
      expect(await ask(order.orderNo, 'cursor=!')).toMatchObject({ status: 400, body: { code: 'VALIDATION_FAILED' } });
      expect(await ask('none', '')).toMatchObject({ status: 404, body: { code: 'ORDER_NOT_FOUND' } });
    },
  );

  it('the refund page stays small, and its sums include refunds that it does not list', async () => {
    const { body } = await viewer.call<RefundPage>('GET', `refunds/${rest.refundNo}`);
    expect(Buffer.byteLength(JSON.stringify(body))).toBeLessThan(MAX_BYTES);
    expect(body).toMatchObject({
      otherRefundsCount: ROW_COUNT + 1,
      userRefundsCount: ROW_COUNT + 1,
      shipmentsCount: ROW_COUNT,
    });
    expect(body.facts).toMatchObject({ refundedFen: REFUND_FEN, reservedFen: 0, remainingFen: 0, isFull: true });
    expect([body.otherRefunds.length, body.userRefunds.length]).toEqual([50, 50]);
    const others = (filter: string, cursor: string | null): Promise<RefundJson[]> =>
      readAllPages<RefundJson>(cursor, (query) => viewer.call('GET', `refunds?${filter}&${query}`));
    const ofOrder = await others(`orderNo=${order.orderNo}`, body.otherRefundsNextCursor);
    const ofUser = await others(`userId=${fixture.alice.id}`, body.userRefundsNextCursor);
    for (const rows of [
      [...body.otherRefunds, ...ofOrder],
      [...body.userRefunds, ...ofUser],
    ]) {
      expectEachOnce(
        rows.map(({ refundNo }) => refundNo),
        ROW_COUNT + 1,
      );
    }
  });

  it('GET refunds with orderNo or userId returns no other refunds', async () => {
    const total = async (filter: string): Promise<number | undefined> =>
      (await viewer.call<PageJson<RefundJson>>('GET', `refunds?${filter}&withTotal=true`)).body.total;
    expect(await total(`orderNo=${order.orderNo}`)).toBe(ROW_COUNT + 2);
    expect(await total(`orderNo=${order.orderNo}&userId=another`)).toBe(0);
    expect(await total('orderNo=none')).toBe(0);
  });

  it('API keys and the buyer read the lists page by page', async () => {
    const apiKeyClient = await ApiKeyClient.create(fixture.shop, fixture.boss, { scopes: ['orders:read'] });
    const { body } = await apiKeyClient.call<OrderPage>('GET', `orders/${order.orderNo}`);
    expect(Buffer.byteLength(JSON.stringify(body))).toBeLessThan(MAX_BYTES);
    expect(body).toMatchObject({ refundsCount: ROW_COUNT + 2, shipmentsCount: ROW_COUNT });
    const refunds = await readAllPages<RefundJson>(body.refundsNextCursor, (query) =>
      apiKeyClient.call('GET', `orders/${order.orderNo}/refunds?${query}`),
    );
    expectEachOnce(
      [...body.refunds, ...refunds].map(({ refundNo }) => refundNo),
      ROW_COUNT + 2,
    );
    const path = `orders/${order.orderNo}/shipments`;
    const shipments = await readAllPages<ShipmentJson>(body.shipmentsNextCursor, (query) =>
      apiKeyClient.call('GET', `${path}?${query}`),
    );
    expectEachOnce(
      [...body.shipments, ...shipments].map(({ trackingNo }) => trackingNo),
      ROW_COUNT,
    );
    const first = await fixture.alice.call<PageJson<ShipmentJson>>('GET', path);
    const others = await readAllPages<ShipmentJson>(first.body.nextCursor, (query) =>
      fixture.alice.call('GET', `${path}?${query}`),
    );
    expect(first.body.items).toHaveLength(100);
    expect([...first.body.items, ...others].map(({ trackingNo }) => trackingNo)).toEqual(
      numberedNames(ROW_COUNT, 'SF'),
    );
  });

  it('the order page shows what is refundable of a payment that it does not list', async () => {
    await fixture.rejectRefund(rest);
    const { payments, refundableFen, reservedFen } = await getPage();
    expect(payments.filter(({ status }) => status === 'PAID')).toEqual([]);
    expect({ refundableFen, reservedFen }).toEqual({ refundableFen: PRICE_FEN - REFUND_FEN, reservedFen: 0 });
  });
});

function numberedNames(count: number, name: string): string[] {
  return Array.from({ length: count }, (_, n) => `${name}${n}`);
}
