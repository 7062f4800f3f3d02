import type { PaymentEvent } from '../payment/payment-event.entity.js';

const GOOD_REFUND_WORDS: Readonly<Record<string, string>> = {
  APPLIED: 'final',
  REPEATED: 'known before',
  PENDING: 'on its way',
};

const GOOD_NOTICES: Readonly<Record<string, string>> = {
  APPLIED: 'Notice: paid',
  REPEATED: 'Notice again, known before',
  OWED_BACK: 'Notice: paid too late, the money is owed back',
  FAILED: 'Notice: the payment failed',
};

const SHIPMENT_STEPS: Readonly<Record<string, string>> = {
  SHIPPED: 'A parcel has left',
  COMPLETED: 'No more parcels follow',
  CORRECTED: 'A parcel was corrected',
  RESHIPPED: 'A parcel was corrected after the order was whole: the one re-ship',
  RETRIED: 'WeChat is to be told again',
};

const SHIPPING_NEWS: Readonly<Record<string, string>> = {
  SHIPPED: 'WeChat knows that it is shipped',
  SETTLED: 'WeChat lets the money go',
  CONFIRMED: 'The receipt is confirmed',
  REMINDED: 'WeChat reminds the shop to ship',
};

/** One line of the time line, as a person reads it. */
export function eventText({ type, result, detail }: PaymentEvent): string {
  return `${headline(type, result)}${detail === null ? '' : ` (${detail})`}`;
}

function headline(type: PaymentEvent['type'], result: string): string {
  switch (type) {
    case 'PREPAY':
      return `Payment prepared at WeChat: ${result.toLowerCase()}`;
    case 'NOTICE':
      return GOOD_NOTICES[result] ?? `Notice refused: ${result}`;
    case 'QUERY':
      return `orderquery says ${result}`;
    case 'CLOSE':
      return `closeorder: ${result.toLowerCase()}`;
    case 'ORDER_CLOSED':
      return `Order closed: ${result.toLowerCase()}, stock returned`;
    case 'ORDER_REVIVED':
      return 'Paid after the close: the order is open again, its stock taken again';
    case 'REFUND_REQUEST':
      return `Refund: ${result.toLowerCase()}`;
    case 'REFUND_DECISION':
      return `Refund decided: ${result.toLowerCase()}`;
    case 'REFUND_CALL':
      return result === 'WITHHELD' ? 'Refund not sent to WeChat' : `Refund sent to WeChat: ${result.toLowerCase()}`;
    case 'REFUND_QUERY':
      return `refundquery: ${GOOD_REFUND_WORDS[result] ?? result}`;
    case 'REFUND_NOTICE':
      return result in GOOD_REFUND_WORDS
        ? `Refund notice: ${GOOD_REFUND_WORDS[result] ?? result}`
        : `Refund notice refused: ${result}`;
    case 'COUPON_RETURNED':
      return 'All of the money is back: the coupon too';
    case 'SHIPMENT':
      return SHIPMENT_STEPS[result] ?? `Shipping: ${result.toLowerCase()}`;
    case 'SHIPPING_CALL':
      return `Shipping information sent to WeChat: ${result.toLowerCase()}`;
    case 'SHIPPING_QUERY':
      return `get_order, shipping: ${result.toLowerCase()}`;
    case 'SHIPPING_NOTICE':
      return SHIPPING_NEWS[result] ?? `WeChat says of the shipping: ${result.toLowerCase()}`;
  }
}
