import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { EventDeliveryJob } from '../../../src/event/delivery/event-delivery.job.js';
import { EventDelivery } from '../../../src/event/delivery/event-delivery.entity.js';
import { RETRY_DELAYS_SECONDS } from '../../../src/event/delivery/retry-schedule.js';
import { eventually } from '../../support/eventually.js';
import { logInStaff } from '../support/test-staff.js';
import { EventFixture } from './support/event-fixture.js';
import { answerWith, countSignatures, HANG, OK } from './support/event-receiver.js';

let story: EventFixture;

beforeEach(async () => {
  story = await EventFixture.open();
});
afterEach(() => story.close());

describe('an event that is not delivered', () => {
  it('is retried by the schedule with the same id and bytes, and then FAILED', async () => {
    const { receiver, endpoint } = await story.connect(answerWith(500, {}, 'broken'));
    await story.createOrder();
    await story.deliver();
    expect(receiver.received).toHaveLength(1);
    for (const [index, seconds] of RETRY_DELAYS_SECONDS.entries()) {
      const [delivery] = await story.listDeliveries(endpoint);
      expect(delivery).toMatchObject({ status: 'WAITING', attemptCount: index + 1, statusCode: 500 });
      await story.shop.wechat.advanceTime({ seconds: seconds - 1 });
      await story.deliver();
      expect(receiver.received).toHaveLength(index + 1);
      await story.shop.wechat.advanceTime({ seconds: seconds * 0.1 + 2 });
      await story.deliver();
      expect(receiver.received).toHaveLength(index + 2);
    }
    const [delivery] = await story.listDeliveries(endpoint, '?status=FAILED');
    expect(delivery).toMatchObject({ attemptCount: 10, nextAttemptAt: null, responseBody: 'broken' });
    expect(delivery?.attempts).toHaveLength(10);
    const ids = new Set(receiver.received.map(({ headers }) => headers['webhook-id']));
    const bodies = new Set(receiver.received.map(({ body }) => body));
    expect([ids.size, bodies.size]).toEqual([1, 1]);
    // Real time, although the simulator's clock is days ahead: receivers refuse what is five minutes off.
    for (const { headers } of receiver.received)
      expect(Math.abs(Date.now() / 1000 - Number(headers['webhook-timestamp']))).toBeLessThan(300);
    for (const event of receiver.received) expect(countSignatures(endpoint.secret, event)).toBe(1);
    const boss = await logInStaff(story.shop, 'boss'); // the first session has expired
    const toDo = await boss.call('GET', 'to-do');
    expect(toDo.body['events']).toEqual({ disabledEndpoints: 0, failedDeliveries: 1 });
    await story.shop.wechat.advanceTime({ hours: 48 });
    await story.deliver();
    expect(receiver.received).toHaveLength(10);
  });

  it('is retried after Retry-After if that is later, and the whole endpoint waits for it', async () => {
    const { receiver, endpoint } = await story.connect(answerWith(429, { 'retry-after': '60' }));
    await story.createOrder();
    await story.deliver();
    await story.createOrder();
    await story.shop.wechat.advanceTime({ seconds: 30 });
    await story.deliver();
    expect(receiver.received).toHaveLength(1);
    receiver.answer = OK;
    await story.shop.wechat.advanceTime({ seconds: 31 });
    await story.deliver();
    expect(receiver.received).toHaveLength(3);
    expect(await story.getEndpoint(endpoint)).toMatchObject({ failures: 0, pausedUntil: null });
  });

  it('by 410 disables the endpoint, and PATCH continues with the waiting event', async () => {
    const { receiver, endpoint } = await story.connect(answerWith(410));
    await story.createOrder();
    await story.deliver();
    await story.createOrder();
    await story.deliver();
    expect(receiver.received).toHaveLength(1);
    expect(await story.getEndpoint(endpoint)).toMatchObject({ status: 'DISABLED', disabledReason: 'GONE' });
    expect((await story.boss.call('GET', 'to-do')).body['events']).toMatchObject({ disabledEndpoints: 1 });
    receiver.answer = OK;
    await story.call('PATCH', endpoint, '', { status: 'ENABLED' });
    await story.shop.wechat.advanceTime({ seconds: 6 });
    await story.deliver();
    expect(receiver.types).toEqual(['order.created', 'order.created']);
    expect(receiver.received[1]?.body).toBe(receiver.received[0]?.body);
  });

  it('by a redirect is not sent to the other address', async () => {
    const target = await story.startReceiver();
    const { receiver, endpoint } = await story.connect(answerWith(307, { location: target.url }));
    await story.createOrder();
    await story.deliver();
    expect([receiver.received.length, target.received.length]).toEqual([1, 0]);
    expect(await story.listDeliveries(endpoint)).toMatchObject([{ status: 'WAITING', statusCode: 307 }]);
  });

  it('because the receiver refuses connections has an error code', async () => {
    const { receiver, endpoint } = await story.connect();
    await receiver.stop();
    await story.createOrder();
    await story.deliver();
    expect(await story.listDeliveries(endpoint)).toMatchObject([
      { status: 'WAITING', statusCode: null, errorCode: 'CONNECTION_REFUSED', responseBody: null },
    ]);
  });
});

