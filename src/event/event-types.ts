import type { RefundStatus } from '../refund/refund.entity.js';

/** Every type of event. `….updated`: a visible change without an event of its own. */
export const EVENT_TYPES = [
  'order.created',
  'order.updated',
  'order.paid',
  'order.closed',
  'order.late_payment',
  'refund.requested',
  'refund.processing',
  'refund.succeeded',
  'refund.failed',
  'refund.abnormal',
  'refund.rejected',
  'refund.cancelled',
  'refund.updated',
  'shipment.created',
  'shipment.synced',
  'shipment.updated',
  'bill.reconciled',
  'endpoint.test',
] as const;

export type EventType = (typeof EVENT_TYPES)[number];

/** The event of a refund that was created in this state or has moved to it. */
export const REFUND_EVENT_TYPES = {
  REQUESTED: 'refund.requested',
  REJECTED: 'refund.rejected',
  CANCELLED: 'refund.cancelled',
  PROCESSING: 'refund.processing',
  SUCCEEDED: 'refund.succeeded',
  ABNORMAL: 'refund.abnormal',
  FAILED: 'refund.failed',
} as const satisfies Record<RefundStatus, EventType>;
