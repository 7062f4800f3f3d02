/**
 * @typedef {import('./simulator-process.js').LedgerLineJson} LedgerLineJson
 * @typedef {import('./database-reader.js').Books} Books
 * @typedef {import('./answer-record.js').AnswerRecord} Told
 * @typedef {{ ledger: LedgerLineJson[], books: Books, told: Pick<Told, 'orders' | 'payments' | 'refunds' | 'coupons'>, received: Map<string, number> }} Evidence
 * `received`: pieces of each product that came into the shop
 */

/**
 * WeChat's ledger, our books and what clients were told, fen by fen.
 * @param {Evidence} evidence
 * @returns {string[]} every difference, by its numbers; empty when all agree
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
function* comparePayments({ ledger, books }) {
  const ours = new Map(books.payments.map((payment) => [payment.outTradeNo, payment]));
  const theirs = new Map(ledger.map((line) => [line.out_trade_no, line]));
  for (const { out_trade_no: no, transaction_id: transaction, paidFen } of ledger) {
    const payment = ours.get(no);
    if (!payment) yield `payment ${no}: WeChat has it, we do not`;
    else if (transaction === null) continue;
    else if (payment.status !== 'PAID') yield `payment ${no}: paid at WeChat (${paidFen} fen), ${payment.status} here`;
    else if (payment.transactionId !== transaction)
      yield `payment ${no}: transaction ${transaction} there, ${payment.transactionId} here`;
    else if (payment.amountFen !== paidFen) yield `payment ${no}: ${paidFen} fen there, ${payment.amountFen} here`;
  }
  for (const { outTradeNo, status, amountFen } of books.payments) {
    if (status === 'PAID' && !theirs.get(outTradeNo)?.transaction_id) {
      yield `payment ${outTradeNo}: PAID here (${amountFen} fen), not paid at WeChat`;
    } else if (status === 'CREATED' || status === 'PREPAID') {
      yield `payment ${outTradeNo}: still ${status}`;
    }
  }
}

/** @param {Evidence} evidence */
function* compareRefunds({ ledger, books }) {
  const ours = new Map(books.refunds.map((refund) => [refund.refundNo, refund]));
  const theirs = new Map(ledger.flatMap(({ refunds }) => refunds.map((refund) => [refund.out_refund_no, refund])));
  for (const [no, { refund_status, refund_fee, refund_id }] of theirs) {
    const refund = ours.get(no);
    if (refund_status === 'REFUNDCLOSE') continue;
    if (refund_status !== 'SUCCESS') yield `refund ${no}: still ${refund_status} at WeChat`;
    else if (!refund) yield `refund ${no}: ${refund_fee} fen went back at WeChat, and we know nothing of it`;
    else if (refund.status !== 'SUCCEEDED') yield `refund ${no}: SUCCESS at WeChat, ${refund.status} here`;
    else if (refund.amountFen !== refund_fee) yield `refund ${no}: ${refund_fee} fen there, ${refund.amountFen} here`;
    else if (refund.wechatRefundId !== refund_id)
      yield `refund ${no}: id ${refund_id} there, ${refund.wechatRefundId} here`;
  }
  for (const { refundNo, status, amountFen } of books.refunds) {
    if (status === 'SUCCEEDED' && theirs.get(refundNo)?.refund_status !== 'SUCCESS') {
      yield `refund ${refundNo}: SUCCEEDED here (${amountFen} fen), not at WeChat`;
    } else if (['REQUESTED', 'PROCESSING', 'ABNORMAL'].includes(status)) {
      yield `refund ${refundNo}: still ${status}`;
    }
  }
}

/**
 * Paid less refunded, and whether it is goods or money back.
 * @param {Evidence} evidence
 */
