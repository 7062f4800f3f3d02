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

/** What a decision needs to know. Amounts in fen. */
class RefundDecisionContext {
  @ApiProperty({ description: 'What was paid in the payment this refund is of.' })
  paidFen!: number;

  @ApiProperty({ description: 'What has gone back of it.' })
  refundedFen!: number;

  @ApiProperty({ description: 'What other refunds of it have reserved or are on their way with.' })
  reservedFen!: number;

  @ApiProperty({ description: 'What would be left if this refund were paid in full.' })
  remainingFen!: number;

  @ApiProperty({ description: 'Refunds of this payment so far, this one included; WeChat takes 50.' })
  refundCount!: number;

  @ApiProperty({ type: Number, nullable: true, description: 'Seconds since the payment.' })
  secondsSincePayment!: number | null;

  @ApiProperty({
    description: 'Approving it in full gives back all that is left of the order: only then may `returnStock` be true.',
  })
  isFull!: boolean;
}

/** The coupon that the order was placed with. */
class RefundCouponView {
  @ApiProperty({ description: "The order's `couponId`." })
  id!: string;

  @ApiProperty()
  name!: string;

  @ApiProperty({ description: 'Fen: what it is worth.' })
  discountFen!: number;

  @ApiProperty({ description: 'Fen that an order must come to.' })
  minSpendFen!: number;

  @ApiProperty({ type: String, format: 'date-time' })
  expiresAt!: Date;

  @ApiProperty({ description: 'The order holds it; false when it has returned to the buyer.' })
  isHeld!: boolean;
}

/** A refund with the facts of a decision. */
export class AdminRefundDetailView extends AdminRefundView {
  @ApiProperty({ type: OrderView })
  order!: OrderView;

  @ApiProperty({ type: RefundDecisionContext })
  facts!: RefundDecisionContext;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: "The order's last parcel left." })
  shippedAt!: Date | null;

  @ApiProperty({
    type: [ShipmentView],
    description: `The order's first ${MAX_EMBEDDED_ROWS} parcels. Once there is one, nothing returns by default.`,
  })
  shipments!: ShipmentView[];

  @ApiCountOf('shipments')
  shipmentsCount!: number;

  @ApiNextCursorOf('GET /admin/api/orders/{orderNo}/shipments')
  shipmentsNextCursor!: string | null;

  @ApiProperty({ description: "What WeChat reports of the order's shipping." })
  settlement!: SettlementView;

  @ApiProperty({ type: RefundCouponView, nullable: true, description: 'The coupon that the order was placed with.' })
  coupon!: RefundCouponView | null;

  @ApiProperty({
    type: [RefundView],
    description: `The newest ${MAX_EMBEDDED_REFUNDS} of the order's other refunds, in the order in which they were asked for.`,
  })
  parts!: RefundView[];

  @ApiCountOf('parts')
  partsCount!: number;

  @ApiNextCursorOf('GET /admin/api/refunds?orderNo=')
  partsNextCursor!: string | null;

  @ApiProperty({
    type: [RefundView],
    description: `The newest ${MAX_EMBEDDED_REFUNDS} of the user's other refunds of the last 90 days, of all their orders.`,
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

export function adminRefundDetailView(known: AdminRefundDetail): AdminRefundDetailView {
  const { refund, order, facts, parts, userRefunds, shipments, shippingSync: duty, coupon } = known;
  return {
    ...adminRefundView(refund),
    order: orderView(order),
    facts,
    shippedAt: order.shippedAt,
    shipments: shipments.rows.map(shipmentView),
    ...{ shipmentsCount: shipments.count, shipmentsNextCursor: shipments.nextCursor },
    settlement: settlementView(duty),
    coupon,
    parts: parts.rows.map(refundView),
    ...{ partsCount: parts.count, partsNextCursor: parts.nextCursor },
    userRefunds: userRefunds.rows.map(refundView),
    ...{ userRefundsCount: userRefunds.count, userRefundsNextCursor: userRefunds.nextCursor },
  };
}
