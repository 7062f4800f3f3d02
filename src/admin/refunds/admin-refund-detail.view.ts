import { ApiProperty } from '@nestjs/swagger';
import { ApiTime, ApiTimeOrNull } from '../../common/time/api-time.js';
import {
  listFields,
  WithLists,
  MAX_EMBEDDED_REFUNDS,
  MAX_EMBEDDED_ROWS,
  type EmbeddedList,
} from '../../common/paging/embedded-list.js';
import type { Order } from '../../order/order.entity.js';
import { OrderView, orderView } from '../../order/order.view.js';
import type { Refund } from '../../refund/refund.entity.js';
import { RefundView, refundView } from '../../refund/read/refund.view.js';
import { isRedirectable } from '../../refund/rules/redirect.js';
import type { Shipment } from '../../shipping/shipment/shipment.entity.js';
import { SettlementView, settlementView, ShipmentView, shipmentView } from '../../shipping/shipment/shipment.view.js';
import type { WechatShippingSync } from '../../shipping/upload/wechat-shipping-sync.entity.js';
import type { PaymentProviderRegistry } from '../../wechat/pay/payment-provider-registry.js';
import { AdminRefundView, adminRefundView } from './admin-refund.view.js';

/** What staff need to know to decide a refund. Amounts in fen. */
class RefundDecisionContext {
  @ApiProperty({ description: 'Amount of the payment that this refund belongs to.' })
  paidFen!: number;

  @ApiProperty({ description: 'Amount of the payment already refunded.' })
  refundedFen!: number;

  @ApiProperty({ description: 'Amount of the payment reserved by other refunds or being refunded by them.' })
  reservedFen!: number;

  @ApiProperty({
    description:
      'Refundable amount of the payment. The amount of this refund is subtracted, except when it was rejected, withdrawn or has failed.',
  })
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
  @ApiProperty({ description: "Id of the user coupon: the order's `couponId`." })
  id!: string;

  @ApiProperty()
  name!: string;

  @ApiProperty({ description: 'Discount in fen.' })
  discountFen!: number;

  @ApiProperty({ description: 'Minimum total of the order items, in fen.' })
  minSpendFen!: number;

  @ApiTime()
  expiresAt!: Date;

  @ApiProperty({ description: 'True while the order uses the coupon; false after it was returned to the buyer.' })
  isUsedByOrder!: boolean;
}

/** A refund with everything that staff need to decide it. */
export class AdminRefundDetailView extends WithLists(AdminRefundView, {
  shipments: {
    view: ShipmentView,
    description: `The order's first ${MAX_EMBEDDED_ROWS} shipments. If there is one, nothing returns to stock by default.`,
    route: 'GET /admin/api/orders/{orderNo}/shipments',
  },
  otherRefunds: {
    view: RefundView,
    description: `The newest ${MAX_EMBEDDED_REFUNDS} of the order's other refunds, in the order in which they were requested.`,
    route: 'GET /admin/api/refunds?orderNo=',
  },
  userRefunds: {
    view: RefundView,
    description: `The newest ${MAX_EMBEDDED_REFUNDS} of the user's other refunds in the last 90 days, for all orders.`,
    route: 'GET /admin/api/refunds?userId=',
  },
}) {
  @ApiProperty({ type: OrderView })
  order!: OrderView;

  @ApiProperty({ type: RefundDecisionContext })
  facts!: RefundDecisionContext;

  @ApiProperty({
    description:
      'Whether `POST /admin/api/refunds/{refundNo}/redirect` can send the money elsewhere: WeChat could not pay out the refund, ' +
      'and its payment protocol has a call for it. If `redirectTo` is set, only that choice can be repeated.',
  })
  canRedirect!: boolean;

  @ApiTimeOrNull("When the order's last shipment was sent.")
  shippedAt!: Date | null;

  @ApiProperty({ description: "The order's shipping and settlement state at WeChat." })
  settlement!: SettlementView;

  @ApiProperty({ type: RefundCouponView, nullable: true, description: 'The coupon of the order.' })
  coupon!: RefundCouponView | null;
}

export interface AdminRefundDetail {
  refund: Refund;
  order: Order;
  facts: RefundDecisionContext;
  otherRefunds: EmbeddedList<Refund>;
  userRefunds: EmbeddedList<Refund>;
  shipments: EmbeddedList<Shipment>;
  shippingSync: WechatShippingSync | null;
  coupon: RefundCouponView | null;
}

/** @param providers explain WeChat's error codes. */
export function adminRefundDetailView(
  detail: AdminRefundDetail,
  providers: PaymentProviderRegistry,
): AdminRefundDetailView {
  const { refund, order, facts, otherRefunds, userRefunds, shipments, shippingSync, coupon } = detail;
  return {
    ...adminRefundView(refund, providers),
    order: orderView(order),
    facts,
    canRedirect: canRedirect(refund, providers),
    shippedAt: order.shippedAt,
    ...listFields('shipments', shipments, shipmentView),
    settlement: settlementView(shippingSync),
    coupon,
    ...listFields('otherRefunds', otherRefunds, refundView),
    ...listFields('userRefunds', userRefunds, refundView),
  };
}

function canRedirect(refund: Refund, providers: PaymentProviderRegistry): boolean {
  return isRedirectable(refund) && providers.of(refund.channel).canCompleteAbnormalRefunds();
}
