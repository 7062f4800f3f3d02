import { ApiProperty } from '@nestjs/swagger';
import { ApiTime, ApiTimeOrNull } from '../common/time/api-time.js';
import { lineFen } from '../coupon/discount.js';
import type { OrderItem } from './order-item.entity.js';
import {
  ORDER_STATUSES,
  ORDER_REFUND_STATUSES,
  type Order,
  type OrderStatus,
  type OrderRefundStatus,
} from './order.entity.js';

class OrderItemView {
  @ApiProperty({ type: String, nullable: true, description: 'Null for a line of a payment order.' })
  productId!: string | null;

  @ApiProperty()
  name!: string;

  @ApiProperty({ description: 'Fen per unit.' })
  unitFen!: number;

  @ApiProperty()
  quantity!: number;

  @ApiProperty({
    description: "Fen: the item's share of the order's discount. The shares add up to the order's `discountFen`.",
  })
  discountFen!: number;

  @ApiProperty({
    description: "Fen for all units of the item after its discount. The items add up to the order's `payableFen`.",
  })
  payableFen!: number;

  @ApiProperty({
    description: 'Units that a refund has returned to stock, or will return when it succeeds.',
  })
  returnedQuantity!: number;
}

/** An order in API responses. Amounts in fen, times in UTC. */
export class OrderView {
  @ApiProperty({ example: '20261121K7Q2M9XWPA0B' })
  orderNo!: string;

  @ApiProperty({ enum: ORDER_STATUSES })
  status!: OrderStatus;

  @ApiProperty({ enum: ORDER_REFUND_STATUSES })
  refundStatus!: OrderRefundStatus;

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

  @ApiProperty({ type: String, nullable: true, description: "The `id` of the user's coupon (user coupon)." })
  couponId!: string | null;

  @ApiProperty({ type: String, nullable: true })
  remark!: string | null;

  @ApiProperty({ type: String, nullable: true, description: "WeChat's number of the payment." })
  transactionId!: string | null;

  @ApiProperty({ type: String, nullable: true, description: '`CANCELLED` or `EXPIRED`.' })
  closeReason!: string | null;

  @ApiTime()
  createdAt!: Date;

  @ApiTime()
  expiresAt!: Date;

  @ApiTimeOrNull()
  paidAt!: Date | null;

  @ApiTimeOrNull()
  closedAt!: Date | null;
}

/** The columns that an order in API responses is made of. */
export const ORDER_VIEW_COLUMNS = [
  ...([
    'orderNo',
    'status',
    'refundStatus',
    'totalFen',
    'discountFen',
    'payableFen',
    'paidFen',
    'refundedFen',
  ] as const),
  ...([
    'userCouponId',
    'remark',
    'transactionId',
    'closeReason',
    'createdAt',
    'expiresAt',
    'paidAt',
    'closedAt',
  ] as const),
] satisfies (keyof Order)[];
export const ORDER_ITEM_VIEW_COLUMNS = [
  ...(['productId', 'name', 'unitFen', 'quantity', 'discountFen', 'returnHeld'] as const),
] satisfies (keyof OrderItem)[];

/** The items of an order, as far as its views show them. */
export interface ViewedItems {
  items: readonly Pick<OrderItem, (typeof ORDER_ITEM_VIEW_COLUMNS)[number]>[];
}

/** @param order with its items. */
export function orderView(order: Pick<Order, (typeof ORDER_VIEW_COLUMNS)[number]> & ViewedItems): OrderView {
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
    couponId: order.userCouponId,
    remark: order.remark,
    transactionId: order.transactionId,
    closeReason: order.closeReason,
    createdAt: order.createdAt,
    expiresAt: order.expiresAt,
    paidAt: order.paidAt,
    closedAt: order.closedAt,
  };
}

function itemView(item: ViewedItems['items'][number]): OrderItemView {
  const { productId, name, unitFen, quantity, discountFen, returnHeld: returnedQuantity } = item;
  return { productId, name, unitFen, quantity, discountFen, payableFen: lineFen(item) - discountFen, returnedQuantity };
}
