import { isDeepStrictEqual } from 'node:util';
import type { CheckoutEvent } from '@wx-checkout/client';

/** A resource in an event: `data` without `object`. */
export interface ReceivedState {
  version: number;
  data: Record<string, unknown>;
}

/** What a receiver keeps: the ids of all events, and of each resource the state with the highest version. */
export class ReceivedEvents {
  /** How often each event was received, by its id. */
  readonly counts = new Map<string, number>();
  /** By `order 20261121…`, `refund …`, `shipment …/1` or `bill 2026-11-21`. */
  readonly states = new Map<string, ReceivedState>();
  /** Different data with one version. */
  readonly contradictions: string[] = [];

  add({ id, type, data: { object, ...data } }: CheckoutEvent): void {
    this.counts.set(id, (this.counts.get(id) ?? 0) + 1);
    if (type === 'endpoint.test') return;
    const key = `${object} ${numberOf(data)}`;
    const version = Number(data['version']);
    const known = this.states.get(key);
    if (known?.version === version && !isDeepStrictEqual(known.data, data))
      this.contradictions.push(`${key}: two events have version ${version} with different data`);
    if (known === undefined || version > known.version) this.states.set(key, { version, data });
  }

  /** Events that were received more than once. */
  get repeated(): number {
    return [...this.counts.values()].filter((count) => count > 1).length;
  }
}

function numberOf(data: Record<string, unknown>): string {
  const { date, refundNo, orderNo, shipmentNo } = data as {
    date?: string;
    refundNo?: string;
    orderNo: string;
    shipmentNo?: number;
  };
  if (date !== undefined) return date; // a bill
  if (refundNo !== undefined) return refundNo;
  return shipmentNo === undefined ? orderNo : `${orderNo}/${shipmentNo}`;
}