describe('receivers', () => {
  it('that answer a lot, or never end their answer, are read to 2 kB', async () => {
    const large = await story.connect(answerWith(200, {}, '茶'.repeat(1_000_000)));
    const endless = await story.connect((response) => response.writeHead(200).write('beginning'));
    await story.createOrder();
    await story.deliver();
    const [first] = await story.listDeliveries(large.endpoint);
    expect(first).toMatchObject({ status: 'DELIVERED', statusCode: 200 });
    expect(first?.responseBody).toHaveLength(683);
    expect(await story.listDeliveries(endless.endpoint)).toMatchObject([
      { status: 'DELIVERED', responseBody: 'beginning' },
    ]);
  });

  it('that hang delay no others, and time out after 15 s', async () => {
    const dead = await story.connect(HANG);
    const healthy = await story.connect();
    await story.createOrder();
    const delivering = story.deliver();
    await eventually(() => expect(healthy.receiver.received).toHaveLength(1), 5000);
    await story.createOrder();
    void story.shop.firstInstance.app.get(EventDeliveryJob).run();
    await eventually(() => expect(healthy.receiver.received).toHaveLength(2), 5000);
    await delivering;
    const attempts = (await story.listDeliveries(dead.endpoint)).flatMap((delivery) => delivery.attempts);
    expect(attempts.length).toBeGreaterThan(0);
    for (const attempt of attempts) expect(attempt).toMatchObject({ statusCode: null, errorCode: 'TIMEOUT' });
    for (const { durationMs } of attempts) expect(durationMs).toBeGreaterThanOrEqual(14_900);
  });

  it('that are down are probed with one delivery at a time, however many wait, and get all once they are back', async () => {
    const { receiver, endpoint } = await story.connect(answerWith(503));
    const { app } = story.shop.firstInstance;
    await story.shop.wechat.stopClock(); // the pause after a failure must not end while the orders are created
    await story.createOrder();
    await story.deliver();
    for (let count = 0; count < 40; count++) await story.createOrder();
    await story.deliver();
    expect(receiver.received.length).toBeLessThanOrEqual(3);
    await story.shop.wechat.advanceTime({ minutes: 6 });
    const before = receiver.received.length;
    await story.deliver();
    expect(receiver.received.length - before).toBe(1);
    receiver.answer = OK;
    await story.shop.wechat.advanceTime({ hours: 3 });
    await app.get(EventDeliveryJob).tick();
    const delivered = new Set(receiver.received.map(({ json }) => json.id));
    expect(delivered.size).toBe(41);
    const rows = await story.shop.firstInstance.findAll(EventDelivery);
    expect(rows.map(({ status }) => status)).toEqual(Array.from({ length: 41 }, () => 'DELIVERED'));
    expect(await story.getEndpoint(endpoint)).toMatchObject({ failures: 0 });
  });
});
