import { type FindOptionsWhere, In, Not } from 'typeorm';
import type { PaymentEvent } from './payment-event.entity.js';

/** Earlier versions wrote notices of these results, which anyone can send, into the event log, under no order. */
const REFUSED_UNREAD = [
  ...[
    'TOO_LARGE',
    'MALFORMED',
    'RETURN_FAIL',
    'BAD_SIGNATURE',
    'FOREIGN_MERCHANT',
    'FOREIGN_CURRENCY',
    'UNDECRYPTABLE',
  ],
];

/** The events that were believed or decided about an order: by its number, or by that of a payment of it. */
export function believedEventsOf(orderNo: string, outTradeNos: string[]): FindOptionsWhere<PaymentEvent>[] {
  if (outTradeNos.length === 0) return [{ orderNo }];
  return [{ orderNo }, { outTradeNo: In(outTradeNos), result: Not(In(REFUSED_UNREAD)) }];
}
