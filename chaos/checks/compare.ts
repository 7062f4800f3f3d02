import type { LedgerLine } from '../../tools/client/simulator-client.ts';
import type { Records } from './database-reader.ts';
import type { AnswerRecord } from '../clients/answer-record.ts';

/** The parts of a line of WeChat's ledger that are compared. */
type LedgerEntry = Omit<LedgerLine, 'openid' | 'paidAt' | 'refunds'> & {
  refunds: Omit<LedgerLine['refunds'][number], 'refund_request_source'>[];
};

/** `initialStock`: units of each product at the start of the run */
export type Evidence = {
  ledger: LedgerEntry[];
  records: Records;
  answers: Pick<AnswerRecord, 'orders' | 'payments' | 'refunds' | 'userCoupons'>;
  initialStock: Map<string, number>;
};

/**
 * Compares WeChat's ledger, our database and the responses that clients received, to the fen.
 * @returns all violations with their numbers; empty if there are none
 */
export function findViolations(evidence: Evidence): string[] {
  return [
    ...comparePayments(evidence),
    ...compareRefunds(evidence),
    ...compareOrders(evidence),
    ...compareWithAnswers(evidence),
    ...compareStock(evidence),
    ...compareCoupons(evidence),
  ];
}

function* comparePayments({ ledger, records }: Evidence) {
  const ours = new Map(records.payments.map((payment) => [payment.outTradeNo, payment]));
  const theirs = new Map(ledger.map((entry) => [entry.out_trade_no, entry]));
  for (const { out_trade_no: no, transaction_id: transaction, paidFen } of ledger) {
    const payment = ours.get(no);
    if (!payment) yield `payment ${no}: exists at WeChat, not in our database`;
    else if (transaction === null) continue;
    else if (payment.status !== 'PAID') yield `payment ${no}: paid at WeChat (${paidFen} fen), ${payment.status} here`;
    else if (payment.transactionId !== transaction)
      yield `payment ${no}: transaction ${transaction} there, ${payment.transactionId} here`;
    else if (payment.amountFen !== paidFen) yield `payment ${no}: ${paidFen} fen there, ${payment.amountFen} here`;
  }
  for (const { outTradeNo, status, amountFen } of records.payments) {
    if (status === 'PAID' && !theirs.get(outTradeNo)?.transaction_id) {
      yield `payment ${outTradeNo}: PAID here (${amountFen} fen), not paid at WeChat`;
    } else if (status === 'CREATED' || status === 'PREPAID') {
      yield `payment ${outTradeNo}: still ${status}`;
    }
  }
}

function* compareRefunds({ ledger, records }: Evidence) {
  const ours = new Map(records.refunds.map((refund) => [refund.refundNo, refund]));
  const theirs = new Map(ledger.flatMap(({ refunds }) => refunds.map((refund) => [refund.out_refund_no, refund])));
  for (const [no, { refund_status, refund_fee, refund_id }] of theirs) {
    const refund = ours.get(no);
    if (refund_status === 'REFUNDCLOSE') continue;
    if (refund_status !== 'SUCCESS') yield `refund ${no}: still ${refund_status} at WeChat`;
    else if (!refund) yield `refund ${no}: ${refund_fee} fen refunded at WeChat, not in our database`;
    else if (refund.status !== 'SUCCEEDED') yield `refund ${no}: SUCCESS at WeChat, ${refund.status} here`;
    else if (refund.amountFen !== refund_fee) yield `refund ${no}: ${refund_fee} fen there, ${refund.amountFen} here`;
    else if (refund.wechatRefundId !== refund_id)
      yield `refund ${no}: id ${refund_id} there, ${refund.wechatRefundId} here`;
  }
  for (const { refundNo, status, amountFen } of records.refunds) {
    if (status === 'SUCCEEDED' && theirs.get(refundNo)?.refund_status !== 'SUCCESS') {
      yield `refund ${refundNo}: SUCCEEDED here (${amountFen} fen), not at WeChat`;
    } else if (['REQUESTED', 'PROCESSING', 'ABNORMAL'].includes(status)) {
      yield `refund ${refundNo}: still ${status}`;
    }
  }
}

