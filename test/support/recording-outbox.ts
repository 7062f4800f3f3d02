import type { Clock } from '../../src/common/clock.js';
import { BUYER_TOPIC } from '../../src/order/buyer-notification.js';
import { Outbox } from '../../src/outbox/outbox.js';

/** An outbox whose news for buyers somebody wants to hear: all of it is written down. */
export function createRecordingOutbox(clock: Clock): Outbox {
  const outbox = new Outbox(clock);
  outbox.register({ topic: BUYER_TOPIC, deliver: () => Promise.resolve({ kind: 'done' }) });
  return outbox;
}
