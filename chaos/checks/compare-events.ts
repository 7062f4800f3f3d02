import { isDeepStrictEqual } from 'node:util';
import type { ReceivedEvents, ReceivedState } from '../events/received-events.ts';

/** The state of a resource: its version, and the fields that must be equal in the newest event. */
export type CurrentState = ReceivedState;

export interface EventEvidence {
  /** The ids of all events in the database. */
  eventIds: ReadonlySet<string>;
  /** The current orders and refunds, as `ReceivedEvents` names them. */
  current: ReadonlyMap<string, CurrentState>;
  receivers: readonly { name: string; received: Pick<ReceivedEvents, 'counts' | 'states'> }[];
  /** It must have every event exactly once. */
  poller: Pick<ReceivedEvents, 'counts' | 'states'>;
}

/** The number of examples of a violation. */
const MAX_EXAMPLES = 5;

/**
 * Every receiver that works at the end has every event at least once, and with the highest version of each resource exactly its
 * current state. So has the poller, with every event exactly once.
 */
export function findEventViolations({ eventIds, current, receivers, poller }: EventEvidence): string[] {
  const polledAgain = [...poller.counts].filter(([, count]) => count > 1).map(([id]) => id);
  return [
    ...receivers.flatMap(({ name, received }) => compareConsumer(`receiver ${name}`, received, { eventIds, current })),
    ...compareConsumer('poller', poller, { eventIds, current }),
    ...list('poller: events were returned again', polledAgain),
  ];
}

function compareConsumer(
  name: string,
  { counts, states }: Pick<ReceivedEvents, 'counts' | 'states'>,
  { eventIds, current }: Pick<EventEvidence, 'eventIds' | 'current'>,
): string[] {
  const missing = [...eventIds].filter((id) => !counts.has(id));
  const unknown = [...counts.keys()].filter((id) => !eventIds.has(id));
  const without = [...current.keys()].filter((key) => !states.has(key));
  const differing = [...current].flatMap(([key, { version, data }]) => {
    const kept = states.get(key);
    if (!kept) return [];
    if (kept.version !== version) return [`${key} has version ${kept.version}, not ${version}`];
    const fields = Object.keys(data).filter((field) => !isDeepStrictEqual(kept.data[field], data[field]));
    return fields.length > 0 ? [`${key} differs in ${fields.join(', ')}`] : [];
  });
  return [
    ...list(`${name}: events are missing`, missing),
    ...list(`${name}: received events that do not exist`, unknown),
    ...list(`${name}: received nothing about`, without),
    ...list(`${name}: keeps another state`, differing),
  ];
}

function list(what: string, found: readonly string[]): string[] {
  if (found.length === 0) return [];
  return [`${what}: ${found.length}, for example ${found.slice(0, MAX_EXAMPLES).join('; ')}`];
}
