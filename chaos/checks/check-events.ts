import type { WxCheckout } from '@wx-checkout/client';
import type { SharedClock } from '../environment/fleet.ts';
import type { EventConsumers } from '../events/event-consumers.ts';
import { findEventViolations } from './compare-events.ts';
import type { DatabaseReader } from './database-reader.ts';
import { drainDeliveries } from './drain-deliveries.ts';
import { readCurrentStates } from './read-current-states.ts';

const DRAIN_TIMEOUT_MS = 90_000;

interface EventCheck {
  consumers: EventConsumers;
  checkout: WxCheckout;
  reader: DatabaseReader;
  time: SharedClock;
}

/** Waits until all events are delivered, and compares what the consumers have with the current state. */
export async function checkEvents({ consumers, checkout, reader, time }: EventCheck) {
  const { alive, poller, aliveEndpoints: endpointIds } = consumers;
  const undelivered = await drainDeliveries({ reader, time, endpointIds, timeoutMs: DRAIN_TIMEOUT_MS });
  await poller.finish();
  const current = await readCurrentStates(checkout, reader);
  const rows = await reader.read<{ id: string }>("SELECT event_id AS id FROM events WHERE type <> 'endpoint.test'");
  const attempts = await reader.read<{ count: number }>('SELECT COUNT(*) AS count FROM event_delivery_attempts');
  const eventIds = new Set(rows.map(({ id }) => id));
  const numbers: [string, string | number][] = [
    ['events', eventIds.size],
    ['attempts to deliver them', attempts[0]?.count ?? 0],
    ...consumers.numbers,
  ];
  const differences = findEventViolations({ eventIds, current, receivers: alive, poller: poller.received });
  return { numbers, violations: [...undelivered, ...consumers.violations, ...differences] };
}
