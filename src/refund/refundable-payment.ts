import type { EntityManager } from 'typeorm';
import { DomainError } from '../common/domain-error.js';
import { amountLimitError } from '../common/amount-limit-error.js';
import type { Order } from '../order/order.entity.js';
import { PaymentAttempt } from '../payment/payment-attempt.entity.js';
import { MAX_REFUNDS_PER_PAYMENT } from '../payment/refund-reservations.js';

/** WeChat refunds payments for up to one year. */
const REFUND_PERIOD_MS = 365 * 86_400_000;

/**
 * Finds the payment of a paid order.
 * @throws DomainError ORDER_NOT_REFUNDABLE when there is none, or when it is older than a year.
 */
export async function findRefundablePayment(tx: EntityManager, order: Order, now: Date): Promise<PaymentAttempt> {
  const { orderNo, status, transactionId } = order;
  const payment =
    status === 'PAID' && transactionId !== null ? await tx.findOneBy(PaymentAttempt, { orderNo, transactionId }) : null;
  if (!payment) throw orderNotRefundable(orderNo, status === 'CLOSED' ? 'CLOSED' : 'UNPAID');
  return assertRefundPeriod(payment, now);
}

/**
 * For staff: the order's payment or, if it does not cover the amount, a late or duplicate payment, so that a failed
 * automatic refund can be replaced.
 * @throws DomainError ORDER_NOT_REFUNDABLE or REFUND_EXCEEDS_PAYMENT.
 */
export async function findPaymentForAmount(
  tx: EntityManager,
  order: Order,
  amountFen: number,
  now: Date,
): Promise<PaymentAttempt> {
  const paid = await tx.find(PaymentAttempt, {
    where: { orderNo: order.orderNo, status: 'PAID' },
    order: { id: 'ASC' },
  });
  const [first] = paid;
  if (!first) throw orderNotRefundable(order.orderNo, order.status === 'CLOSED' ? 'CLOSED' : 'UNPAID');
  const own = paid.find(({ transactionId }) => transactionId === order.transactionId);
  const others = paid.filter((payment) => payment !== own);
  const candidates = own ? [own, ...others] : others;
  const fitting = candidates.find((payment) => payment.amountFen - payment.refundHeldFen >= amountFen);
  if (!fitting) throw refundAmountError(own ?? first, order.orderNo, amountFen);
  return assertRefundPeriod(fitting, now);
}

/** Fen that can still be refunded. @throws DomainError ORDER_NOT_REFUNDABLE when nothing is left. */
export function refundableFenOf({ amountFen, refundHeldFen }: PaymentAttempt, orderNo: string): number {
  const leftFen = amountFen - refundHeldFen;
  if (leftFen <= 0) throw orderNotRefundable(orderNo, 'NOTHING_LEFT');
  return leftFen;
}

/** Error for an amount that could not be reserved. */
export function refundAmountError(payment: PaymentAttempt, orderNo: string, amountFen: number): DomainError {
  if (payment.refundCount >= MAX_REFUNDS_PER_PAYMENT) return orderNotRefundable(orderNo, 'TOO_MANY_REFUNDS');
  const leftFen = payment.amountFen - payment.refundHeldFen;
  return amountLimitError('REFUND_EXCEEDS_PAYMENT', { amountFen, leftFen });
}

/** Columns that determine how much of a payment can still be refunded. */
type RefundablePayment = Pick<PaymentAttempt, 'status' | 'amountFen' | 'refundHeldFen' | 'refundCount' | 'paidAt'>;

/**
 * Maximum of one more refund by staff, in fen: the part of one payment that is neither refunded nor reserved. An order may
 * have several payments, and a refund belongs to one of them. 0 when no payment can be refunded any more.
 */
export function maxRefundableFen(payments: readonly RefundablePayment[], now: Date): number {
  const open = payments.filter(
    ({ status, refundCount, paidAt }) =>
      status === 'PAID' && refundCount < MAX_REFUNDS_PER_PAYMENT && !isTooOld(paidAt, now),
  );
  return Math.max(0, ...open.map(({ amountFen, refundHeldFen }) => amountFen - refundHeldFen));
}

function isTooOld(paidAt: Date | null, now: Date): boolean {
  return paidAt !== null && now.getTime() - paidAt.getTime() > REFUND_PERIOD_MS;
}

function assertRefundPeriod(payment: PaymentAttempt, now: Date): PaymentAttempt {
  if (isTooOld(payment.paidAt, now)) throw orderNotRefundable(payment.orderNo, 'OVER_A_YEAR_OLD');
  return payment;
}

function orderNotRefundable(orderNo: string, state: string): DomainError {
  return new DomainError('ORDER_NOT_REFUNDABLE', { params: { orderNo, state } });
}
