import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { AuditEntry } from '../../../src/audit/audit-entry.entity.js';
import { EventEndpoint } from '../../../src/event/endpoints/event-endpoint.entity.js';
import { eventually } from '../../support/eventually.js';
import { expectProblem } from '../support/expect-problem.js';
import { createStaff, type PageJson } from '../support/test-staff.js';
import { type EndpointJson, EventFixture } from './support/event-fixture.js';
import { answerWith, countSignatures, verifyEvent } from './support/event-receiver.js';

let story: EventFixture;

beforeAll(async () => {
  story = await EventFixture.open();
});
afterAll(() => story.close());
afterEach(async () => {
  const { body } = await story.program.call<PageJson<EndpointJson>>('GET', 'event-endpoints?limit=100');
  for (const endpoint of body.items) await story.call('DELETE', endpoint);
});

describe('delivery of an event', () => {
  it('is signed by Standard Webhooks and contains the resource', async () => {
    const { receiver, endpoint } = await story.connect();
    expect(endpoint).toMatchObject({ url: receiver.url, types: [], status: 'ENABLED', disabledReason: null });
    expect(Buffer.from(endpoint.secret.replace('whsec_', ''), 'base64')).toHaveLength(32);
    const orderNo = await story.createOrder();
    await story.deliver();
    const [event] = receiver.received;
    if (!event) throw new Error('The event was not received.');
    expect(verifyEvent(endpoint.secret, event)).toEqual(event.json);
    expect(event.headers).toMatchObject({ 'webhook-id': event.json.id, 'content-type': 'application/json' });
    expect(event.json).toMatchObject({ type: 'order.created', data: { object: 'order', version: 1, orderNo } });
    expect(Object.keys(event.json)).toEqual(['id', 'type', 'timestamp', 'data']);
    expect(event.json.timestamp).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    const [delivery, ...others] = await story.listDeliveries(endpoint);
    expect(others).toEqual([]);
    expect(delivery).toMatchObject({
      eventId: event.json.id,
      type: 'order.created',
      status: 'DELIVERED',
      attemptCount: 1,
      statusCode: 200,
      responseBody: 'ok',
      nextAttemptAt: null,
      attempts: [{ statusCode: 200, errorCode: null, responseBody: 'ok' }],
    });
    expect(delivery?.durationMs).toBeGreaterThanOrEqual(0);
  });

  it('begins within a second after the commit, without waiting for a job run', async () => {
    const { receiver } = await story.connect();
    await story.deliver(); // the instance now has an endpoint
    await story.createOrder();
    await eventually(() => expect(receiver.types).toEqual(['order.created']), 5000);
  });

  it('goes only to endpoints that receive the type', async () => {
    const all = await story.connect();
    const paid = await story.connect(undefined, { types: ['order.paid'] });
    expect(paid.endpoint.types).toEqual(['order.paid']);
    const buyer = await story.shop.createUser('bob');
    const order = await buyer.createOrder({ productId: await story.shop.createProduct() });
    await buyer.pay(order);
    await buyer.syncOrder(order);
    await story.deliver();
    expect(all.receiver.types).toEqual(['order.created', 'order.paid']);
    expect(paid.receiver.types).toEqual(['order.paid']);
  });

  it('does not contain events from before the endpoint was created', async () => {
    await story.createOrder();
    const { receiver } = await story.connect();
    await story.deliver();
    expect(receiver.received).toEqual([]);
  });
});

