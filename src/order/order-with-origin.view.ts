import { ApiProperty } from '@nestjs/swagger';
import { ORDER_ORIGINS, type Order, type OrderOrigin } from './order.entity.js';
import { OrderView, orderView } from './order.view.js';

/** An order for callers who see all orders: staff and the merchant's own programs. */
export class OrderWithOriginView extends OrderView {
  @ApiProperty({ enum: ORDER_ORIGINS, description: "`EXTERNAL`: a payment order of the merchant's own order system." })
  origin!: OrderOrigin;

  @ApiProperty({ description: 'From 1; grows with every visible change.' })
  version!: number;

  @ApiProperty({ type: String, nullable: true, description: 'Null for a payment order.' })
  userId!: string | null;

  @ApiProperty({
    type: String,
    nullable: true,
    description: "The number in the merchant's own system; null for an order of the shop.",
  })
  merchantOrderNo!: string | null;
}

/** @param order with `items` loaded. */
export function orderWithOriginView(order: Order): OrderWithOriginView {
  const { origin, version, userId, merchantOrderNo } = order;
  return { ...orderView(order), origin, version, userId, merchantOrderNo };
}