/** Compares paid minus refunded amounts, and checks that a closed order keeps no money. */
function* compareOrders({ ledger, records }: Evidence) {
  const orderOf = new Map(records.payments.map(({ outTradeNo, orderNo }) => [outTradeNo, orderNo]));
  const there = sumByOrder(ledger.map((entry) => [orderOf.get(entry.out_trade_no), entry.paidFen - entry.refundedFen]));
  const paid = records.payments.filter(({ status }) => status === 'PAID');
  const back = records.refunds.filter(({ status }) => status === 'SUCCEEDED');
  const here = sumByOrder([
    ...paid.map(({ orderNo, amountFen }) => [orderNo, amountFen] as Entry),
    ...back.map(({ orderNo, amountFen }) => [orderNo, -amountFen] as Entry),
  ]);
  for (const { orderNo, status, refundStatus, payableFen, paidFen, refundedFen, transactionId } of records.orders) {
    const keptFen = here.get(orderNo) ?? 0;
    const keptThereFen = there.get(orderNo) ?? 0;
    const ownFen = paidFen - refundedFen;
    if (keptFen !== keptThereFen)
      yield `order ${orderNo}: ${keptThereFen} fen kept in WeChat's ledger, ${keptFen} in our database`;
    if (keptFen !== ownFen)
      yield `order ${orderNo}: its payments and refunds give ${keptFen} fen, its own totals ${ownFen}`;
    if (status === 'PENDING') yield `order ${orderNo}: still PENDING`;
    if (status === 'CLOSED' && keptFen !== 0) yield `order ${orderNo}: CLOSED, but ${keptFen} fen are kept`;
    if (status === 'PAID' && (paidFen !== payableFen || transactionId === null))
      yield `order ${orderNo}: PAID with ${paidFen} of ${payableFen} fen`;
    if (refundedFen > paidFen || refundedFen < 0) yield `order ${orderNo}: ${refundedFen} fen refunded of ${paidFen}`;
    const expected = refundedFen === 0 ? 'NONE' : refundedFen >= paidFen ? 'FULL' : 'PARTIAL';
    if (refundStatus !== expected)
      yield `order ${orderNo}: refundStatus ${refundStatus}, but ${refundedFen} of ${paidFen} fen are refunded`;
  }
}

type Entry = [orderNo: string | undefined, fen: number];

function sumByOrder(entries: Entry[]) {
  const totals = new Map<string, number>();
  for (const [orderNo = '', fen] of entries) totals.set(orderNo, (totals.get(orderNo) ?? 0) + fen);
  return totals;
}

/** Every response that a client received must still be true. */
function* compareWithAnswers({ records, answers }: Evidence) {
  const orders = new Map(records.orders.map((order) => [order.orderNo, order]));
  const payments = new Map(records.payments.map((payment) => [payment.outTradeNo, payment]));
  const refunds = new Map(records.refunds.map((refund) => [refund.refundNo, refund]));
  for (const { orderNo, status, payableFen, transactionId } of answers.orders.values()) {
    const order = orders.get(orderNo);
    if (!order) yield `order ${orderNo}: a client received it, but it is not in our database`;
    else if (status !== 'PENDING' && order.status !== status)
      yield `order ${orderNo}: a client received ${status}, but it is ${order.status}`;
    else if (order.payableFen !== payableFen)
      yield `order ${orderNo}: a client received ${payableFen} fen, but it costs ${order.payableFen}`;
    else if (status === 'PAID' && order.transactionId !== transactionId)
      yield `order ${orderNo}: a client received transaction ${transactionId}, but it is ${order.transactionId}`;
  }
  for (const [outTradeNo, orderNo] of answers.payments) {
    if (payments.get(outTradeNo)?.orderNo !== orderNo)
      yield `payment ${outTradeNo}: a client received it, but it is not in our database`;
  }
  for (const { refundNo, status, amountFen, orderNo } of answers.refunds.values()) {
    const refund = refunds.get(refundNo);
    const isFinal = ['SUCCEEDED', 'REJECTED', 'CANCELLED'].includes(status);
    if (refund?.orderNo !== orderNo) yield `refund ${refundNo}: a client received it, but it is not in our database`;
    else if (isFinal && refund.status !== status)
      yield `refund ${refundNo}: a client received ${status}, but it is ${refund.status}`;
    else if (refund.amountFen > amountFen)
      yield `refund ${refundNo}: a client received ${amountFen} fen, but it is ${refund.amountFen}`;
  }
}

