import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { UnitOfWork } from '../../../src/database/unit-of-work.js';
import { EventDelivery } from '../../../src/event/delivery/event-delivery.entity.js';
import { EventRecorder } from '../../../src/event/event-recorder.js';
import { EventFixture } from './support/event-fixture.js';
import { answerWith, OK } from './support/event-receiver.js';

/** More than two batches of one endpoint, and than one of the sequencer. */
const EVENTS = 700;

describe('many events', () => {
  let story: EventFixture;

  beforeEach(async () => {
    story = await EventFixture.open();
  });
  afterEach(() => story.close());

  async function writeEvents(count: number): Promise<void> {
    const { app } = story.shop.firstInstance;
    await app.get(UnitOfWork).run(async (tx) => {
      for (let index = 0; index < count; index++) {
        const data = { object: 'order', version: 1, orderNo: `N${index}` };
        await app.get(EventRecorder).write(tx, { type: 'order.updated', subject: `N${index}`, data });
      }
    });
  }

  it('arrive once each, although the next batch is read while the results of the last one are stored', async () => {
    const [all, some] = [await story.connect(), await story.connect(undefined, { types: ['order.paid'] })];
    await writeEvents(EVENTS);
    await story.deliver();
    expect(all.receiver.received).toHaveLength(EVENTS);
    expect(new Set(all.receiver.received.map(({ json }) => json.id)).size).toBe(EVENTS);
    expect(some.receiver.received).toEqual([]);
    const rows = await story.shop.firstInstance.findAll(EventDelivery);
    expect(rows).toHaveLength(EVENTS);
    for (const { status, attempts, nextAttemptAt } of rows)
      expect({ status, attempts, nextAttemptAt }).toEqual({ status: 'DELIVERED', attempts: 1, nextAttemptAt: null });
  });

  it('arrive all when the receiver refuses one in the middle and accepts it later', async () => {
    const { receiver, endpoint } = await story.connect((response, count, event) =>
      (count === 400 ? answerWith(500) : OK)(response, count, event),
    );
    await writeEvents(EVENTS);
    await story.deliver();
    await story.shop.wechat.advanceTime({ minutes: 10 });
    await story.deliver();
    expect(new Set(receiver.received.map(({ json }) => json.id)).size).toBe(EVENTS);
    expect(receiver.received).toHaveLength(EVENTS + 1);
    expect(await story.listDeliveries(endpoint, '?status=WAITING')).toEqual([]);
  });
});