describe('event endpoints', () => {
  it('show the secret only when it is created or rotated, and store it encrypted', async () => {
    const { receiver, endpoint } = await story.connect();
    const listed = await story.program.call('GET', 'event-endpoints');
    expect(JSON.stringify(listed.body)).not.toContain('whsec_');
    expect(await story.getEndpoint(endpoint)).not.toHaveProperty('secret');
    const patched = await story.call('PATCH', endpoint, '', { description: '仓库' });
    expect(patched.body).toMatchObject({ id: endpoint.id, description: '仓库', url: receiver.url });
    expect(patched.body).not.toHaveProperty('secret');
    const rows = await story.shop.firstInstance.findAll(EventEndpoint);
    expect(JSON.stringify(rows)).not.toContain(endpoint.secret.replace('whsec_', ''));
    const audit = JSON.stringify(await story.shop.firstInstance.findAll(AuditEntry));
    for (const secret of [endpoint.secret, 'receiver-secret']) expect(audit).not.toContain(secret);
  });

  it('sign with both secrets during a rotation and then only with the new one', async () => {
    const { receiver, endpoint } = await story.connect();
    const { status, body } = await story.call<EndpointJson>('POST', endpoint, '/rotate', { overlapHours: 1 });
    const [old, secret] = [endpoint.secret, body.secret ?? ''];
    expect(status).toBe(200);
    expect(secret).toMatch(/^whsec_/);
    expect(secret).not.toBe(old);
    await story.createOrder();
    await story.deliver();
    const [event] = receiver.received;
    if (!event) throw new Error('The event was not received.');
    expect(String(event.headers['webhook-signature']).split(' ')).toHaveLength(2);
    for (const each of [old, secret]) expect(verifyEvent(each, event)).toEqual(event.json);
    await story.call('POST', endpoint, '/rotate', { overlapHours: 0 }).then((reply) => {
      expect(reply.body['previousSecretUntil']).toBeNull();
    });
    await story.createOrder();
    await story.deliver();
    const last = receiver.received.at(-1);
    if (!last) throw new Error('The event was not received.');
    expect(String(last.headers['webhook-signature']).split(' ')).toHaveLength(1);
    for (const each of [old, secret]) expect(countSignatures(each, last)).toBe(0);
  });

  it('rotate with an overlap of 24 hours by default, also without a body', async () => {
    const { endpoint } = await story.connect();
    const { status, body } = await story.call<EndpointJson>('POST', endpoint, '/rotate');
    expect(status).toBe(200);
    const hours = (Date.parse(body.previousSecretUntil ?? '') - Date.now()) / 3_600_000;
    expect(hours).toBeGreaterThan(23.9);
    expect(hours).toBeLessThan(24.1);
  });

  it('get a test event alone, regardless of the types that they receive', async () => {
    const { receiver, endpoint } = await story.connect(undefined, { types: ['order.paid'] });
    const other = await story.connect();
    const { status, body } = await story.call('POST', endpoint, '/test');
    expect(status).toBe(200);
    await story.deliver();
    expect(receiver.received.map(({ json }) => json)).toMatchObject([
      { id: body['id'], type: 'endpoint.test', data: { object: 'endpoint', version: 1, id: endpoint.id } },
    ]);
    expect(other.receiver.received).toEqual([]);
  });

  it('get nothing while they are disabled, and continue with later events when they are enabled', async () => {
    const { receiver, endpoint } = await story.connect();
    const disabled = await story.call('PATCH', endpoint, '', { status: 'DISABLED' });
    expect(disabled.body).toMatchObject({ status: 'DISABLED', disabledReason: 'BY_REQUEST' });
    await story.createOrder();
    await story.deliver();
    for (const [action, body] of [
      ['/test', undefined],
      ['/replay', { from: '2026-01-01', to: '2090-01-01' }],
    ] as const)
      expectProblem(await story.call('POST', endpoint, action, body), 409, 'EVENT_ENDPOINT_DISABLED');
    await story.call('PATCH', endpoint, '', { status: 'ENABLED' });
    const orderNo = await story.createOrder();
    await story.deliver();
    expect(receiver.received.map(({ json }) => json.data['orderNo'])).toEqual([orderNo]);
  });

  it('are deleted with their waiting deliveries', async () => {
    const { receiver, endpoint } = await story.connect(answerWith(500));
    await story.createOrder();
    await story.deliver();
    const { length } = receiver.received;
    expect((await story.call('DELETE', endpoint)).status).toBe(204);
    await story.createOrder();
    await story.deliver();
    expect(receiver.received).toHaveLength(length);
    expectProblem(await story.call('GET', endpoint, '/deliveries'), 404, 'EVENT_ENDPOINT_NOT_FOUND');
    expectProblem(await story.call('DELETE', endpoint), 404, 'EVENT_ENDPOINT_NOT_FOUND');
  });

  it('are managed by administrators at /admin/api too, and each write is in the audit log with its actor', async () => {
    const { receiver } = await story.connect();
    const { body: endpoint } = await story.boss.call<EndpointJson>('POST', 'event-endpoints', { url: receiver.url });
    expect(endpoint.secret).toMatch(/^whsec_/);
    await story.boss.call('PATCH', `event-endpoints/${endpoint.id}`, { types: ['order.paid'] });
    await story.boss.call('POST', `event-endpoints/${endpoint.id}/rotate`, {});
    await story.call('POST', endpoint, '/test');
    await story.boss.call('DELETE', `event-endpoints/${endpoint.id}`);
    const log = await story.boss.call<PageJson<{ action: string; actor: { username: string } }>>(
      'GET',
      `audit-log?q=${endpoint.id}`,
    );
    expect(log.body.items.map(({ action, actor }) => [action, actor.username])).toEqual([
      ['event-endpoint.delete', 'boss'],
      ['event-endpoint.test', 'key:ERP'],
      ['event-endpoint.rotate', 'boss'],
      ['event-endpoint.update', 'boss'],
      ['event-endpoint.create', 'boss'],
    ]);
    const operator = await createStaff(story.shop, 'OPERATOR');
    for (const path of ['event-endpoints', 'events']) expectProblem(await operator.call('GET', path), 403, 'FORBIDDEN');
  });

  it.each([
    { url: 'ftp://example.com/' },
    { url: 'https://user:password@example.com/' },
    { url: 'https://example.com/#part' },
    { url: 'no url' },
    { url: `https://example.com/${'x'.repeat(500)}` },
    { url: 'http://169.254.169.254/latest' },
    { url: 'http://[fe80::1]/' },
    { url: 'https://example.com/', types: ['order.nosuch'] },
    { url: 'https://example.com/', types: null },
    { url: 'https://example.com/', secret: 'whsec_own' },
    { types: [] },
  ])('reject %j', async (body) => {
    expectProblem(await story.program.call('POST', 'event-endpoints', body), 400, 'VALIDATION_FAILED');
  });
});

