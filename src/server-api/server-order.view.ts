import {
  listFields,
  WithLists,
  MAX_EMBEDDED_REFUNDS,
  MAX_EMBEDDED_ROWS,
  type EmbeddedList,
} from '../common/paging/embedded-list.js';
import type { Order } from '../order/order.entity.js';
import { OrderWithOriginView, orderWithOriginView } from '../order/order-with-origin.view.js';
import type { Refund } from '../refund/refund.entity.js';
import { serverRefundView, ServerRefundView } from '../refund/read/server-refund.view.js';
import type { Shipment } from '../shipping/shipment/shipment.entity.js';
import { ShipmentView, shipmentView } from '../shipping/shipment/shipment.view.js';

/** An order in the server API. */
export class ServerOrderView extends WithLists(OrderWithOriginView, {
  refunds: {
    view: ServerRefundView,
    description: `The newest ${MAX_EMBEDDED_REFUNDS}, in the order in which they were requested.`,
    route: 'GET /server/api/orders/{orderNo}/refunds',
  },
  shipments: {
    view: ShipmentView,
    description: `The first ${MAX_EMBEDDED_ROWS} shipments, oldest first.`,
    route: 'GET /server/api/orders/{orderNo}/shipments',
  },
}) {}

export function serverOrderView(
  order: Order,
  refunds: EmbeddedList<Refund>,
  shipments: EmbeddedList<Shipment>,
): ServerOrderView {
  return {
    ...orderWithOriginView(order),
    ...listFields('refunds', refunds, serverRefundView),
    ...listFields('shipments', shipments, shipmentView),
  };
}
