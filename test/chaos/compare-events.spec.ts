import { beforeEach, describe, expect, it } from '@jest/globals';
import { findEventViolations } from '../../chaos/checks/compare-events.js';
import { findMerchantViolations, type MerchantRecords } from '../../chaos/checks/compare-merchant.js';
import { ReceivedEvents } from '../../chaos/events/received-events.js';

const paid = { object: 'order', orderNo: 'A', version: 2, status: 'PAID' };
const created = { object: 'order', orderNo: 'A', version: 1, status: 'PENDING' };
const refund = { object: 'refund', orderNo: 'A', refundNo: 'R', version: 1, status: 'SUCCEEDED' };
const eventOf = (id: string, data: { object: string }) => ({ id, type: 'order.updated', timestamp: '', data });

/** With the newest order event received first, and once again. */
function received(): ReceivedEvents {
  const events = new ReceivedEvents();
  for (const event of [eventOf('e2', paid), eventOf('e1', created), eventOf('e3', refund)]) events.add(event);
  return events;
}

describe('chaos: the comparison of events at the end of a run', () => {
  let receiver: ReceivedEvents;
  let poller: ReceivedEvents;
  const violations = (): string[] =>
    findEventViolations({
      eventIds: new Set(['e1', 'e2', 'e3']),
      current: new Map([
        ['order A', { version: 2, data: { status: 'PAID' } }],
        ['refund R', { version: 1, data: { status: 'SUCCEEDED' } }],
      ]),
      receivers: [{ name: 'one', received: receiver }],
      poller,
    });

  beforeEach(() => {
    [receiver, poller] = [received(), received()];
  });

  it('accepts events in another order, and repeated deliveries', () => {
    receiver.add(eventOf('e1', created));
    expect(violations()).toEqual([]);
    expect(receiver.repeated).toBe(1);
  });

  it.each<[string, () => unknown, string]>([
    ['an event that was not received', () => receiver.counts.delete('e1'), 'receiver one: events are missing: 1'],
    ['an event of a change that was rolled back', () => receiver.add(eventOf('e9', created)), 'do not exist'],
    ['an order without events', () => receiver.states.delete('order A'), 'received nothing about'],
    ['a state that is too old', () => receiver.states.set('order A', { version: 1, data: {} }), 'version 1, not 2'],
    [
      'other data of the newest version',
      () => receiver.states.set('order A', { version: 2, data: { status: 'CLOSED' } }),
      'order A differs in status',
    ],
    ['an event that was polled twice', () => poller.add(eventOf('e3', refund)), 'poller: events were returned again'],
  ])('finds %s', (_what, change, expected) => {
    change();
    expect(violations()).toEqual([expect.stringContaining(expected)]);
  });

  it('keeps the bill of each day apart', () => {
    for (const date of ['2026-11-20', '2026-11-21']) {
      receiver.add(eventOf(date, { object: 'bill', date, version: 1, status: 'BALANCED' } as { object: string }));
    }
    expect([...receiver.states.keys()]).toEqual(expect.arrayContaining(['bill 2026-11-20', 'bill 2026-11-21']));
    expect(receiver.contradictions).toEqual([]);
  });

  it('finds different data with one version', () => {
    receiver.add(eventOf('e4', { ...paid, status: 'CLOSED' } as { object: string }));
    expect(receiver.contradictions).toEqual(['order A: two events have version 2 with different data']);
  });
});

describe("chaos: the comparison of the merchant's numbers", () => {
  const known = { orders: new Map([['M-1', { number: 'A', amountFen: 100 }]]), refunds: new Map() };
  const records = (...orders: MerchantRecords['orders']): MerchantRecords => ({ orders, refunds: [] });
  const order = { merchantNo: 'M-1', number: 'A', amountFen: 100 };

  it.each<[string, MerchantRecords, string[]]>([
    ['nothing in consistent records', records(order), []],
    ['a missing order', records(), ['answered as A, is missing']],
    ['another order', records({ ...order, number: 'B' }), ['answered as A, is B']],
    ['another amount', records({ ...order, amountFen: 101 }), ['100 fen, is 101']],
    ['two orders for one number', records(order, order), ['exists 2 times']],
  ])('finds %s', (_what, found, expected) => {
    expect(findMerchantViolations(known, found)).toEqual(expected.map((text) => expect.stringContaining(text)));
  });
});