describe('events that are sent again', () => {
  it('by redeliver: to every enabled endpoint that receives the type, with the same id and bytes', async () => {
    const first = await story.connect();
    const second = await story.connect(undefined, { types: ['order.paid'] });
    await story.createOrder();
    await story.deliver();
    const id = first.receiver.received[0]?.json.id ?? '';
    const reply = await story.program.call('POST', `events/${id}/redeliver`);
    expect([reply.status, reply.body]).toEqual([200, { count: 1 }]);
    await story.deliver();
    const { received } = first.receiver;
    expect(received).toHaveLength(2);
    expect(received[1]?.body).toBe(received[0]?.body);
    expect(received.map(({ headers }) => headers['webhook-id'])).toEqual([id, id]);
    expect(second.receiver.received).toEqual([]);
    expectProblem(await story.program.call('POST', 'events/evt_NOSUCH/redeliver'), 404, 'EVENT_NOT_FOUND');
    expect((await story.boss.call('POST', `events/${id}/redeliver`)).status).toBe(200);
  });

  it('by replay: those of a period, also from before the endpoint, by type and only failed ones', async () => {
    const from = new Date().toISOString();
    const orderNo = await story.createOrder();
    const { receiver, endpoint } = await story.connect();
    await story.deliver();
    const replay = async (body: object): Promise<unknown> => {
      const reply = await story.call('POST', endpoint, '/replay', { from, to: '2090-01-01', ...body });
      await story.deliver();
      return reply.body;
    };
    expect(await replay({ types: ['order.paid'] })).toEqual({ count: 0, continueFrom: null });
    expect(await replay({ onlyFailed: true })).toEqual({ count: 0, continueFrom: null });
    expect(await replay({})).toEqual({ count: 1, continueFrom: null });
    expect(receiver.received.map(({ json }) => json.data['orderNo'])).toEqual([orderNo]);
    expect(await replay({ types: ['order.created'] })).toEqual({ count: 1, continueFrom: null });
    expect(receiver.received).toHaveLength(2);
    await story.shop.rawUpdate(`UPDATE event_deliveries SET status = 'FAILED', next_attempt_at = NULL`);
    expect(await replay({ onlyFailed: true })).toEqual({ count: 1, continueFrom: null });
    expect(receiver.received).toHaveLength(3);
    for (const body of [{ from: '2026-02-01', to: '2026-01-01' }, { from, to: null }, { from }])
      expectProblem(await story.call('POST', endpoint, '/replay', body), 400, 'VALIDATION_FAILED');
  });
});
