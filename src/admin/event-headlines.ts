import type { EventResult, OrderEventType } from '../payment/event-facts.js';

const NOT_VERIFIED = {
  TOO_LARGE: 'it is too large',
  MALFORMED: 'it is not a valid message',
  RETURN_FAIL: 'it reports a failed call',
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

const SHIPPING_CALL_ENDS = { REFUSED: 'refused', UNKNOWN: 'no usable answer' } as const;

/** The English headline of each event. The facts of the event follow it. */
export const EVENT_HEADLINES: { readonly [T in OrderEventType]: Readonly<Record<EventResult<T>, string>> } = {
  PREPAY: {
    ACCEPTED: 'Payment created at WeChat',
    REFUSED: 'WeChat refused to create the payment',
    UNKNOWN: 'Creating the payment at WeChat: no usable answer',
  },
  NOTICE: {
    APPLIED: 'Payment notice: paid',
    REPEATED: 'Payment notice repeated',
    OWED_BACK: 'Payment notice: paid too late or twice, the money is refunded automatically',
    FAILED: 'Payment notice: the payment failed',
    ...prefixed('Payment notice refused', { ...NOT_VERIFIED, ...PAYMENT_CONTRADICTIONS }),
  },
  QUERY: {
    APPLIED: 'Payment query: paid',
    REPEATED: 'Payment query: paid, already recorded',
    OWED_BACK: 'Payment query: paid too late or twice, the money is refunded automatically',
    FOREIGN_MERCHANT: 'Payment query: the answer names another app or merchant',
    ...prefixed('Payment query, answer not applied', PAYMENT_CONTRADICTIONS),
    OPEN: 'Payment query: not paid yet',
    PAYING: 'Payment query: the buyer is paying',
    FAILED: 'Payment query: the payment failed',
    CLOSED: 'Payment query: closed',
    ABSENT: 'Payment query: WeChat has no such payment',
    REFUSED: 'Payment query refused by WeChat',
    UNKNOWN: 'Payment query: no usable answer',
  },
  CLOSE: {
    ACCEPTED: 'Close request accepted by WeChat',
    REFUSED: 'Close request refused by WeChat',
    UNKNOWN: 'Close request: no usable answer',
    WRITTEN_OFF: 'Payment closed here: it can no longer be paid',
  },
  ORDER_CLOSED: {
    CANCELLED: 'Order cancelled, stock returned',
    EXPIRED: 'Order closed unpaid after its time limit, stock returned',
  },
  ORDER_REVIVED: { DELIVER: 'Paid after the close: the order is open again, its stock is reserved again' },
  REFUND_REQUEST: {
    REQUESTED: 'Refund requested by the buyer',
    CANCELLED: 'Refund request withdrawn by the buyer',
    AUTOMATIC: 'Automatic refund started',
    VENDOR_PLATFORM: 'Refund made by hand in the WeChat Pay merchant platform',
  },
  REFUND_DECISION: {
    APPROVED: 'Refund approved',
    REJECTED: 'Refund rejected',
    GIVEN: 'Refund started by the shop',
    RETRY: 'Refund retried by hand',
    ABANDONED: 'Refund abandoned: WeChat does not know it, the amount is free',
    REPLACED: 'Refund replaced by one made by hand in the WeChat Pay merchant platform',
  },
  REFUND_CALL: {
    ACCEPTED: 'Refund sent, accepted by WeChat',
    REFUSED: 'Refund sent, refused by WeChat',
    UNKNOWN: 'Refund sent, no usable answer',
    WITHHELD: 'Refund not sent to WeChat',
  },
  REFUND_QUERY: {
    APPLIED: 'Refund query: result recorded',
    REPEATED: 'Refund query: already recorded',
    PENDING: 'Refund query: in progress',
    ...prefixed('Refund query, answer not applied', REFUND_CONTRADICTIONS),
    ABSENT: 'Refund query: WeChat has no such refund',
    REFUSED: 'Refund query refused by WeChat',
    UNKNOWN: 'Refund query: no usable answer',
  },
  REFUND_NOTICE: {
    APPLIED: 'Refund notice: result recorded',
    REPEATED: 'Refund notice repeated',
    PENDING: 'Refund notice: in progress',
    ...prefixed('Refund notice refused', { ...NOT_VERIFIED, ...REFUND_CONTRADICTIONS }),
    UNCONFIRMED: 'Refund notice refused: WeChat does not confirm it when asked',
  },
  COUPON_RETURNED: { FULL_REFUND: 'Coupon returned: the whole payment is refunded' },
  SHIPMENT: {
    SHIPPED: 'Shipment recorded',
    COMPLETED: 'Shipment complete: no further parcels',
    CORRECTED: 'Shipment corrected',
    RESHIPPED: 'Shipment corrected after completion (the only re-ship)',
    RETRIED: 'Shipment queued for upload to WeChat again',
  },
  SHIPPING_CALL: {
    TAKEN: 'Shipping information uploaded to WeChat',
    COMPLETE: 'Shipping information upload: WeChat already had all parcels',
    UNCHANGED: 'Shipping information upload: WeChat already had this parcel',
    ...prefixed('Shipping information upload', SHIPPING_CALL_ENDS),
  },
  SHIPPING_QUERY: {
    THERE: 'Shipping query: WeChat has this parcel',
    NOT_THERE: 'Shipping query: WeChat does not have this parcel',
    ...prefixed('Shipping query', SHIPPING_CALL_ENDS),
  },
  SHIPPING_NOTICE: {
    SHIPPED: 'WeChat has recorded the shipment',
    SETTLED: 'WeChat has released the money',
    REMINDED: 'WeChat reminds the shop to ship',
    ACCESS_API: 'WeChat warns: the shop must report its shipping information',
    TRADE_CONTROLLED: 'WeChat warns: trading of the mini-program is restricted',
  },
};

function prefixed<K extends string>(prefix: string, ends: Readonly<Record<K, string>>): Record<K, string> {
  const entries = Object.entries(ends) as [K, string][];
  return Object.fromEntries(entries.map(([key, end]) => [key, `${prefix}: ${end}`])) as Record<K, string>;
}