function* compareStock({ records, initialStock }: Evidence) {
  for (const { productId, stock, moved, soldOrReserved } of records.stock) {
    const initial = initialStock.get(productId) ?? 0;
    if (stock !== moved) yield `product ${productId}: ${stock} units in stock, ${moved} by its movements`;
    if (stock + soldOrReserved !== initial)
      yield `product ${productId}: ${initial} units of initial stock, but ${stock} in stock and ${soldOrReserved} sold or reserved`;
    if (stock < 0) yield `product ${productId}: ${stock} units`;
  }
}

/**
 * A user coupon belongs to the one paid order that used it and was not fully refunded, or is free. No coupon is changed in
 * a run.
 */
function* compareCoupons({ records, answers }: Evidence) {
  const userCoupons = new Map(records.userCoupons.map((userCoupon) => [userCoupon.userCouponId, userCoupon]));
  const orders = new Map(records.orders.map((order) => [order.orderNo, order]));
  const usingOrders = new Map(records.userCoupons.map(({ userCouponId }) => [userCouponId, [] as string[]]));
  for (const order of records.orders) {
    const { orderNo, userCouponId, totalFen, discountFen, lineDiscountFen, payableFen, status } = order;
    const userCoupon = userCoupons.get(userCouponId ?? '');
    const dueFen = userCoupon ? Math.min(userCoupon.discountFen, totalFen - 1) : 0;
    if (userCouponId !== null && !userCoupon) yield `order ${orderNo}: its user coupon ${userCouponId} does not exist`;
    if (discountFen !== dueFen) yield `order ${orderNo}: ${discountFen} fen discount, expected ${dueFen}`;
    if (lineDiscountFen !== discountFen)
      yield `order ${orderNo}: ${discountFen} fen discount, ${lineDiscountFen} on its items`;
    if (payableFen !== totalFen - discountFen)
      yield `order ${orderNo}: ${payableFen} fen to pay of ${totalFen} minus ${discountFen}`;
    if (status === 'PAID' && order.refundedFen < order.paidFen) usingOrders.get(userCouponId ?? '')?.push(orderNo);
  }
  for (const { userCouponId, orderNo } of records.userCoupons) {
    const by = usingOrders.get(userCouponId) ?? [];
    if (by.length > 1) yield `user coupon ${userCouponId}: used by ${by.join(' and ')}`;
    if (orderNo !== (by[0] ?? null))
      yield `user coupon ${userCouponId}: assigned to ${orderNo}, used by ${by[0] ?? 'no order'}`;
  }
  for (const id of answers.userCoupons)
    if (!userCoupons.has(id)) yield `user coupon ${id}: a client received it, but it is not in our database`;
  for (const { orderNo, couponId: userCouponId, discountFen } of answers.orders.values()) {
    const order = orders.get(orderNo);
    if (order && (order.userCouponId !== userCouponId || order.discountFen !== discountFen))
      yield `order ${orderNo}: a client received ${discountFen} fen discount by ${userCouponId}`;
  }
}
