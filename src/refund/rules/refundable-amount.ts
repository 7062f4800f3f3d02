import { amountLimitError, DomainError } from '../../common/problem/domain-error.js';
import { validationFailed } from '../../common/validation/input.pipe.js';
import type { Order } from '../../order/order.entity.js';
import type { PaymentAttempt } from '../../payment/attempt/payment-attempt.entity.js';
import { MAX_REFUNDS_PER_PAYMENT } from '../../payment/attempt/refund-reservations.js';

/** WeChat refunds payments for up to one year. */
const REFUND_PERIOD_MS = 365 * 86_400_000;

/** Columns that determine how much of a payment can still be refunded. */
type RefundablePayment = Pick<PaymentAttempt, 'status' | 'amountFen' | 'refundReservedFen' | 'refundCount' | 'paidAt'>;

/** Columns that determine which payment of an order is refunded. */
type ChoosablePayment = RefundablePayment &
  Pick<PaymentAttempt, 'outTradeNo' | 'transactionId' | 'refundDueFen' | 'nextCheckAt'>;

/** What a merchant-initiated refund asks for. */
interface WantedRefund {
  amountFen: number;
  /** The payment that the caller selected. */
  outTradeNo?: string | undefined;
  /** It says what returns, so it is about the goods of the order and not about a late or duplicate payment. */
  namesReturns: boolean;
}

type OrderReference = Pick<Order, 'orderNo' | 'status'>;

/**
 * The order's payment, if it can be refunded.
 * @param payment null when the order is not paid.
 * @throws DomainError ORDER_NOT_REFUNDABLE when there is none, or when it is older than a year.
 */
export function requireRefundable<P extends RefundablePayment>(order: OrderReference, payment: P | null, now: Date): P {
  if (!payment) throw notPaid(order);
  if (isTooOld(payment.paidAt, now)) throw orderNotRefundable(order.orderNo, 'OVER_A_YEAR_OLD');
  return payment;
}

/**
 * The payment that a merchant-initiated refund belongs to: the selected one, or else the first that covers the amount.
 * Money that is due comes first, so that the refund replaces a failed automatic refund; then the order's own payment; then
 * any other. Skips payments that had 50 refunds or are older than a year, as `maxRefundableFen` does.
 * @param paid all paid attempts of the order, oldest first.
 * @throws DomainError ORDER_NOT_REFUNDABLE or REFUND_EXCEEDS_PAYMENT; VALIDATION_FAILED when the order has no such payment.
 */
export function choosePaymentForAmount<P extends ChoosablePayment>(
  order: OrderReference & Pick<Order, 'transactionId'>,
  paid: readonly P[],
  wanted: WantedRefund,
  now: Date,
): P {
  const { orderNo } = order;
  const { amountFen } = wanted;
  const candidates = candidatesOf(order, paid, wanted);
  const [first] = candidates;
  if (!first) throw notPaid(order);
  const open = candidates.filter((payment) => isOpen(payment, now));
  const fitting = open.find((payment) => leftFenOf(payment) >= amountFen);
  if (fitting) return fitting;
  const [largest = first] = open.toSorted((one, another) => leftFenOf(another) - leftFenOf(one));
  throw refundAmountError(requireRefundable(order, largest, now), orderNo, amountFen);
}

/** The payments that may be refunded, in the order of preference. The order's own payment is before all that are not due. */
function candidatesOf<P extends ChoosablePayment>(
  order: OrderReference & Pick<Order, 'transactionId'>,
  paid: readonly P[],
  { amountFen, outTradeNo, namesReturns }: WantedRefund,
): P[] {
  if (outTradeNo !== undefined) {
    const selected = paid.filter((payment) => payment.outTradeNo === outTradeNo);
    if (selected.length > 0) return selected;
    throw validationFailed([{ field: 'outTradeNo', message: 'outTradeNo must be a paid payment of the order' }]);
  }
  const isOwn = ({ transactionId }: P): boolean => transactionId !== null && transactionId === order.transactionId;
  const isFirst = (payment: P): boolean => !namesReturns && hasDue(payment, amountFen);
  const rank = (payment: P): number => (order.status !== 'PAID' || isFirst(payment) ? 0 : isOwn(payment) ? 1 : 2);
  return paid.toSorted((one, another) => rank(one) - rank(another));
}

/**
 * True when the payment is late or a duplicate, and at least the amount of it is neither refunded nor being refunded. False
 * while the job is about to refund it, which `nextCheckAt` shows: that refund needs no replacement.
 */
function hasDue({ refundDueFen, refundReservedFen, nextCheckAt }: ChoosablePayment, amountFen: number): boolean {
  return nextCheckAt === null && refundDueFen - refundReservedFen >= amountFen;
}

/** Fen that can still be refunded. @throws DomainError ORDER_NOT_REFUNDABLE when nothing can be refunded. */
export function refundableFenOf(payment: RefundablePayment, orderNo: string): number {
  const leftFen = leftFenOf(payment);
  if (leftFen <= 0) throw orderNotRefundable(orderNo, 'NOTHING_LEFT');
  return leftFen;
}

/** Error for an amount that could not be reserved. */
export function refundAmountError(payment: RefundablePayment, orderNo: string, amountFen: number): DomainError {
  if (payment.refundCount >= MAX_REFUNDS_PER_PAYMENT) return orderNotRefundable(orderNo, 'TOO_MANY_REFUNDS');
  return amountLimitError('REFUND_EXCEEDS_PAYMENT', { amountFen, leftFen: leftFenOf(payment) });
}

/**
 * Maximum of one more refund by staff, in fen: the part of one payment that is neither refunded nor reserved. An order may
 * have several payments, and a refund belongs to one of them. 0 when no payment can be refunded any more.
 */
export function maxRefundableFen(payments: readonly RefundablePayment[], now: Date): number {
  return Math.max(0, ...payments.filter((payment) => isOpen(payment, now)).map(leftFenOf));
}

function leftFenOf({ amountFen, refundReservedFen }: RefundablePayment): number {
  return amountFen - refundReservedFen;
}

/** WeChat accepts another refund of the payment. */
function isOpen({ status, refundCount, paidAt }: RefundablePayment, now: Date): boolean {
  return status === 'PAID' && refundCount < MAX_REFUNDS_PER_PAYMENT && !isTooOld(paidAt, now);
}

function isTooOld(paidAt: Date | null, now: Date): boolean {
  return paidAt !== null && now.getTime() - paidAt.getTime() > REFUND_PERIOD_MS;
}

function notPaid({ orderNo, status }: OrderReference): DomainError {
  return orderNotRefundable(orderNo, status === 'CLOSED' ? 'CLOSED' : 'UNPAID');
}

function orderNotRefundable(orderNo: string, state: string): DomainError {
  return new DomainError('ORDER_NOT_REFUNDABLE', { params: { orderNo, state } });
}
