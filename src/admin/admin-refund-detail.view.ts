import { ApiProperty } from '@nestjs/swagger';
import { ApiCountOf, ApiNextCursorOf } from '../common/embedded-list.dto.js';
import { MAX_EMBEDDED_REFUNDS, MAX_EMBEDDED_ROWS, type EmbeddedList } from '../common/embedded-list.js';
import type { Order } from '../order/order.entity.js';
import { OrderView, orderView } from '../order/order.view.js';
import type { Refund } from '../refund/refund.entity.js';
import { RefundView, refundView } from '../refund/refund.view.js';
import type { Shipment } from '../shipping/shipment.entity.js';
import { SettlementView, settlementView, ShipmentView, shipmentView } from '../shipping/shipment.view.js';
import type { WechatShippingSync } from '../shipping/wechat-shipping-sync.entity.js';
import { AdminRefundView, adminRefundView } from './admin-refund.view.js';

/** What staff need to know to decide a refund. Amounts in fen. */
class RefundDecisionContext {
  @ApiProperty({ description: 'Amount of the payment that this refund belongs to.' })
  paidFen!: number;

  @ApiProperty({ description: 'Amount of the payment already refunded.' })
  refundedFen!: number;

  @ApiProperty({ description: 'Amount of the payment reserved by other refunds or being refunded by them.' })
  reservedFen!: number;

  @ApiProperty({ description: 'Amount of the payment that remains if this refund is paid in full.' })
  remainingFen!: number;

  @ApiProperty({ description: 'Number of refunds of this payment, including this one. WeChat allows 50.' })
  refundCount!: number;

  @ApiProperty({ type: Number, nullable: true, description: 'Seconds since the payment.' })
  secondsSincePayment!: number | null;

  @ApiProperty({
    description:
      'Whether approving this refund in full completes the refund of the order. Only then can `returnStock` be true.',
  })
  isFull!: boolean;
}

/** The coupon of the order. */
class RefundCouponView {
  @ApiProperty({ description: "The order's `couponId`." })
  id!: string;

  @ApiProperty()
  name!: string;

  @ApiProperty({ description: 'Discount in fen.' })
  discountFen!: number;

  @ApiProperty({ description: 'Minimum total of the order items, in fen.' })
  minSpendFen!: number;

  @ApiProperty({ type: String, format: 'date-time' })
  expiresAt!: Date;

  @ApiProperty({ description: 'True while the order uses the coupon; false after it was returned to the buyer.' })
  isHeld!: boolean;
}

/** A refund with everything that staff need to decide it. */
export class AdminRefundDetailView extends AdminRefundView {
  @ApiProperty({ type: OrderView })
  order!: OrderView;

  @ApiProperty({ type: RefundDecisionContext })
  facts!: RefundDecisionContext;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: "When the order's last parcel was shipped.",
  })
  shippedAt!: Date | null;

  @ApiProperty({
    type: [ShipmentView],
    description: `The order's first ${MAX_EMBEDDED_ROWS} parcels. If there is one, nothing returns to stock by default.`,
  })
  shipments!: ShipmentView[];

  @ApiCountOf('shipments')
  shipmentsCount!: number;

  @ApiNextCursorOf('GET /admin/api/orders/{orderNo}/shipments')
  shipmentsNextCursor!: string | null;

  @ApiProperty({ description: "The order's shipping and settlement state at WeChat." })
  settlement!: SettlementView;

  @ApiProperty({ type: RefundCouponView, nullable: true, description: 'The coupon of the order.' })
  coupon!: RefundCouponView | null;

  @ApiProperty({
    type: [RefundView],
    description: `The newest ${MAX_EMBEDDED_REFUNDS} of the order's other refunds, in the order in which they were requested.`,
  })
  parts!: RefundView[];

  @ApiCountOf('parts')
  partsCount!: number;

  @ApiNextCursorOf('GET /admin/api/refunds?orderNo=')
  partsNextCursor!: string | null;

  @ApiProperty({
    type: [RefundView],
    description: `The newest ${MAX_EMBEDDED_REFUNDS} of the user's other refunds in the last 90 days, for all orders.`,
  })
  userRefunds!: RefundView[];

  @ApiCountOf('userRefunds')
  userRefundsCount!: number;

  @ApiNextCursorOf('GET /admin/api/refunds?userId=')
  userRefundsNextCursor!: string | null;
}

export interface AdminRefundDetail {
  refund: Refund;
  order: Order;
  facts: RefundDecisionContext;
  parts: EmbeddedList<Refund>;
  userRefunds: EmbeddedList<Refund>;
  shipments: EmbeddedList<Shipment>;
  shippingSync: WechatShippingSync | null;
  coupon: RefundCouponView | null;
}

export function adminRefundDetailView(detail: AdminRefundDetail): AdminRefundDetailView {
  const { refund, order, facts, parts, userRefunds, shipments, shippingSync, coupon } = detail;
  return {
    ...adminRefundView(refund),
    order: orderView(order),
    facts,
    shippedAt: order.shippedAt,
    shipments: shipments.rows.map(shipmentView),
    ...{ shipmentsCount: shipments.count, shipmentsNextCursor: shipments.nextCursor },
    settlement: settlementView(shippingSync),
    coupon,
    parts: parts.rows.map(refundView),
    ...{ partsCount: parts.count, partsNextCursor: parts.nextCursor },
    userRefunds: userRefunds.rows.map(refundView),
    ...{ userRefundsCount: userRefunds.count, userRefundsNextCursor: userRefunds.nextCursor },
  };
}
