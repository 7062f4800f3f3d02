import { UnitOfWork } from '../../../src/database/unit-of-work.js';
import { isOnMysql } from '../../support/database/scratch-database.js';
import type { PopulatedShop } from './populated-shop.js';
import { BILL_BREAKS } from './bill-breaks.js';
import { OUTBOUND_EVENT_BREAKS } from './outbound-event-breaks.js';
import { breakBySql, type InvariantBreak, type NumberOf } from './break-by-sql.js';
import { copyRows } from './table-snapshot.js';

const FAR_FUTURE = "'2099-01-01 00:00:00.000'";
const FAR_PAST = "'2020-01-01 00:00:00.000'";

const sold: NumberOf = ({ sold: { orderNo } }) => orderNo;
const pending: NumberOf = ({ pending: { orderNo } }) => orderNo;
const cancelled: NumberOf = ({ cancelled: { orderNo } }) => orderNo;
const attemptOf =
  (order: NumberOf): NumberOf =>
  (shop) =>
    `${order(shop)}-1`;
const overpayment: NumberOf = ({ overpayment }) => overpayment;
const refund =
  (which: keyof PopulatedShop['refunds']): NumberOf =>
  ({ refunds }) =>
    refunds[which].refundNo;
const couponOrder =
  (which: Exclude<keyof PopulatedShop['coupons'], 'free'>): NumberOf =>
  ({ coupons }) =>
    coupons[which].orderNo;

/** Replaces a unique index, so that a duplicate can be inserted. */
async function replaceUniqueIndex(
  shop: PopulatedShop,
  table: string,
  column: string,
  ...statements: string[]
): Promise<void> {
  const index = `${table}_${column}`;
  const drop = isOnMysql ? `DROP INDEX ${index} ON ${table}` : `DROP INDEX ${index}`;
  await shop.fixture.shop.rawUpdate(drop, `CREATE INDEX ${index} ON ${table} (${column})`, ...statements);
}

/** Refunds a fully refunded payment again, without violating another invariant. */
async function refundPaymentTwice(shop: PopulatedShop): Promise<string[]> {
  const { overpayment } = shop;
  await shop.fixture.shop.firstInstance.app.get(UnitOfWork).run(async (tx) => {
    const [{ refund_no: first }] = await tx.query<[{ refund_no: string }]>(
      `SELECT refund_no FROM refunds WHERE out_trade_no = '${overpayment}'`,
    );
    await copyRows(tx, 'refunds', `refund_no = '${first}'`, () => ({
      refund_no: 'AGAIN',
      wechat_refund_id: 'AGAIN',
      version: 1, // as from before the first event
    }));
    await copyRows(tx, 'order_events', `facts LIKE '{"refundNo":"${first}"%'`, ({ facts }) => ({
      facts: String(facts).replace(first, 'AGAIN'),
    }));
    await tx.query(`UPDATE payments SET refund_held_fen = 2 * refund_held_fen, refund_count = 2
      WHERE out_trade_no = '${overpayment}'`);
  });
  return [overpayment];
}

