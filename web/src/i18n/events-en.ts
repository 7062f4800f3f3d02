import type { eventsZh } from './events-zh.js';

const verificationFailures = {
  TOO_LARGE: 'it is too large',
  MALFORMED: 'it is not a valid message',
  RETURN_FAIL: 'it reports a failed call',
  BAD_SIGNATURE: 'the signature is wrong',
  FOREIGN_MERCHANT: 'it names another app or merchant',
  FOREIGN_CURRENCY: 'it names another currency',
  UNDECRYPTABLE: 'it cannot be decrypted',
};

const paymentContradictions = {
  PAYMENT_UNKNOWN: 'there is no such payment',
  AMOUNT_MISMATCH: 'the amount does not match',
  TRANSACTION_MISMATCH: 'the transaction number does not match',
};

const refundContradictions = {
  REFUND_UNKNOWN: 'there is no such refund',
  REFUND_MISMATCH: 'the numbers or the amount do not match',
  NEVER_SENT: 'this refund was never sent to WeChat',
  CONTRADICTION: 'it contradicts what is recorded',
};

function withPrefix<K extends string>(prefix: string, ends: Record<K, string>): Record<K, string> {
  const entries = Object.entries(ends) as [K, string][];
  return Object.fromEntries(entries.map(([key, end]) => [key, `${prefix}: ${end}`])) as Record<K, string>;
}

/** The same in English. */
export const eventsEn: typeof eventsZh = {
  lines: {
    PREPAY: {
      ACCEPTED: 'Payment created at WeChat',
      REFUSED: 'WeChat refused to create the payment',
      UNKNOWN: 'Creating the payment at WeChat: no usable answer',
    },
    NOTICE: {
      APPLIED: 'Payment notice: paid',
      REPEATED: 'Payment notice repeated',
      OWED_BACK: 'Payment notice: paid too late or twice, refunded automatically',
      FAILED: 'Payment notice: the payment failed',
      ...withPrefix('Payment notice refused', { ...verificationFailures, ...paymentContradictions }),
    },
    QUERY: {
      APPLIED: 'Payment query: paid',
      REPEATED: 'Payment query: paid, already recorded',
      OWED_BACK: 'Payment query: paid too late or twice, refunded automatically',
      FOREIGN_MERCHANT: 'Payment query: the answer names another app or merchant',
      ...withPrefix('Payment query, answer not applied', paymentContradictions),
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
      EXPIRED: 'Not paid in time: order closed, stock returned',
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
      REFUSED: 'Refund refused by WeChat',
      UNKNOWN: 'Refund sent, no usable answer',
      WITHHELD: 'Refund not sent to WeChat',
    },
    REFUND_QUERY: {
      APPLIED: 'Refund query: result recorded',
      REPEATED: 'Refund query: already recorded',
      PENDING: 'Refund query: in progress',
      ...withPrefix('Refund query, answer not applied', refundContradictions),
      ABSENT: 'Refund query: WeChat has no such refund',
      REFUSED: 'Refund query refused by WeChat',
      UNKNOWN: 'Refund query: no usable answer',
    },
    REFUND_NOTICE: {
      APPLIED: 'Refund notice: result recorded',
      REPEATED: 'Refund notice repeated',
      PENDING: 'Refund notice: in progress',
      ...withPrefix('Refund notice refused', { ...verificationFailures, ...refundContradictions }),
      UNCONFIRMED: 'Refund notice refused: WeChat does not confirm it when asked',
    },
    COUPON_RETURNED: { FULL_REFUND: 'Refunded in full: coupon returned' },
    SHIPMENT: {
      SHIPPED: 'Shipment recorded',
      COMPLETED: 'Shipment complete: no further parcels',
      CORRECTED: 'Shipment corrected',
      RESHIPPED: 'Shipment corrected after completion (the only re-ship)',
      RETRIED: 'Shipment queued for upload to WeChat again',
    },
    SHIPPING_CALL: {
      TAKEN: 'Shipping information uploaded to WeChat',
      COMPLETE: 'Shipping upload: WeChat already had all parcels',
      UNCHANGED: 'Shipping upload: WeChat already had this parcel',
      REFUSED: 'Shipping information refused by WeChat',
      UNKNOWN: 'Shipping upload: no usable answer',
    },
    SHIPPING_QUERY: {
      THERE: 'Shipping query: WeChat has this parcel',
      NOT_THERE: 'Shipping query: WeChat does not have this parcel yet',
      REFUSED: 'Shipping query refused by WeChat',
      UNKNOWN: 'Shipping query: no usable answer',
    },
    SHIPPING_NOTICE: {
      SHIPPED: 'WeChat has recorded the shipment',
      SETTLED: 'WeChat has released the money',
      REMINDED: 'WeChat reminds the shop to ship',
      ACCESS_API: 'WeChat warns: the shop must report its shipping information',
      TRADE_CONTROLLED: 'WeChat warns: trading of the mini-program is restricted',
    },
  },
  facts: {
    refundNo: (refundNo) => `Refund ${refundNo}`,
    amountFen: (amount) => amount,
    transactionId: (id) => `WeChat transaction ${id}`,
    state: (state) => `At WeChat: ${state}`,
    actor: (username) => `By ${username}`,
    reason: (reason) => `Reason: ${reason}`,
    rejectReason: (reason) => `Reason given to the buyer: ${reason}`,
    cause: (cause) => cause,
    failure: (failure) => failure,
    errorCode: (code) => code,
    errorMessage: (message) => `In WeChat's words: ${message}`,
    shipmentNo: (shipmentNo) => `Parcel ${shipmentNo}`,
    isLast: () => 'The last parcel',
    kind: (kind) => kind,
    carrier: (carrier) => carrier,
    trackingNo: (trackingNo) => `No. ${trackingNo}`,
  },
  states: { PROCESSING: 'in progress', SUCCEEDED: 'refunded', ABNORMAL: 'abnormal', CLOSED: 'closed, not refunded' },
  causes: {
    PAID_TWICE: 'The order was paid twice',
    PAID_AFTER_CLOSE: 'Paid after the order was closed',
    ABSENT: 'WeChat has no such payment',
    FAILED: 'The payment failed at WeChat',
  },
  failures: {
    UNREACHABLE: 'WeChat could not be reached; nothing was sent',
    CONNECTION_BROKEN: 'Sent, but the connection broke before the answer',
    HTTP_ERROR: 'WeChat answered with an HTTP error',
    UNUSABLE_ANSWER: "WeChat's answer was unusable",
    BAD_SIGNATURE: 'The signature of the answer is wrong',
    SYSTEM_BUSY: "WeChat's system is busy",
    NOT_CONFIGURED: 'The keys for this call are not configured',
  },
  unknown: (type, result) => `Other event (${type} ${result})`,
};
