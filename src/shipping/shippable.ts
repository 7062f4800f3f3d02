import type { EntityManager } from 'typeorm';
import { DomainError } from '../common/domain-error.js';
import type { Settings } from '../config/settings.js';
import type { Order } from '../order/order.entity.js';
import { Payment } from '../payment/payment.entity.js';

/** WeChat takes no more parcels for one payment. Source: uploadShippingInfo, note 5. */
export const MOST_PARCELS = 15;

/** The duty is the mini-program's own: WeChat knows no other payments there, and would call them absent for ever. */
export function isDuty({ SHIPPING_UPLOAD }: Settings, { tradeType }: Payment): boolean {
  return SHIPPING_UPLOAD === 'on' && tradeType === 'JSAPI';
}

/** Why an order cannot be shipped. */
export type NotShippable = 'UNPAID' | 'CLOSED' | 'REFUNDED' | 'REFUND_PENDING' | 'SHIPPED' | 'TOO_MANY_PARCELS';

/**
 * The payment that the goods are for. Some of its money must be neither given back nor held by a refund that is asked for
 * or under way: whoever decides about all of the money decides about the goods.
 * @throws DomainError ORDER_NOT_SHIPPABLE.
 */
export async function paymentToShipFor(tx: EntityManager, order: Order): Promise<Payment> {
  const { orderNo, status, transactionId } = order;
  if (status !== 'PAID' || transactionId === null)
    throw notShippable(orderNo, status === 'CLOSED' ? 'CLOSED' : 'UNPAID');
  if (order.shippedAt !== null) throw notShippable(orderNo, 'SHIPPED');
  const payment = await tx.findOneByOrFail(Payment, { transactionId });
  if (payment.refundHeldFen >= payment.amountFen)
    throw notShippable(orderNo, order.refundStatus === 'FULL' ? 'REFUNDED' : 'REFUND_PENDING');
  if (order.shipmentCount >= MOST_PARCELS) throw notShippable(orderNo, 'TOO_MANY_PARCELS');
  return payment;
}

export function notShippable(orderNo: string, state: NotShippable): DomainError {
  return new DomainError('ORDER_NOT_SHIPPABLE', { facts: { orderNo, state } });
}
