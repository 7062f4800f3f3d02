import type { EntityManager } from 'typeorm';
import { DomainError } from '../common/domain-error.js';
import { refusedAmount } from '../common/refused-amount.js';
import type { Order } from '../order/order.entity.js';
import { Payment } from '../payment/payment.entity.js';
import { MOST_REFUNDS } from '../payment/refundable.js';

/** WeChat refunds for a year. */
const REFUND_LIFE_MS = 365 * 86_400_000;

/**
 * The payment that an order was paid with.
 * @throws DomainError ORDER_NOT_REFUNDABLE when there is none, or when it was more than a year ago.
 */
export async function paymentOf(tx: EntityManager, order: Order, now: Date): Promise<Payment> {
  const { orderNo, status, transactionId } = order;
  const payment =
    status === 'PAID' && transactionId !== null ? await tx.findOneBy(Payment, { orderNo, transactionId }) : null;
  if (!payment) throw notRefundable(orderNo, status === 'CLOSED' ? 'CLOSED' : 'UNPAID');
  return inTime(payment, now);
}

/**
 * For staff: the same, or else the payment that came too late or twice, so that a failed automatic refund can be made good.
 * @throws DomainError ORDER_NOT_REFUNDABLE or REFUND_EXCEEDS_PAYMENT.
 */
export async function paymentWith(tx: EntityManager, order: Order, amountFen: number, now: Date): Promise<Payment> {
  const paid = await tx.find(Payment, { where: { orderNo: order.orderNo, status: 'PAID' }, order: { id: 'ASC' } });
  const [first] = paid;
  if (!first) throw notRefundable(order.orderNo, order.status === 'CLOSED' ? 'CLOSED' : 'UNPAID');
  const own = paid.find(({ transactionId }) => transactionId === order.transactionId);
  const others = paid.filter((payment) => payment !== own);
  const candidates = own ? [own, ...others] : others;
  const fitting = candidates.find((payment) => payment.amountFen - payment.refundHeldFen >= amountFen);
  if (!fitting) throw tooMuch(own ?? first, order.orderNo, amountFen);
  return inTime(fitting, now);
}

/** Fen that can still be asked for. @throws DomainError ORDER_NOT_REFUNDABLE when nothing is left. */
export function leftOf({ amountFen, refundHeldFen }: Payment, orderNo: string): number {
  const leftFen = amountFen - refundHeldFen;
  if (leftFen <= 0) throw notRefundable(orderNo, 'NOTHING_LEFT');
  return leftFen;
}

/** Why so much could not be reserved. */
export function tooMuch(payment: Payment, orderNo: string, amountFen: number): DomainError {
  if (payment.refundCount >= MOST_REFUNDS) return notRefundable(orderNo, 'TOO_MANY_REFUNDS');
  const leftFen = payment.amountFen - payment.refundHeldFen;
  return refusedAmount('REFUND_EXCEEDS_PAYMENT', { amountFen, leftFen });
}

/** What decides how much of a payment may still be refunded. */
type Refundable = Pick<Payment, 'status' | 'amountFen' | 'refundHeldFen' | 'refundCount' | 'paidAt'>;

/**
 * The most that one more refund by staff may be, in fen: what is neither refunded nor reserved of one payment. An order may
 * have several payments, and a refund belongs to one of them. 0 when no payment can be refunded any more.
 */
export function mostRefundableFen(payments: readonly Refundable[], now: Date): number {
  const open = payments.filter(
    ({ status, refundCount, paidAt }) => status === 'PAID' && refundCount < MOST_REFUNDS && !isTooOld(paidAt, now),
  );
  return Math.max(0, ...open.map(({ amountFen, refundHeldFen }) => amountFen - refundHeldFen));
}

function isTooOld(paidAt: Date | null, now: Date): boolean {
  return paidAt !== null && now.getTime() - paidAt.getTime() > REFUND_LIFE_MS;
}

function inTime(payment: Payment, now: Date): Payment {
  if (isTooOld(payment.paidAt, now)) throw notRefundable(payment.orderNo, 'OVER_A_YEAR_OLD');
  return payment;
}

function notRefundable(orderNo: string, state: string): DomainError {
  return new DomainError('ORDER_NOT_REFUNDABLE', { facts: { orderNo, state } });
}