export const INVARIANT_BREAKS: readonly InvariantBreak[] = [
  { name: 'refunds-within-payment', what: 'a payment is refunded twice', apply: refundPaymentTwice },
  breakBySql(
    'held-is-what-refunds-hold',
    'the reserved amount of a payment is too low',
    ({ refunds }) => `${refunds.partial.orderNo}-1`,
    `UPDATE payments SET refund_held_fen = refund_held_fen - 1 WHERE out_trade_no = '#'`,
  ),
  breakBySql(
    'payment-asks-for-its-order',
    'an attempt has another amount than its order',
    attemptOf(pending),
    `UPDATE payments SET amount_fen = amount_fen + 1 WHERE out_trade_no = '#'`,
  ),
  breakBySql(
    'payment-fits-its-state',
    'a prepaid attempt has no prepay_id',
    attemptOf(pending),
    `UPDATE payments SET prepay_id = NULL WHERE out_trade_no = '#'`,
  ),
  breakBySql(
    'payment-has-an-account',
    'a payment has no merchant number',
    attemptOf(pending),
    `UPDATE payments SET mch_id = '' WHERE out_trade_no = '#'`,
  ),
  breakBySql(
    'payment-has-an-account',
    'a refund that was sent has no channel',
    refund('partial'),
    `UPDATE refunds SET channel = NULL WHERE refund_no = '#'`,
  ),
  breakBySql(
    'one-success-for-an-order',
    'an order keeps two payments',
    ({ paidTwice }) => paidTwice.orderNo,
    `UPDATE payments SET refund_due_fen = 0 WHERE order_no = '#'`,
  ),
  breakBySql(
    'late-payment-is-refunded',
    'the automatic refund is missing',
    overpayment,
    `DELETE FROM refunds WHERE out_trade_no = '#'`,
    `UPDATE payments SET refund_held_fen = 0, refund_count = 0 WHERE out_trade_no = '#'`,
  ),
  breakBySql(
    'one-open-attempt',
    'a closed order can still be paid',
    cancelled,
    `UPDATE payments SET status = 'PREPAID', next_check_at = ${FAR_FUTURE} WHERE order_no = '#'`,
  ),
  breakBySql(
    'attempts-are-counted',
    'the attempt counter of an order is too high',
    sold,
    `UPDATE orders SET attempt_count = attempt_count + 1 WHERE order_no = '#'`,
  ),
  breakBySql(
    'order-fits-its-origin',
    'an order of the shop has no user',
    sold,
    `UPDATE orders SET user_id = NULL WHERE order_no = '#'`,
  ),
  breakBySql(
    'order-fits-its-origin',
    "a payment order has lost the merchant's number",
    ({ external: { orderNo } }) => orderNo,
    `UPDATE orders SET merchant_order_no = NULL WHERE order_no = '#'`,
  ),
  breakBySql(
    'order-costs-its-lines',
    'an item costs one fen more',
    sold,
    `UPDATE order_items SET unit_fen = unit_fen + 1 WHERE order_id = (SELECT id FROM orders WHERE order_no = '#')`,
  ),
  breakBySql(
    'order-costs-its-lines',
    'an item has the price zero',
    ({ pending: { orderNo } }) => orderNo,
    `UPDATE order_items SET unit_fen = 0 WHERE order_id = (SELECT id FROM orders WHERE order_no = '#')`,
  ),
  breakBySql(
    'order-follows-its-payments',
    'the paid amount of an order is too low',
    sold,
    `UPDATE orders SET paid_fen = paid_fen - 1 WHERE order_no = '#'`,
  ),
  breakBySql(
    'order-follows-its-payments',
    'the paid amount of a closed order omits a late payment',
    ({ late }) => late.orderNo,
    `UPDATE orders SET paid_fen = paid_fen - 1 WHERE order_no = '#'`,
  ),
  breakBySql(
    'order-follows-its-refunds',
    'an order has a wrong refund status',
    sold,
    `UPDATE orders SET refund_status = 'FULL' WHERE order_no = '#'`,
  ),
  breakBySql(
    'order-follows-its-refunds',
    'an order has a wrong number of refund requests',
    ({ refunds }) => refunds.undecided.orderNo,
    `UPDATE orders SET refunds_requested = refunds_requested + 1 WHERE order_no = '#'`,
  ),
  breakBySql(
    'refund-fits-its-payment',
    'a refund has another payment amount',
    refund('partial'),
    `UPDATE refunds SET paid_fen = paid_fen + 1 WHERE refund_no = '#'`,
  ),
  breakBySql(
    'refund-fits-its-state',
    'a succeeded refund has no WeChat refund id',
    refund('full'),
    `UPDATE refunds SET wechat_refund_id = NULL WHERE refund_no = '#'`,
  ),
  breakBySql(
    'refund-fits-its-state',
    'a refund was sent before it was decided',
    refund('undecided'),
    `UPDATE refunds SET send_count = 1 WHERE refund_no = '#'`,
  ),
  breakBySql(
    'redirect-has-its-call',
    'a refund has a destination without a call',
    refund('full'),
    `UPDATE refunds SET redirect_to = 'MERCHANT' WHERE refund_no = '#'`,
  ),
  breakBySql(
    'redirect-has-its-call',
    'a refund whose money the buyer has is confirmed as paid otherwise',
    refund('full'),
    `UPDATE refunds SET paid_otherwise_at = completed_at, paid_otherwise_note = 'x' WHERE refund_no = '#'`,
  ),
  breakBySql(
    'stock-is-what-moved',
    'a product has a unit without a movement',
    ({ fixture }) => fixture.tea,
    `UPDATE products SET stock = stock + 1 WHERE product_id = '#'`,
  ),
  breakBySql(
    'pieces-are-reserved-once',
    'an order has not reserved its items',
    sold,
    `UPDATE products SET stock = stock + 1 WHERE product_id = (SELECT product_id FROM stock_movements WHERE order_no = '#')`,
    `DELETE FROM stock_movements WHERE order_no = '#'`,
  ),
  breakBySql(
    'pieces-come-back-once',
    'a closed order has not released its items',
    cancelled,
    `UPDATE products SET stock = stock - 1 WHERE product_id = (SELECT product_id FROM stock_movements WHERE order_no = '#' AND kind = 'RELEASED')`,
    `DELETE FROM stock_movements WHERE order_no = '#' AND kind = 'RELEASED'`,
  ),
  breakBySql(
    'returned-pieces-were-sold',
    'a returned item has no stock movement',
    ({ refunds }) => refunds.full.orderNo,
    `UPDATE products SET stock = stock - 1 WHERE product_id = (SELECT product_id FROM stock_movements WHERE order_no = '#' AND kind = 'RETURNED')`,
    `DELETE FROM stock_movements WHERE order_no = '#' AND kind = 'RETURNED'`,
  ),
  breakBySql(
    'returned-pieces-were-sold',
    'an item has a returned unit without a refund',
    sold,
    `UPDATE order_items SET return_held = 1 WHERE order_id = (SELECT id FROM orders WHERE order_no = '#')`,
  ),
  breakBySql(
    'return-has-its-refund',
    'an undecided refund lists a unit',
    refund('undecided'),
    `INSERT INTO refund_items (refund_id, product_id, quantity)
     SELECT id, 'TEA', 1 FROM refunds WHERE refund_no = '#'`,
  ),
  breakBySql(
    'return-has-its-refund',
    'a unit was returned by an unknown refund',
    ({ refunds }) => refunds.full.orderNo,
    `UPDATE stock_movements SET refund_no = 'NOSUCH' WHERE order_no = '#' AND kind = 'RETURNED'`,
  ),
  breakBySql(
    'movement-has-its-cause',
    'a movement has an unknown order',
    () => 'UNKNOWN',
    `INSERT INTO stock_movements (product_id, order_no, kind, pieces, created_at)
     SELECT product_id, '#', 'RESERVED', 0, created_at FROM products LIMIT 1`,
  ),
  breakBySql(
    'discount-is-its-lines',
    'the item discounts do not add up to the discount',
    couponOrder('used'),
    `UPDATE order_items SET discount_fen = discount_fen - 1
     WHERE discount_fen > 400 AND order_id = (SELECT id FROM orders WHERE order_no = '#')`,
  ),
  breakBySql(
    'discount-is-its-lines',
    'an item discount exceeds the amount of its item',
    couponOrder('used'),
    `UPDATE order_items SET discount_fen = CASE WHEN quantity = 3 THEN 1000 ELSE 0 END
     WHERE order_id = (SELECT id FROM orders WHERE order_no = '#')`,
  ),
  breakBySql(
    'discount-has-its-coupon',
    'an order has a discount without a coupon',
    couponOrder('released'),
    `UPDATE orders SET coupon_id = NULL WHERE order_no = '#'`,
  ),
  breakBySql(
    'order-holds-its-coupon',
    'a paid order no longer has its coupon',
    couponOrder('used'),
    `UPDATE user_coupons SET order_no = NULL WHERE order_no = '#'`,
  ),
  breakBySql(
    'order-holds-its-coupon',
    'two orders share a coupon',
    couponOrder('reserved'),
    `DELETE FROM user_coupons WHERE order_no = '#'`,
    `UPDATE orders SET coupon_id = (SELECT user_coupon_id FROM user_coupons WHERE order_no IS NOT NULL LIMIT 1)
     WHERE order_no = '#'`,
  ),
  breakBySql(
    'order-holds-its-coupon',
    'a closed order keeps its coupon',
    couponOrder('released'),
    `UPDATE user_coupons SET order_no = '#' WHERE user_coupon_id = (SELECT coupon_id FROM orders WHERE order_no = '#')`,
  ),
  breakBySql(
    'coupon-is-held-by-its-order',
    'a coupon has an unknown order',
    ({ coupons }) => coupons.free,
    `UPDATE user_coupons SET order_no = 'GHOST' WHERE user_coupon_id = '#'`,
  ),
  breakBySql(
    'coupon-has-its-kind',
    'a granted coupon has no coupon definition',
    () => 'FORGED',
    `INSERT INTO user_coupons (user_coupon_id, coupon_id, user_id, granted_at)
     SELECT '#', 'NOKIND', id, ${FAR_PAST} FROM users LIMIT 1`,
  ),
  breakBySql(
    'returned-coupon-has-its-event',
    'the event of a returned coupon is missing',
    couponOrder('returned'),
    `DELETE FROM order_events WHERE order_no = '#' AND type = 'COUPON_RETURNED'`,
  ),
  breakBySql(
    'returned-coupon-has-its-event',
    'a coupon has a return event after a partial refund',
    couponOrder('used'),
    `INSERT INTO order_events (at, order_no, type, result) VALUES (${FAR_PAST}, '#', 'COUPON_RETURNED', 'FULL_REFUND')`,
  ),
  breakBySql(
    'what-waits-has-a-date',
    'a pending order has no due date',
    pending,
    `UPDATE orders SET next_check_at = NULL WHERE order_no = '#'`,
  ),
  breakBySql(
    'what-waits-has-a-date',
    'an open payment has no due date',
    attemptOf(pending),
    `UPDATE payments SET next_check_at = NULL WHERE out_trade_no = '#'`,
  ),
  breakBySql(
    'what-waits-has-a-date',
    'a refund in progress has no due date',
    refund('inProgress'),
    `UPDATE refunds SET next_check_at = NULL WHERE refund_no = '#'`,
  ),
  breakBySql(
    'nothing-is-overdue',
    'an order is overdue',
    pending,
    `UPDATE orders SET next_check_at = ${FAR_PAST} WHERE order_no = '#'`,
  ),
  breakBySql(
    'nothing-is-overdue',
    'a payment is overdue',
    attemptOf(pending),
    `UPDATE payments SET next_check_at = ${FAR_PAST} WHERE out_trade_no = '#'`,
  ),
  breakBySql(
    'nothing-is-overdue',
    'a refund is overdue',
    refund('inProgress'),
    `UPDATE refunds SET next_check_at = ${FAR_PAST} WHERE refund_no = '#'`,
  ),
  breakBySql(
    'what-is-over-waits-for-nothing',
    'a paid order has a due date',
    sold,
    `UPDATE orders SET next_check_at = ${FAR_FUTURE} WHERE order_no = '#'`,
  ),
  breakBySql(
    'what-is-over-waits-for-nothing',
    'a rejected refund has a due date',
    refund('rejected'),
    `UPDATE refunds SET next_check_at = ${FAR_FUTURE} WHERE refund_no = '#'`,
  ),
  breakBySql(
    'payment-has-its-event',
    'the event of a paid payment is missing',
    attemptOf(sold),
    `DELETE FROM order_events WHERE out_trade_no = '#' AND result = 'APPLIED'`,
  ),
  breakBySql(
    'payment-has-its-event',
    'an unpaid payment has a payment event',
    attemptOf(pending),
    `INSERT INTO order_events (at, out_trade_no, type, result) VALUES (${FAR_PAST}, '#', 'NOTICE', 'APPLIED')`,
  ),
  breakBySql(
    'close-has-its-event',
    'the close event of an order is missing',
    cancelled,
    `DELETE FROM order_events WHERE order_no = '#' AND type = 'ORDER_CLOSED'`,
  ),
  breakBySql(
    'refund-has-its-events',
    'the success event of a refund is missing',
    refund('full'),
    `DELETE FROM order_events WHERE facts LIKE '%"#"%"SUCCEEDED"%' AND result = 'APPLIED'`,
  ),
  breakBySql(
    'refund-has-its-events',
    'the withdrawal event of a refund is missing',
    refund('withdrawn'),
    `DELETE FROM order_events WHERE facts LIKE '%"#"%' AND result = 'CANCELLED'`,
  ),
  breakBySql(
    'decision-is-audited',
    'the audit line of a rejection is missing',
    refund('rejected'),
    `DELETE FROM audit_log WHERE subject = '#'`,
  ),
  breakBySql(
    'nothing-is-forgotten',
    'an applied payment is missing',
    () => 'GONE-1',
    `INSERT INTO order_events (at, out_trade_no, type, result) VALUES (${FAR_PAST}, '#', 'QUERY', 'APPLIED')`,
  ),
  {
    name: 'transaction-counts-once',
    what: 'two payments have the same transaction',
    apply: async (shop) => {
      const { paidTwice, overpayment } = shop;
      const own = paidTwice.orderNo + (overpayment.endsWith('-1') ? '-2' : '-1');
      const same = `(SELECT transaction_id FROM orders WHERE order_no = '${paidTwice.orderNo}')`;
      await replaceUniqueIndex(
        ...([shop, 'payments', 'transaction_id'] as const),
        `UPDATE payments SET transaction_id = ${same} WHERE out_trade_no = '${overpayment}'`,
        `UPDATE refunds SET transaction_id = ${same} WHERE out_trade_no = '${overpayment}'`,
      );
      return [own, overpayment];
    },
  },
  {
    name: 'wechat-refund-counts-once',
    what: 'two refunds have the same WeChat refund id',
    apply: async (shop) => {
      const [one, other] = [shop.refunds.full.refundNo, shop.refunds.partial.refundNo];
      await replaceUniqueIndex(
        ...([shop, 'refunds', 'wechat_refund_id'] as const),
        `UPDATE refunds SET wechat_refund_id = 'TWIN' WHERE refund_no IN ('${one}', '${other}')`,
      );
      return [one, other];
    },
  },
  ...OUTBOUND_EVENT_BREAKS,
  ...BILL_BREAKS,
];
