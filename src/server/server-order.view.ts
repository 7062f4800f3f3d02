import { ApiProperty } from '@nestjs/swagger';
import type { Order } from '../order/order.entity.js';
import { OrderView, orderView } from '../order/order.view.js';
import type { Refund } from '../refund/refund.entity.js';
import { RefundView, refundView } from '../refund/refund.view.js';
import type { Shipment } from '../shipping/shipment.entity.js';
import { ShipmentView, shipmentView } from '../shipping/shipment.view.js';

/** A refund as the shop's own programs see it: with the numbers under which it stands in WeChat's bills. */
export class ServerRefundView extends RefundView {
  @ApiProperty({ description: 'The payment that is given back.' })
  outTradeNo!: string;

  @ApiProperty({ description: "WeChat's number of the payment." })
  transactionId!: string;

  @ApiProperty({ type: String, nullable: true, description: "WeChat's number of the refund." })
  wechatRefundId!: string | null;

  @ApiProperty({ type: String, nullable: true, description: "The member of staff's id, or the key's." })
  decidedBy!: string | null;

  @ApiProperty({ type: String, nullable: true, description: "WeChat's last refusal." })
  errorCode!: string | null;
}

/** An order as the shop's own programs see it. */
export class ServerOrderView extends OrderView {
  @ApiProperty()
  userId!: string;

  @ApiProperty({ type: [ServerRefundView], description: 'In the order in which they were asked for.' })
  refunds!: ServerRefundView[];

  @ApiProperty({ type: [ShipmentView], description: 'Parcels, in the order in which they left.' })
  shipments!: ShipmentView[];
}

export function serverRefundView(refund: Refund): ServerRefundView {
  const { outTradeNo, transactionId, wechatRefundId, decidedBy, errorCode } = refund;
  return { ...refundView(refund), outTradeNo, transactionId, wechatRefundId, decidedBy, errorCode };
}

export function serverOrderView(order: Order, refunds: Refund[], shipments: Shipment[]): ServerOrderView {
  return {
    ...orderView(order),
    userId: order.userId,
    refunds: refunds.map(serverRefundView),
    shipments: shipments.map(shipmentView),
  };
}
