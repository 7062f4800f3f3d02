/**
 * @typedef {import('./simulator-process.js').LedgerLine} LedgerLine
 * @typedef {import('./database-reader.js').Records} Records
 * @typedef {import('./answer-record.js').AnswerRecord} AnswerRecord
 * @typedef {{ ledger: LedgerLine[], records: Records, answers: Pick<AnswerRecord, 'orders' | 'payments' | 'refunds' | 'coupons'>, received: Map<string, number> }} Evidence
 * `received`: received pieces of each product
 */

/**
 * Compares WeChat's ledger, our database and the answers that clients received, to the fen.
 * @param {Evidence} evidence
 * @returns {string[]} all differences with their numbers; empty if there are none
 */
export function findDifferences(evidence) {
  return [
    ...comparePayments(evidence),
    ...compareRefunds(evidence),
    ...compareOrders(evidence),
    ...compareWithAnswers(evidence),
    ...compareStock(evidence),
    ...compareCoupons(evidence),
  ];
}

/** @param {Evidence} evidence */
function* comparePayments({ ledger, records }) {
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

/** @param {Evidence} evidence */
function* compareRefunds({ ledger, records }) {
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

/**
 * Compares paid minus refunded amounts, and checks that a closed order keeps no money.
 * @param {Evidence} evidence
 */
function* compareOrders({ ledger, records }) {
  const orderOf = new Map(records.payments.map(({ outTradeNo, orderNo }) => [outTradeNo, orderNo]));
  const there = sumByOrder(ledger.map((entry) => [orderOf.get(entry.out_trade_no), entry.paidFen - entry.refundedFen]));
  const paid = records.payments.filter(({ status }) => status === 'PAID');
  const back = records.refunds.filter(({ status }) => status === 'SUCCEEDED');
  const here = sumByOrder([
    ...paid.map(({ orderNo, amountFen }) => /** @type {Entry} */ ([orderNo, amountFen])),
    ...back.map(({ orderNo, amountFen }) => /** @type {Entry} */ ([orderNo, -amountFen])),
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

/** @typedef {[orderNo: string | undefined, fen: number]} Entry */

/** @param {Entry[]} entries */
function sumByOrder(entries) {
  /** @type {Map<string, number>} */
  const totals = new Map();
  for (const [orderNo = '', fen] of entries) totals.set(orderNo, (totals.get(orderNo) ?? 0) + fen);
  return totals;
}

/**
 * Every answer that a client received must still be true.
 * @param {Evidence} evidence
 */
function* compareWithAnswers({ records, answers }) {
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

/** @param {Evidence} evidence */
function* compareStock({ records, received }) {
  for (const { productId, stock, moved, held } of records.stock) {
    const came = received.get(productId) ?? 0;
    if (stock !== moved) yield `product ${productId}: ${stock} pieces in stock, ${moved} by its movements`;
    if (stock + held !== came)
      yield `product ${productId}: ${came} pieces received, ${stock} in stock and ${held} sold`;
    if (stock < 0) yield `product ${productId}: ${stock} pieces`;
  }
}

/**
 * A coupon belongs to the one paid order that used it and was not fully refunded, or is free. No coupon is changed in a run.
 * @param {Evidence} evidence
 */
function* compareCoupons({ records, answers }) {
  const coupons = new Map(records.coupons.map((coupon) => [coupon.id, coupon]));
  const orders = new Map(records.orders.map((order) => [order.orderNo, order]));
  const users = new Map(records.coupons.map(({ id }) => [id, /** @type {string[]} */ ([])]));
  for (const order of records.orders) {
    const { orderNo, couponId, totalFen, discountFen, lineDiscountFen, payableFen, status } = order;
    const coupon = coupons.get(couponId ?? '');
    const dueFen = coupon ? Math.min(coupon.discountFen, totalFen - 1) : 0;
    if (couponId !== null && !coupon) yield `order ${orderNo}: its coupon ${couponId} does not exist`;
    if (discountFen !== dueFen) yield `order ${orderNo}: ${discountFen} fen discount, expected ${dueFen}`;
    if (lineDiscountFen !== discountFen)
      yield `order ${orderNo}: ${discountFen} fen discount, ${lineDiscountFen} on its lines`;
    if (payableFen !== totalFen - discountFen)
      yield `order ${orderNo}: ${payableFen} fen to pay of ${totalFen} minus ${discountFen}`;
    if (status === 'PAID' && order.refundedFen < order.paidFen) users.get(couponId ?? '')?.push(orderNo);
  }
  for (const { id, orderNo } of records.coupons) {
    const by = users.get(id) ?? [];
    if (by.length > 1) yield `coupon ${id}: used by ${by.join(' and ')}`;
    if (orderNo !== (by[0] ?? null)) yield `coupon ${id}: held by ${orderNo}, used by ${by[0] ?? 'no order'}`;
  }
  for (const id of answers.coupons)
    if (!coupons.has(id)) yield `coupon ${id}: a client received it, but it is not in our database`;
  for (const { orderNo, couponId, discountFen } of answers.orders.values()) {
    const order = orders.get(orderNo);
    if (order && (order.couponId !== couponId || order.discountFen !== discountFen))
      yield `order ${orderNo}: a client received ${discountFen} fen discount by ${couponId}`;
  }
}
