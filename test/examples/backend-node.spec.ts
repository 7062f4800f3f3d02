import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sendRequest, type HttpResponse } from '../../tools/client/http.js';
import { freePort } from '../../tools/process/local-server.js';
import { ManagedProcess } from '../../tools/process/managed-process.js';
import { ApiKeyClient } from '../support/clients/api-key-client.js';
import { eventually } from '../support/eventually.js';
import { openTestShop, type TestShop } from '../support/test-shop.js';
import { logInStaff, type TestStaff } from '../contract/support/test-staff.js';

interface ExampleOrder {
  orderNo: string;
  status: string;
  shipments?: number;
}

describe('examples/backend-node', () => {
  let shop: TestShop;
  let boss: TestStaff;
  let backend: ManagedProcess;
  let url: string;
  let endpointId: string;

  beforeAll(async () => {
    shop = await openTestShop();
    boss = await logInStaff(shop, 'boss');
    const port = await freePort();
    url = `http://127.0.0.1:${port}`;
    const scopes = ['payments:read', 'payments:write'];
    const { key } = await ApiKeyClient.create(shop, boss, { scopes });
    const body = { url: `${url}/events`, types: ['order.paid'] };
    const created = await boss.call<{ id: string; secret: string }>('POST', 'event-endpoints', body);
    expect(created.status).toBe(201);
    endpointId = created.body.id;
    backend = new ManagedProcess({
      args: [resolve('examples/backend-node/server.js')],
      environment: {
        PATH: process.env['PATH'] ?? '',
        PORT: String(port),
        CHECKOUT_URL: shop.url,
        CHECKOUT_API_KEY: key.key,
        CHECKOUT_EVENT_SECRET: created.body.secret,
      },
      directory: resolve('.'),
    });
    await backend.waitUntilReady(20_000, async () =>
      call('/status', { orderNo: 'none' }).then(
        ({ status }) => status === 404,
        () => false,
      ),
    );
  });
  afterAll(async () => {
    await backend.stop(5000);
    await shop.close();
  });

  const call = <Body>(path: string, body: object): Promise<HttpResponse<Body>> =>
    sendRequest<Body>(`${url}${path}`, { method: 'POST', body });

  /** Delivers what is due, until the backend knows that the order is paid. */
  const untilPaid = (orderNo: string): Promise<void> =>
    eventually(async () => {
      await shop.runJobs();
      expect((await call<ExampleOrder>('/status', { orderNo })).body.status).toBe('PAID');
    });

  const attemptsOfOnlyDelivery = async (): Promise<(number | null)[] | undefined> => {
    const path = `event-endpoints/${endpointId}/deliveries`;
    const { body } = await boss.call<{ items: { attempts: { statusCode: number | null }[] }[] }>('GET', path);
    return body.items.length === 1 ? body.items[0]?.attempts.map(({ statusCode }) => statusCode) : undefined;
  };

  it('sells: one payment order for repeated calls, and one shipment for repeated events', async () => {
    // The backend's clock does not follow the simulator's. One hour, because the session of staff must not expire.
    await shop.wechat.advanceTime({ hours: 1 });
    const { body: order } = await call<ExampleOrder>('/orders', { sku: 'tea', quantity: 2 });
    const { code, openid } = await shop.wechat.createLoginCode('oexample00000000000000000001');
    const pay = () => call<{ requestPayment: Record<string, string> }>('/pay', { orderNo: order.orderNo, code });
    const [first, again] = [await pay(), await pay()];
    expect([first.status, again.status]).toEqual([200, 200]);
    await shop.wechat.confirmPayment(openid, again.body.requestPayment);
    await untilPaid(order.orderNo);
    const { body: paid } = await boss.call<{ items: { paidFen: number }[] }>('GET', `orders?q=${order.orderNo}`);
    expect(paid.items).toEqual([expect.objectContaining({ paidFen: 2576 })]);
    const range = { from: '2026-01-01T00:00:00.000Z', to: '2099-01-01T00:00:00.000Z' };
    expect((await boss.call('POST', `event-endpoints/${endpointId}/replay`, range)).status).toBeLessThan(300);
    await eventually(async () => {
      await shop.runJobs();
      expect(await attemptsOfOnlyDelivery()).toEqual([204, 204]);
    });
    expect((await call<ExampleOrder>('/status', { orderNo: order.orderNo })).body.shipments).toBe(1);
  });

  it('refuses an event without a valid signature', async () => {
    const { body: order } = await call<ExampleOrder>('/orders', { sku: 'cup', quantity: 1 });
    const forged = { id: 'evt_1', type: 'order.paid', data: { object: 'order', merchantOrderNo: order.orderNo } };
    expect((await call('/events', forged)).status).toBe(400);
    expect((await call<ExampleOrder>('/status', { orderNo: order.orderNo })).body.status).toBe('UNPAID');
  });
});
