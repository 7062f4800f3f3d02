import { ApiProperty } from '@nestjs/swagger';
import { ApiCountOf, ApiNextCursorOf } from '../common/embedded-list.dto.js';
import { MAX_EMBEDDED_REFUNDS, MAX_EMBEDDED_ROWS, type EmbeddedList } from '../common/embedded-list.js';
import type { Order } from '../order/order.entity.js';
import { OrderView, orderView } from '../order/order.view.js';
import type { Refund } from '../refund/refund.entity.js';
import { RefundView, refundView } from '../refund/refund.view.js';
import type { Shipment } from '../shipping/shipment.entity.js';
import { ShipmentView, shipmentView } from '../shipping/shipment.view.js';

/** A refund in the server API, with the numbers that WeChat's bills use. */
export class ServerRefundView extends RefundView {
  @ApiProperty({ description: 'The refunded payment.' })
  outTradeNo!: string;

  @ApiProperty({ description: "WeChat's payment number." })
  transactionId!: string;

  @ApiProperty({ type: String, nullable: true, description: "WeChat's refund number." })
  wechatRefundId!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'The id of the staff member or API key.' })
  decidedBy!: string | null;

  @ApiProperty({ type: String, nullable: true, description: "Error code of WeChat's last refusal." })
  errorCode!: string | null;
}

/** An order in the server API. */
export class ServerOrderView extends OrderView {
  @ApiProperty()
  userId!: string;

  @ApiProperty({
    type: [ServerRefundView],
    description: `The newest ${MAX_EMBEDDED_REFUNDS}, in the order in which they were requested.`,
  })
  refunds!: ServerRefundView[];

  @ApiCountOf('refunds')
  refundsCount!: number;

  @ApiNextCursorOf('GET /server/api/orders/{orderNo}/refunds')
  refundsNextCursor!: string | null;

  @ApiProperty({
    type: [ShipmentView],
    description: `The first ${MAX_EMBEDDED_ROWS} parcels, in the order in which they were shipped.`,
  })
  shipments!: ShipmentView[];

  @ApiCountOf('shipments')
  shipmentsCount!: number;

  @ApiNextCursorOf('GET /server/api/orders/{orderNo}/shipments')
  shipmentsNextCursor!: string | null;
}

export function serverRefundView(refund: Refund): ServerRefundView {
  const { outTradeNo, transactionId, wechatRefundId, decidedBy, errorCode } = refund;
  return { ...refundView(refund), outTradeNo, transactionId, wechatRefundId, decidedBy, errorCode };
}

export function serverOrderView(
  order: Order,
  refunds: EmbeddedList<Refund>,
  shipments: EmbeddedList<Shipment>,
): ServerOrderView {
  return {
    ...orderView(order),
    userId: order.userId,
    refunds: refunds.rows.map(serverRefundView),
    ...{ refundsCount: refunds.count, refundsNextCursor: refunds.nextCursor },
    shipments: shipments.rows.map(shipmentView),
    ...{ shipmentsCount: shipments.count, shipmentsNextCursor: shipments.nextCursor },
  };
}
