/**
 * Records the answers that clients received. They must still be true at the end: an order in an answer exists, a paid order
 * stays paid, a closed one stays closed, the amount of a refund does not rise, and its final state stays.
 *
 * @typedef {{ orderNo: string, payableFen: number, status: string, paidFen: number, transactionId: string | null,
 *   discountFen: number, couponId: string | null }} OrderAnswer
 * @typedef {{ refundNo: string, orderNo: string, amountFen: number, status: string, kind: string }} RefundAnswer
 */
export class AnswerRecord {
  /** @type {Map<string, OrderAnswer>} the latest answer about each order; the first final one is kept */
  orders = new Map();
  /** @type {Map<string, string>} order by out_trade_no */
  payments = new Map();
  /** @type {Map<string, RefundAnswer>} */
  refunds = new Map();
  /** Granted coupons. @type {Set<string>} */
  coupons = new Set();
  /** Two answers that contradict each other. @type {string[]} */
  contradictions = [];

  /** @param {OrderAnswer} order */
  recordOrder(order) {
    const before = this.orders.get(order.orderNo);
    if (before && before.status !== 'PENDING') {
      const isOther = order.status !== 'PENDING' && order.status !== before.status;
      if (isOther) this.contradictions.push(`order ${order.orderNo} was ${before.status}, then ${order.status}`);
      return;
    }
    this.orders.set(order.orderNo, order);
  }

  /** @param {{ orderNo: string, outTradeNo: string }} payment */
  recordPayment({ orderNo, outTradeNo }) {
    this.payments.set(outTradeNo, orderNo);
  }

  /** @param {RefundAnswer} refund */
  recordRefund(refund) {
    const before = this.refunds.get(refund.refundNo);
    const isFinal = before !== undefined && ['SUCCEEDED', 'REJECTED', 'CANCELLED'].includes(before.status);
    if (isFinal && ['SUCCEEDED', 'REJECTED', 'CANCELLED'].includes(refund.status) && refund.status !== before.status) {
      this.contradictions.push(`refund ${refund.refundNo} was ${before.status}, then ${refund.status}`);
    }
    if (!isFinal) this.refunds.set(refund.refundNo, refund);
  }

  /**
   * Two calls with the same idempotency key must return the same number.
   * @param {string} what
   * @param {string} first
   * @param {string} second
   */
  recordSameKey(what, first, second) {
    if (first !== second) this.contradictions.push(`${what}: one key, but two results: ${first} and ${second}`);
  }
}
