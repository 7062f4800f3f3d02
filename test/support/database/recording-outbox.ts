import type { Clock } from '../../../src/common/time/clock.js';
import { BUYER_TOPIC } from '../../../src/order/buyer-notification.js';
import { Outbox } from '../../../src/outbox/outbox.js';

/** Creates an outbox with a handler for buyer notifications, so that it stores all of them. */
export function createRecordingOutbox(clock: Clock): Outbox {
  const outbox = new Outbox(clock);
  outbox.register({ topic: BUYER_TOPIC, deliver: () => Promise.resolve({ kind: 'done' }) });
  return outbox;
}