function* compareOrders({ ledger, books }) {
  const orderOf = new Map(books.payments.map(({ outTradeNo, orderNo }) => [outTradeNo, orderNo]));
  const there = sumByOrder(ledger.map((line) => [orderOf.get(line.out_trade_no), line.paidFen - line.refundedFen]));
  const paid = books.payments.filter(({ status }) => status === 'PAID');
  const back = books.refunds.filter(({ status }) => status === 'SUCCEEDED');
  const here = sumByOrder([
    ...paid.map(({ orderNo, amountFen }) => /** @type {Entry} */ ([orderNo, amountFen])),
    ...back.map(({ orderNo, amountFen }) => /** @type {Entry} */ ([orderNo, -amountFen])),
  ]);
  for (const { orderNo, status, refundStatus, payableFen, paidFen, refundedFen, transactionId } of books.orders) {
    const keptFen = here.get(orderNo) ?? 0;
    const keptThereFen = there.get(orderNo) ?? 0;
    const ownFen = paidFen - refundedFen;
    if (keptFen !== keptThereFen)
      yield `order ${orderNo}: ${keptThereFen} fen kept by WeChat's ledger, ${keptFen} by ours`;
    if (keptFen !== ownFen)
      yield `order ${orderNo}: its payments and refunds leave ${keptFen} fen, its own sums ${ownFen}`;
    if (status === 'PENDING') yield `order ${orderNo}: still PENDING`;
    if (status === 'CLOSED' && keptFen !== 0) yield `order ${orderNo}: CLOSED, and ${keptFen} fen were kept`;
    if (status === 'PAID' && (paidFen !== payableFen || transactionId === null))
      yield `order ${orderNo}: PAID with ${paidFen} of ${payableFen} fen`;
    if (refundedFen > paidFen || refundedFen < 0) yield `order ${orderNo}: ${refundedFen} fen given back of ${paidFen}`;
    const expected = refundedFen === 0 ? 'NONE' : refundedFen >= paidFen ? 'FULL' : 'PARTIAL';
    if (refundStatus !== expected)
      yield `order ${orderNo}: refundStatus ${refundStatus}, and ${refundedFen} of ${paidFen} fen are back`;
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
 * What clients were told must still be true.
 * @param {Evidence} evidence
 */
function* compareWithAnswers({ books, told }) {
  const orders = new Map(books.orders.map((order) => [order.orderNo, order]));
  const payments = new Map(books.payments.map((payment) => [payment.outTradeNo, payment]));
  const refunds = new Map(books.refunds.map((refund) => [refund.refundNo, refund]));
  for (const { orderNo, status, payableFen, transactionId } of told.orders.values()) {
    const order = orders.get(orderNo);
    if (!order) yield `order ${orderNo}: a client has it, we do not`;
    else if (status !== 'PENDING' && order.status !== status)
      yield `order ${orderNo}: a client was told ${status}, it is ${order.status}`;
    else if (order.payableFen !== payableFen)
      yield `order ${orderNo}: a client was told ${payableFen} fen, it costs ${order.payableFen}`;
    else if (status === 'PAID' && order.transactionId !== transactionId)
      yield `order ${orderNo}: a client was told transaction ${transactionId}, it is ${order.transactionId}`;
  }
  for (const [outTradeNo, orderNo] of told.payments) {
    if (payments.get(outTradeNo)?.orderNo !== orderNo) yield `payment ${outTradeNo}: a client has it, we do not`;
  }
  for (const { refundNo, status, amountFen, orderNo } of told.refunds.values()) {
    const refund = refunds.get(refundNo);
    const isFinal = ['SUCCEEDED', 'REJECTED', 'CANCELLED'].includes(status);
    if (refund?.orderNo !== orderNo) yield `refund ${refundNo}: a client has it, we do not`;
    else if (isFinal && refund.status !== status)
      yield `refund ${refundNo}: a client was told ${status}, it is ${refund.status}`;
    else if (refund.amountFen > amountFen)
      yield `refund ${refundNo}: a client was told ${amountFen} fen, it is ${refund.amountFen}`;
  }
}

/** @param {Evidence} evidence */
function* compareStock({ books, received }) {
  for (const { productId, stock, moved, held } of books.stock) {
    const came = received.get(productId) ?? 0;
    if (stock !== moved) yield `product ${productId}: ${stock} pieces on the shelf, ${moved} by its movements`;
    if (stock + held !== came)
      yield `product ${productId}: ${came} pieces came in, ${stock} are there and ${held} sold`;
    if (stock < 0) yield `product ${productId}: ${stock} pieces`;
  }
}

/**
 * A coupon is with the one order that was paid with it and kept its money, or free; nobody changes or ends one in this run.
 * @param {Evidence} evidence
 */
function* compareCoupons({ books, told }) {
  const coupons = new Map(books.coupons.map((coupon) => [coupon.id, coupon]));
  const orders = new Map(books.orders.map((order) => [order.orderNo, order]));
  const users = new Map(books.coupons.map(({ id }) => [id, /** @type {string[]} */ ([])]));
  for (const order of books.orders) {
    const { orderNo, couponId, totalFen, discountFen, lineDiscountFen, payableFen, status } = order;
    const coupon = coupons.get(couponId ?? '');
    const dueFen = coupon ? Math.min(coupon.discountFen, totalFen - 1) : 0;
    if (couponId !== null && !coupon) yield `order ${orderNo}: its coupon ${couponId} is not there`;
    if (discountFen !== dueFen) yield `order ${orderNo}: ${discountFen} fen off, ${dueFen} were due`;
    if (lineDiscountFen !== discountFen)
      yield `order ${orderNo}: ${discountFen} fen off, ${lineDiscountFen} on its lines`;
    if (payableFen !== totalFen - discountFen)
      yield `order ${orderNo}: ${payableFen} fen to pay of ${totalFen} less ${discountFen}`;
    if (status === 'PAID' && order.refundedFen < order.paidFen) users.get(couponId ?? '')?.push(orderNo);
  }
  for (const { id, orderNo } of books.coupons) {
    const by = users.get(id) ?? [];
    if (by.length > 1) yield `coupon ${id}: used by ${by.join(' and ')}`;
    if (orderNo !== (by[0] ?? null)) yield `coupon ${id}: held by ${orderNo}, used by ${by[0] ?? 'nobody'}`;
  }
  for (const id of told.coupons) if (!coupons.has(id)) yield `coupon ${id}: a client has it, we do not`;
  for (const { orderNo, couponId, discountFen } of told.orders.values()) {
    const order = orders.get(orderNo);
    if (order && (order.couponId !== couponId || order.discountFen !== discountFen))
      yield `order ${orderNo}: a client was told ${discountFen} fen off by ${couponId}`;
  }
}
