import type { EventResult, OrderEventType } from '../payment/order-event-types.js';

const NOT_VERIFIED = {
  TOO_LARGE: 'it is too large',
  MALFORMED: 'its format is invalid',
  RETURN_FAIL: 'it reports a communication failure',
  BAD_SIGNATURE: 'the signature is wrong',
  FOREIGN_MERCHANT: 'it names another app or merchant',
  FOREIGN_CURRENCY: 'it names another currency',
  UNDECRYPTABLE: 'it cannot be decrypted',
} as const;

const PAYMENT_CONTRADICTIONS = {
  PAYMENT_UNKNOWN: 'there is no such payment',
  AMOUNT_MISMATCH: 'the amount does not match',
  TRANSACTION_MISMATCH: 'the transaction number does not match',
} as const;

const REFUND_CONTRADICTIONS = {
  REFUND_UNKNOWN: 'there is no such refund',
  REFUND_MISMATCH: 'the numbers or the amount do not match',
  NEVER_SENT: 'this refund was never sent to WeChat',
  CONTRADICTION: 'it contradicts what is recorded',
} as const;

/** The English headline of each event. The facts of the event follow it. */
export const EVENT_HEADLINES: { readonly [T in OrderEventType]: Readonly<Record<EventResult<T>, string>> } = {
  PREPAY: {
    ACCEPTED: 'Payment created at WeChat',
    REFUSED: 'WeChat rejected the payment request',
    UNKNOWN: 'Payment request: result unknown',
  },
  NOTICE: {
    APPLIED: 'Payment notice: paid',
    REPEATED: 'Payment notice: repeated',
    LATE_OR_DUPLICATE: 'Payment notice: late or duplicate payment, refunded automatically',
    FAILED: 'Payment notice: the payment failed',
    ...prefixed('Payment notice rejected', { ...NOT_VERIFIED, ...PAYMENT_CONTRADICTIONS }),
  },
  QUERY: {
    APPLIED: 'Payment query: paid',
    REPEATED: 'Payment query: paid, already recorded',
    LATE_OR_DUPLICATE: 'Payment query: late or duplicate payment, refunded automatically',
    FOREIGN_MERCHANT: 'Payment query: the response names another app or merchant',
    ...prefixed('Payment query, response not applied', PAYMENT_CONTRADICTIONS),
    OPEN: 'Payment query: not paid yet',
    PAYING: 'Payment query: the buyer is paying',
    FAILED: 'Payment query: the payment failed',
    CLOSED: 'Payment query: closed',
    ABSENT: 'Payment query: not found at WeChat',
    REFUSED: 'Payment query: rejected by WeChat',
    UNKNOWN: 'Payment query: result unknown',
  },
  CLOSE: {
    ACCEPTED: 'Close request accepted by WeChat',
    REFUSED: 'Close request rejected by WeChat',
    UNKNOWN: 'Close request: result unknown',
    WRITTEN_OFF: 'Payment voided: it can no longer be paid',
  },
  ORDER_CLOSED: {
    CANCELLED: 'Order cancelled, stock returned',
    EXPIRED: 'Order expired unpaid and closed, stock returned',
  },
  ORDER_REVIVED: { DELIVER: 'Paid after closing: order restored, stock reserved again' },
  REFUND_REQUEST: {
    REQUESTED: 'Refund requested by the buyer',
    CANCELLED: 'Refund request withdrawn by the buyer',
    AUTOMATIC: 'Automatic refund started',
    VENDOR_PLATFORM: 'Manual refund in the WeChat Pay merchant platform',
  },
  REFUND_DECISION: {
    APPROVED: 'Refund approved',
    REJECTED: 'Refund rejected',
    GIVEN: 'Refund issued by the shop',
    RETRY: 'Refund retried by staff',
    ABANDONED: 'Refund abandoned: not found at WeChat, amount released',
    REPLACED: 'Refund replaced by a manual refund in the WeChat Pay merchant platform',
  },
  REFUND_CALL: {
    ACCEPTED: 'Refund sent to WeChat: accepted',
    REFUSED: 'Refund rejected by WeChat',
    UNKNOWN: 'Refund sent to WeChat: result unknown',
    WITHHELD: 'Refund not sent to WeChat',
  },
  REFUND_QUERY: {
    APPLIED: 'Refund query: result recorded',
    REPEATED: 'Refund query: already recorded',
    PENDING: 'Refund query: in progress',
    ...prefixed('Refund query, response not applied', REFUND_CONTRADICTIONS),
    ABSENT: 'Refund query: not found at WeChat',
    REFUSED: 'Refund query: rejected by WeChat',
    UNKNOWN: 'Refund query: result unknown',
  },
  REFUND_NOTICE: {
    APPLIED: 'Refund notice: result recorded',
    REPEATED: 'Refund notice: repeated',
    PENDING: 'Refund notice: in progress',
    ...prefixed('Refund notice rejected', { ...NOT_VERIFIED, ...REFUND_CONTRADICTIONS }),
    UNCONFIRMED: 'Refund notice rejected: a query at WeChat does not confirm it',
  },
  COUPON_RETURNED: { FULL_REFUND: 'Fully refunded: coupon returned' },
  SHIPMENT: {
    SHIPPED: 'Shipment recorded',
    COMPLETED: 'Shipment complete: no further parcels',
    CORRECTED: 'Shipment edited',
    RESHIPPED: 'Shipment edited after completion (the only re-ship)',
    RETRIED: 'Shipment waits for another upload to WeChat',
  },
  SHIPPING_CALL: {
    TAKEN: 'Shipping information uploaded to WeChat',
    COMPLETE: 'Shipping upload: WeChat already had all parcels',
    UNCHANGED: 'Shipping upload: WeChat already had this parcel',
    REFUSED: 'Shipping upload failed',
    UNKNOWN: 'Shipping upload: result unknown',
  },
  SHIPPING_QUERY: {
    THERE: 'Shipping query: WeChat has this parcel',
    NOT_THERE: 'Shipping query: WeChat does not have this parcel yet',
    REFUSED: 'Shipping query: rejected by WeChat',
    UNKNOWN: 'Shipping query: result unknown',
  },
  SHIPPING_NOTICE: {
    SHIPPED: 'WeChat recorded the shipment',
    SETTLED: 'WeChat settled the money',
    REMINDED: 'WeChat reminds the shop to ship',
    ACCESS_API: 'WeChat warns: shipping information must be uploaded',
    TRADE_CONTROLLED: 'WeChat warns: trading of the mini-program is restricted',
  },
};

function prefixed<K extends string>(prefix: string, ends: Readonly<Record<K, string>>): Record<K, string> {
  const entries = Object.entries(ends) as [K, string][];
  return Object.fromEntries(entries.map(([key, end]) => [key, `${prefix}: ${end}`])) as Record<K, string>;
}
