import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DeliveryStore } from '../../../src/event/delivery/delivery-store.js';
import { EventDelivery } from '../../../src/event/delivery/event-delivery.entity.js';
import { EndpointWorker } from '../../../src/event/delivery/endpoint-worker.js';
import { EventDeliveryJob } from '../../../src/event/delivery/event-delivery.job.js';
import { eventually } from '../../support/eventually.js';
import { EventFixture } from './support/event-fixture.js';
import { HANG } from './support/event-receiver.js';

describe('deliveries of two instances', () => {
  let story: EventFixture;

  beforeEach(async () => {
    story = await EventFixture.open({ instances: 2 });
  });
  afterEach(() => story.close());

  it('share the endpoints: each event arrives once at each receiver', async () => {
    const receivers = await Promise.all([story.connect(), story.connect(), story.connect()]);
    for (let count = 0; count < 20; count++) {
      await story.createOrder();
      void story.deliver();
    }
    await eventually(async () => {
      await story.deliver();
      for (const { receiver } of receivers) expect(receiver.received).toHaveLength(20);
    });
    for (const { receiver } of receivers) expect(new Set(receiver.received.map(({ json }) => json.id)).size).toBe(20);
  });

  it('that another instance has queued are sent by the one that keeps the lease', async () => {
    const { receiver } = await story.connect();
    const [first, second] = story.shop.instances;
    if (!first || !second) throw new Error('There are not two instances.');
    const worker = first.app.get(EndpointWorker);
    let runs = 0;
    const run = worker.run.bind(worker);
    worker.run = (...args) => {
      runs += 1;
      return run(...args);
    };
    await story.createOrder();
    await first.app.get(EventDeliveryJob).run();
    await eventually(() => expect(receiver.received).toHaveLength(1));
    await story.createOrder();
    await second.app.get(EventDeliveryJob).run();
    await eventually(() => expect(receiver.received).toHaveLength(2));
    expect(runs).toBe(1);
  });

  it('are repeated by the other instance when one ends before it stores the result', async () => {
    const { receiver } = await story.connect();
    const [first, second] = story.shop.instances;
    if (!first || !second) throw new Error('There are not two instances.');
    // The process ends here: neither the result nor the end of the lease is stored.
    first.app.get(DeliveryStore).save = () => Promise.reject(new Error('crashed'));
    await story.createOrder();
    await first.app.get(EventDeliveryJob).run();
    await eventually(() => expect(receiver.received).toHaveLength(1));
    await second.app.get(EventDeliveryJob).tick();
    expect(receiver.received).toHaveLength(1); // the lease protects it
    await story.shop.wechat.advanceTime({ minutes: 2 });
    await second.app.get(EventDeliveryJob).tick();
    expect(receiver.received).toHaveLength(2);
    expect(receiver.received[1]?.body).toBe(receiver.received[0]?.body);
    expect((await first.findAll(EventDelivery)).map(({ status }) => status)).toEqual(['DELIVERED']);
  });

  it('stop within ten seconds while a receiver hangs, and the other instance continues at once', async () => {
    const { receiver } = await story.connect(HANG);
    await story.createOrder();
    const [first] = story.shop.instances.splice(0, 1);
    await first?.app.get(EventDeliveryJob).run();
    await eventually(() => expect(receiver.received).toHaveLength(1));
    const beganAt = performance.now();
    await first?.app.close();
    expect(performance.now() - beganAt).toBeLessThan(10_000);
    receiver.answer = (response) => response.writeHead(204).end();
    await story.deliver();
    expect(receiver.received).toHaveLength(2);
  });
});
