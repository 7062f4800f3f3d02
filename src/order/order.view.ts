import { ApiProperty } from '@nestjs/swagger';
import { lineFen } from './discount.js';
import type { OrderItem } from './order-item.entity.js';
import { ORDER_STATUSES, REFUND_STATUSES, type Order, type OrderStatus, type RefundStatus } from './order.entity.js';

class OrderItemView {
  @ApiProperty()
  productId!: string;

  @ApiProperty()
  name!: string;

  @ApiProperty({ description: 'Fen per piece.' })
  unitFen!: number;

  @ApiProperty()
  quantity!: number;

  @ApiProperty({
    description: "Fen: the line's share of the order's discount. The shares add up to the order's `discountFen`.",
  })
  discountFen!: number;

  @ApiProperty({
    description: "Fen for all pieces of the line after its discount. The lines add up to the order's `payableFen`.",
  })
  payableFen!: number;

  @ApiProperty({
    description: 'Pieces that a refund has returned to stock, or will return when it succeeds.',
  })
  returnedQuantity!: number;
}

/** An order in API responses. Amounts in fen, times in UTC. */
export class OrderView {
  @ApiProperty({ example: '20261121K7Q2M9XWPA0B' })
  orderNo!: string;

  @ApiProperty({ enum: ORDER_STATUSES })
  status!: OrderStatus;

  @ApiProperty({ enum: REFUND_STATUSES })
  refundStatus!: RefundStatus;

  @ApiProperty()
  totalFen!: number;

  @ApiProperty()
  discountFen!: number;

  @ApiProperty({ description: 'Amount to pay: total minus discount.' })
  payableFen!: number;

  @ApiProperty()
  paidFen!: number;

  @ApiProperty()
  refundedFen!: number;

  @ApiProperty({ type: [OrderItemView] })
  items!: OrderItemView[];

  @ApiProperty({ type: String, nullable: true })
  couponId!: string | null;

  @ApiProperty({ type: String, nullable: true })
  remark!: string | null;

  @ApiProperty({ type: String, nullable: true, description: "WeChat's number of the payment." })
  transactionId!: string | null;

  @ApiProperty({ type: String, nullable: true, description: '`CANCELLED` or `EXPIRED`.' })
  closeReason!: string | null;

  @ApiProperty({ type: String, format: 'date-time' })
  createdAt!: Date;

  @ApiProperty({ type: String, format: 'date-time' })
  expiresAt!: Date;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  paidAt!: Date | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  closedAt!: Date | null;
}

/** @param order with `items` loaded. */
export function orderView(order: Order): OrderView {
  return {
    orderNo: order.orderNo,
    status: order.status,
    refundStatus: order.refundStatus,
    totalFen: order.totalFen,
    discountFen: order.discountFen,
    payableFen: order.payableFen,
    paidFen: order.paidFen,
    refundedFen: order.refundedFen,
    items: order.items.map(itemView),
    couponId: order.couponId,
    remark: order.remark,
    transactionId: order.transactionId,
    closeReason: order.closeReason,
    createdAt: order.createdAt,
    expiresAt: order.expiresAt,
    paidAt: order.paidAt,
    closedAt: order.closedAt,
  };
}

function itemView(item: OrderItem): OrderItemView {
  const { productId, name, unitFen, quantity, discountFen, returnHeld: returnedQuantity } = item;
  return { productId, name, unitFen, quantity, discountFen, payableFen: lineFen(item) - discountFen, returnedQuantity };
}
