/**
 * What the shop has told its clients. Whatever it told must still be true in the end: an order that was answered exists, paid
 * stays paid, closed stays closed, a refund that was promised is the same refund.
 *
 * @typedef {{ orderNo: string, payableFen: number, status: string, paidFen: number, transactionId: string | null,
 *   discountFen: number, couponId: string | null }} OrderTold
 * @typedef {{ refundNo: string, orderNo: string, amountFen: number, status: string, kind: string }} RefundTold
 */
export class AnswerRecord {
  /** @type {Map<string, OrderTold>} the strongest word about each */
  orders = new Map();
  /** @type {Map<string, string>} order by out_trade_no */
  payments = new Map();
  /** @type {Map<string, RefundTold>} */
  refunds = new Map();
  /** Coupons that were handed out. @type {Set<string>} */
  coupons = new Set();
  /** Two answers that contradict each other. @type {string[]} */
  contradictions = [];

  /** @param {OrderTold} order */
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

  /** @param {RefundTold} refund */
  recordRefund(refund) {
    const before = this.refunds.get(refund.refundNo);
    const isFinal = before !== undefined && ['SUCCEEDED', 'REJECTED', 'CANCELLED'].includes(before.status);
    if (isFinal && ['SUCCEEDED', 'REJECTED', 'CANCELLED'].includes(refund.status) && refund.status !== before.status) {
      this.contradictions.push(`refund ${refund.refundNo} was ${before.status}, then ${refund.status}`);
    }
    if (!isFinal) this.refunds.set(refund.refundNo, refund);
  }

  /**
   * The same key has to be the same thing.
   * @param {string} what
   * @param {string} first
   * @param {string} second
   */
  recordSameKey(what, first, second) {
    if (first !== second) this.contradictions.push(`${what}: one key, but ${first} and ${second}`);
  }
}
