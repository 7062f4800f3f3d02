import { fact } from '../facts/aggregates.js';
import { type Invariant, sqlIn } from '../invariant.js';

export interface OutboundEventTimes {
  /** Work may not wait since before this UTC time, in the format of the database. */
  overdue: string;
  /** All events since this time are still stored. */
  keptSince: string;
}

/** `isSame`: whether an event `y` of the same order is about the same resource as an event `v`. */
interface EventKind {
  object: 'order' | 'refund' | 'shipment';
  isSame: string;
}

/** MariaDB returns JSON values as text, so a sum makes a number of them. */
const versionOf = (event: string): string => `(JSON_EXTRACT(${event}.data, '$.version') + 0)`;
const sameField = (name: string): string => `JSON_EXTRACT(y.data, '$.${name}') = JSON_EXTRACT(v.data, '$.${name}')`;

const EVENT_KINDS: readonly EventKind[] = [
  { object: 'order', isSame: '1 = 1' },
  { object: 'refund', isSame: sameField('refundNo') },
  { object: 'shipment', isSame: sameField('shipmentNo') },
];

/** Quotation marks in JSON texts are escaped, so no text can look like a field. */
const isOfRefund = (event: string): string => `INSTR(${event}.data, CONCAT('"refundNo":"', r.refund_no, '"')) > 0`;
const refundHasEvent = (condition: string): string =>
  `EXISTS (SELECT 1 FROM events y WHERE y.subject = r.order_no AND ${condition} AND ${isOfRefund('y')})`;
const newestVersion = (where: string): string =>
  `(SELECT ${versionOf('y')} FROM events y WHERE ${where} ORDER BY y.id DESC LIMIT 1)`;

/**
 * Invariants of the events for the merchant's own systems. Changes from before the upgrade to the first version with events have
 * none: a resource counts as changed later if it has a later version or any event, and the change if it is not older than the
 * first stored event.
 */
export function outboundEventInvariants({ overdue, keptSince }: OutboundEventTimes): readonly Invariant[] {
  const isRecorded = (time: string): string =>
    `${time} >= '${keptSince}' AND ${time} >= (SELECT MIN(y.created_at) FROM events y)`;
  return [
    {
      name: 'change-has-its-event',
      sentence:
        "A paid or closed order and a decided refund have the event that reports it to the merchant's systems, while events are kept.",
      conditions: [
        {
          table: 'orders',
          filter: `o.status ${sqlIn('PAID', 'CLOSED')} AND ${isRecorded('COALESCE(o.closed_at, o.paid_at)')}
            AND (o.version > 1 OR ${fact('reporting.events')} > 0)`,
          mustHold: `${fact('reporting.of_the_state')} > 0`,
        },
        {
          table: 'refunds',
          filter: `r.status <> 'REQUESTED' AND ${isRecorded('COALESCE(r.completed_at, r.decided_at, r.requested_at)')}
            AND (r.version > 1 OR ${refundHasEvent("y.type LIKE 'refund.%'")})`,
          mustHold: refundHasEvent("y.type = CONCAT('refund.', LOWER(r.status))"),
        },
      ],
    },
    {
      name: 'newest-event-has-the-version',
      sentence: 'The newest event of an order or refund has its current version.',
      conditions: [
        {
          table: 'orders',
          filter: `${fact('reporting.events')} > 0`,
          mustHold: `${newestVersion("y.subject = o.order_no AND y.type LIKE 'order.%'")} = o.version`,
        },
        {
          table: 'refunds',
          filter: refundHasEvent("y.type LIKE 'refund.%'"),
          mustHold: `${newestVersion(`y.subject = r.order_no AND y.type LIKE 'refund.%' AND ${isOfRefund('y')}`)} = r.version`,
        },
      ],
    },
    {
      name: 'versions-have-no-gap',
      sentence:
        'The versions of the events of an order, refund or shipment never decrease, and none is missing between two events.',
      conditions: EVENT_KINDS.map(({ object, isSame }) => ({
        table: 'events',
        filter: `v.type LIKE '${object}.%' AND v.created_at >= '${keptSince}'`,
        mustHold: `COALESCE(${versionOf('v')} - ${newestVersion(
          `y.subject = v.subject AND y.id < v.id AND y.type LIKE '${object}.%' AND y.created_at >= '${keptSince}' AND ${isSame}`,
        )}, 0) IN (0, 1)`,
      })),
    },
    {
      name: 'event-has-its-position',
      sentence: 'An event gets a position in the list for polling within seconds, and no two have the same.',
      conditions: [
        {
          table: 'events',
          mustHold: `CASE WHEN v.position IS NULL THEN v.created_at >= '${overdue}'
            ELSE v.position <= (SELECT q.position FROM event_sequence q WHERE q.id = 1)
              AND NOT EXISTS (SELECT 1 FROM events y WHERE y.position = v.position AND y.id <> v.id) END`,
        },
      ],
    },
    {
      name: 'delivery-has-its-event',
      sentence: 'A delivery belongs to an event, which has a position.',
      conditions: [
        {
          table: 'event_deliveries',
          filter: `d.created_at >= '${keptSince}'`,
          mustHold: 'EXISTS (SELECT 1 FROM events v WHERE v.id = d.event_row_id AND v.position IS NOT NULL)',
        },
      ],
    },
    {
      name: 'waiting-delivery-is-due',
      sentence:
        'A waiting delivery has the time of its next attempt, an ended one has none, and an enabled endpoint is due in time for it.',
      conditions: [
        {
          table: 'event_deliveries',
          // While an endpoint is leased, its own due date is that of the last release.
          mustHold: `CASE WHEN d.status <> 'WAITING' THEN d.next_attempt_at IS NULL AND d.ended_at IS NOT NULL
            ELSE d.next_attempt_at IS NOT NULL AND d.ended_at IS NULL AND NOT EXISTS (
              SELECT 1 FROM event_endpoints p WHERE p.id = d.endpoint_row_id AND p.status = 'ENABLED' AND p.lease_until IS NULL
                AND (p.next_due_at IS NULL OR (d.next_attempt_at < '${overdue}' AND p.next_due_at >= '${overdue}'))) END`,
        },
      ],
    },
  ];
}
