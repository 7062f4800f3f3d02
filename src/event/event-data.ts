import type { ViewedOrder } from '../order/order-snapshot.js';
import { orderView } from '../order/order.view.js';
import { paymentOrderView } from '../order/payment-order.view.js';
import { serverRefundView } from '../refund/read/server-refund.view.js';
import type { Refund } from '../refund/refund.entity.js';
import type { Shipment } from '../shipping/shipment/shipment.entity.js';
import { shipmentView } from '../shipping/shipment/shipment.view.js';

/** The kind of resource in `data.object` of an event. */
type EventObject = 'order' | 'refund' | 'shipment';

/** `data` of an event: the resource as the server API returns it. */
export function orderEventData(order: ViewedOrder): object {
  const object: EventObject = 'order';
  if (order.origin === 'EXTERNAL') return { object, ...paymentOrderView(order) };
  const { origin, version, userId } = order;
  return { object, origin, version, userId, ...orderView(order) };
}

export function refundEventData(refund: Refund): object {
  const object: EventObject = 'refund';
  return { object, ...serverRefundView(refund) };
}

export function shipmentEventData(shipment: Shipment): object {
  const object: EventObject = 'shipment';
  const { orderNo, version } = shipment;
  return { object, orderNo, version, ...shipmentView(shipment) };
}
