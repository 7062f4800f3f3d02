import { ApiProperty } from '@nestjs/swagger';
import type { Order } from '../order/order.entity.js';
import { OrderView, orderView } from '../order/order.view.js';
import type { Refund } from '../refund/refund.entity.js';
import { RefundView, refundView } from '../refund/refund.view.js';
import type { Shipment } from '../shipping/shipment.entity.js';
import { SettlementView, settlementView, ShipmentView, shipmentView } from '../shipping/shipment.view.js';
import type { ShippingDuty } from '../shipping/shipping-duty.entity.js';

class ReturnItemView {
  @ApiProperty()
  productId!: string;

  @ApiProperty()
  quantity!: number;
}

/** A refund as staff see it. */
export class AdminRefundView extends RefundView {
  @ApiProperty()
  userId!: string;

  @ApiProperty({ description: 'Fen asked for; `amountFen` is less when staff approved less.' })
  requestedFen!: number;

  @ApiProperty()
  outTradeNo!: string;

  @ApiProperty({ description: "WeChat's number of the payment." })
  transactionId!: string;

  @ApiProperty({ type: String, nullable: true, description: "WeChat's number of the refund." })
  wechatRefundId!: string | null;

  @ApiProperty({ description: 'Money beyond what the order cost, such as a second payment.' })
  isSurplus!: boolean;

  @ApiProperty({ type: String, nullable: true })
  note!: string | null;

  @ApiProperty({
    ...{ type: Boolean, nullable: true },
    description:
      'True: the whole order returns to stock. False: nothing but `returnItems`. Null: what is left of the order returns ' +
      'when all of the money is back and nothing was shipped.',
  })
  returnStock!: boolean | null;

  @ApiProperty({
    type: [ReturnItemView],
    description: 'Pieces that return to stock with it: reserved when it is decided, back when it succeeds.',
  })
  returnItems!: ReturnItemView[];

  @ApiProperty({
    ...{ type: Boolean, nullable: true },
    description: 'Whether the coupon returns when all of the money is back. Null: it does when nothing was shipped.',
  })
  returnCoupon!: boolean | null;

  @ApiProperty({ type: String, nullable: true, description: "The member of staff's id." })
  decidedBy!: string | null;

  @ApiProperty({ description: 'How often it was sent to WeChat, always under the same number.' })
  sendCount!: number;

  @ApiProperty({ type: String, nullable: true, description: "WeChat's last refusal." })
  errorCode!: string | null;

  @ApiProperty({ type: String, nullable: true })
  errorMessage!: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'When WeChat took it on.' })
  acceptedAt!: Date | null;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'When it is sent or asked about next.',
  })
  nextCheckAt!: Date | null;
}

export function adminRefundView(refund: Refund): AdminRefundView {
  const { userId, requestedFen, outTradeNo, transactionId, wechatRefundId, isSurplus, note, returnStock } = refund;
  const { returnItems = [], returnCoupon } = refund;
  const { decidedBy, sendCount, errorCode, errorMessage, acceptedAt, nextCheckAt } = refund;
  return {
    ...refundView(refund),
    ...{ userId, requestedFen, outTradeNo, transactionId, wechatRefundId, isSurplus, note, returnStock },
    ...{ returnItems: returnItems.map(({ productId, quantity }) => ({ productId, quantity })), returnCoupon },
    ...{ decidedBy, sendCount, errorCode, errorMessage, acceptedAt, nextCheckAt },
  };
}

/** What a decision needs to know. Amounts in fen. */
class RefundFacts {
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
export class RefundDeskView extends AdminRefundView {
  @ApiProperty({ type: OrderView })
  order!: OrderView;

  @ApiProperty({ type: RefundFacts })
  facts!: RefundFacts;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: "The order's last parcel left." })
  shippedAt!: Date | null;

  @ApiProperty({
    type: [ShipmentView],
    description: "The order's parcels. Once there is one, nothing returns by default.",
  })
  shipments!: ShipmentView[];

  @ApiProperty({ description: "What WeChat reports of the order's shipping." })
  settlement!: SettlementView;

  @ApiProperty({ type: RefundCouponView, nullable: true, description: 'The coupon that the order was placed with.' })
  coupon!: RefundCouponView | null;

  @ApiProperty({ type: [RefundView], description: "The order's other refunds." })
  parts!: RefundView[];

  @ApiProperty({ type: [RefundView], description: "The user's refunds of the last 90 days, of all their orders." })
  userRefunds!: RefundView[];
}

export interface RefundCase {
  refund: Refund;
  order: Order;
  facts: RefundFacts;
  parts: Refund[];
  userRefunds: Refund[];
  shipments: Shipment[];
  duty: ShippingDuty | null;
  coupon: RefundCouponView | null;
}

export function refundDeskView(known: RefundCase): RefundDeskView {
  const { refund, order, facts, parts, userRefunds, shipments, duty, coupon } = known;
  return {
    ...adminRefundView(refund),
    order: orderView(order),
    facts,
    shippedAt: order.shippedAt,
    shipments: shipments.map(shipmentView),
    settlement: settlementView(duty),
    coupon,
    parts: parts.map(refundView),
    userRefunds: userRefunds.map(refundView),
  };
}
