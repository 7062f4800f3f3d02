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
      return `Refund sent to WeChat: ${result.toLowerCase()}`;
    case 'REFUND_QUERY':
      return `refundquery: ${GOOD_REFUND_WORDS[result] ?? result}`;
    case 'REFUND_NOTICE':
      return result in GOOD_REFUND_WORDS
        ? `Refund notice: ${GOOD_REFUND_WORDS[result] ?? result}`
        : `Refund notice refused: ${result}`;
  }
}
