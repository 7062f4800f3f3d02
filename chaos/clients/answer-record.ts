/** What is recorded of an order in a response. */
export type OrderAnswer = {
  orderNo: string;
  payableFen: number;
  status: string;
  paidFen: number;
  transactionId: string | null;
  discountFen: number;
  /** As the API names it: the id of the user coupon. */
  couponId: string | null;
};
/** What is recorded of a refund in a response. */
export type RefundAnswer = { refundNo: string; orderNo: string; amountFen: number; status: string; kind: string };

/**
 * Records the responses that clients received. They must still be true at the end: an order in a response exists, a
 * paid order stays paid, a closed one stays closed, the amount of a refund does not rise, and its final state stays.
 */
export class AnswerRecord {
  /** The latest response about each order; the first final one is kept */
  orders = new Map<string, OrderAnswer>();
  /** Order by out_trade_no */
  payments = new Map<string, string>();

  refunds = new Map<string, RefundAnswer>();
  /** Ids of the user coupons that staff granted. */
  userCoupons = new Set<string>();
  /** Two responses that contradict each other. */
  contradictions: string[] = [];

  recordOrder(order: OrderAnswer) {
    const before = this.orders.get(order.orderNo);
    if (before && before.status !== 'PENDING') {
      const isOther = order.status !== 'PENDING' && order.status !== before.status;
      if (isOther) this.contradictions.push(`order ${order.orderNo} was ${before.status}, then ${order.status}`);
      return;
    }
    this.orders.set(order.orderNo, order);
  }

  recordPayment({ orderNo, outTradeNo }: { orderNo: string; outTradeNo: string }) {
    this.payments.set(outTradeNo, orderNo);
  }

  recordRefund(refund: RefundAnswer) {
    const before = this.refunds.get(refund.refundNo);
    const isFinal = before !== undefined && ['SUCCEEDED', 'REJECTED', 'CANCELLED'].includes(before.status);
    if (isFinal && ['SUCCEEDED', 'REJECTED', 'CANCELLED'].includes(refund.status) && refund.status !== before.status) {
      this.contradictions.push(`refund ${refund.refundNo} was ${before.status}, then ${refund.status}`);
    }
    if (!isFinal) this.refunds.set(refund.refundNo, refund);
  }

  /** Two calls with the same idempotency key must return the same number. */
  recordSameKey(what: string, first: string, second: string) {
    if (first !== second) this.contradictions.push(`${what}: one key, but two results: ${first} and ${second}`);
  }
}
