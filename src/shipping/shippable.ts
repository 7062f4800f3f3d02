import type { EntityManager } from 'typeorm';
import { DomainError } from '../common/domain-error.js';
import type { Settings } from '../config/settings.js';
import type { Order } from '../order/order.entity.js';
import { PaymentAttempt } from '../payment/payment-attempt.entity.js';

/** WeChat accepts at most this number of parcels for one payment. Source: uploadShippingInfo, note 5. */
const MAX_PARCELS = 15;

/** Only mini-program payments require it: WeChat's shipping API does not find any other payment. */
export function requiresShippingUpload({ SHIPPING_UPLOAD }: Settings, { tradeType }: PaymentAttempt): boolean {
  return SHIPPING_UPLOAD === 'on' && tradeType === 'JSAPI';
}

/** Why an order cannot be shipped. */
type NotShippableReason = 'UNPAID' | 'CLOSED' | 'REFUNDED' | 'REFUND_PENDING' | 'SHIPPED' | 'TOO_MANY_PARCELS';

/**
 * Returns the payment of the goods. If refunds, completed or pending, cover all of it, the order must not be shipped: that
 * decision also decides about the goods.
 * @throws DomainError ORDER_NOT_SHIPPABLE.
 */
export async function getShippablePayment(tx: EntityManager, order: Order): Promise<PaymentAttempt> {
  const { orderNo, status, transactionId } = order;
  if (status !== 'PAID' || transactionId === null)
    throw notShippable(orderNo, status === 'CLOSED' ? 'CLOSED' : 'UNPAID');
  if (order.shippedAt !== null) throw notShippable(orderNo, 'SHIPPED');
  const payment = await tx.findOneByOrFail(PaymentAttempt, { transactionId });
  if (payment.refundHeldFen >= payment.amountFen)
    throw notShippable(orderNo, order.refundStatus === 'FULL' ? 'REFUNDED' : 'REFUND_PENDING');
  if (order.shipmentCount >= MAX_PARCELS) throw notShippable(orderNo, 'TOO_MANY_PARCELS');
  return payment;
}

function notShippable(orderNo: string, state: NotShippableReason): DomainError {
  return new DomainError('ORDER_NOT_SHIPPABLE', { params: { orderNo, state } });
}
