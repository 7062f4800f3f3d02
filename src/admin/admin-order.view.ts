import { ApiProperty } from '@nestjs/swagger';
import type { User } from '../auth/user.entity.js';
import { ApiCountOf, ApiNextCursorOf } from '../common/embedded-list.dto.js';
import { MAX_EMBEDDED_REFUNDS, MAX_EMBEDDED_ROWS, type EmbeddedList } from '../common/embedded-list.js';
import { OrderView, orderView } from '../order/order.view.js';
import type { Order } from '../order/order.entity.js';
import type { OrderEvent } from '../payment/order-event.entity.js';
import type { PaymentAttempt } from '../payment/payment-attempt.entity.js';
import type { RefusedNotice } from '../payment/refused-notice.entity.js';
import type { Refund } from '../refund/refund.entity.js';
import { type RefundSum, sumMatchingFen } from '../refund/refunds-of-order.js';
import type { Shipment } from '../shipping/shipment.entity.js';
import { SettlementView, settlementView, ShipmentView, shipmentView } from '../shipping/shipment.view.js';
import type { WechatShippingSync } from '../shipping/wechat-shipping-sync.entity.js';
import { shipBy } from '../shipping/unshipped.js';
import { AdminRefundView, adminRefundView } from './admin-refund.view.js';
import { EventView, eventView } from './order-event.view.js';
import { PaymentView, paymentView } from './order-payment.view.js';

/** Refused notices that name a payment of the order. Anyone can send them, so they are only counted. */
class RefusedNoticesView {
  @ApiProperty({ enum: ['payment', 'refund', 'message'] })
  kind!: string;

  @ApiProperty({ example: 'BAD_SIGNATURE', description: 'The reason for the refusal.' })
  result!: string;

  @ApiProperty({ description: 'The payment that the notices name.' })
  outTradeNo!: string;

  @ApiProperty()
  count!: number;

  @ApiProperty({ type: String, format: 'date-time' })
  firstAt!: Date;

  @ApiProperty({ type: String, format: 'date-time' })
  lastAt!: Date;
}

/** An order in the admin API, with its payment attempts, refunds, shipments and events. */
export class AdminOrderView extends OrderView {
  @ApiProperty()
  userId!: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'When staff blocked the buyer.' })
  userBlockedAt!: Date | null;
  @ApiProperty({ description: 'Fen reserved by refunds that wait for a decision or are not final yet.' })
  reservedFen!: number;

  @ApiProperty({ description: 'Maximum amount of another refund in fen: what is neither refunded nor reserved.' })
  refundableFen!: number;

  @ApiProperty({
    type: [PaymentView],
    description: `The newest ${MAX_EMBEDDED_ROWS}, in the order in which they were created.`,
  })
  payments!: PaymentView[];

  @ApiCountOf('payments')
  paymentsCount!: number;

  @ApiNextCursorOf('GET /admin/api/orders/{orderNo}/payments')
  paymentsNextCursor!: string | null;

  @ApiProperty({
    type: [AdminRefundView],
    description: `The newest ${MAX_EMBEDDED_REFUNDS}, in the order in which they were requested.`,
  })
  refunds!: AdminRefundView[];

  @ApiCountOf('refunds')
  refundsCount!: number;

  @ApiNextCursorOf('GET /admin/api/orders/{orderNo}/refunds')
  refundsNextCursor!: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'When the last parcel was shipped.' })
  shippedAt!: Date | null;

  @ApiProperty({
    type: [ShipmentView],
    description: `The first ${MAX_EMBEDDED_ROWS} parcels, in the order in which they were shipped.`,
  })
  shipments!: ShipmentView[];

  @ApiCountOf('shipments')
  shipmentsCount!: number;

  @ApiNextCursorOf('GET /admin/api/orders/{orderNo}/shipments')
  shipmentsNextCursor!: string | null;

  @ApiProperty({ description: "The order's shipping and settlement state at WeChat." })
  settlement!: SettlementView;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: "WeChat's deadline for shipping: 48 hours after the payment. Null when there is nothing to ship.",
  })
  shipBy!: Date | null;

  @ApiProperty({
    type: [EventView],
    description: `The newest ${MAX_EMBEDDED_ROWS} entries of the timeline, oldest first.`,
  })
  events!: EventView[];

  @ApiCountOf('events')
  eventsCount!: number;

  @ApiNextCursorOf('GET /admin/api/orders/{orderNo}/events')
  eventsNextCursor!: string | null;

  @ApiProperty({ type: [RefusedNoticesView], description: 'At most 50, newest notice first.' })
  refusedNotices!: RefusedNoticesView[];

  @ApiCountOf('refusedNotices')
  refusedNoticesCount!: number;
}

/** The records that belong to an order. */
export interface AdminOrderDetails {
  payments: EmbeddedList<PaymentAttempt>;
  refunds: EmbeddedList<Refund>;
  /** Sums over all refunds, including those not shown. */
  refundSums: RefundSum[];
  /** Maximum amount of another refund, in fen. */
  refundableFen: number;
  shipments: EmbeddedList<Shipment>;
  shippingSync: WechatShippingSync | null;
  user: User | null;
  events: EmbeddedList<OrderEvent>;
  refusedNotices: { rows: RefusedNotice[]; count: number };
}

/** The states in which a refund's amount is reserved but not refunded yet. */
const RESERVED_STATUSES: readonly Refund['status'][] = ['REQUESTED', 'PROCESSING', 'ABNORMAL'];

export function adminOrderView(order: Order, record: AdminOrderDetails): AdminOrderView {
  const { payments, refunds, shipments, events, refusedNotices, refundSums, user } = record;
  return {
    ...orderView(order),
    userId: order.userId,
    userBlockedAt: user?.blockedAt ?? null,
    reservedFen: sumMatchingFen(refundSums, ({ status }) => RESERVED_STATUSES.includes(status)),
    refundableFen: record.refundableFen,
    payments: payments.rows.map((payment) => paymentView(payment, refundSums)),
    ...{ paymentsCount: payments.count, paymentsNextCursor: payments.nextCursor },
    refunds: refunds.rows.map(adminRefundView),
    ...{ refundsCount: refunds.count, refundsNextCursor: refunds.nextCursor },
    shippedAt: order.shippedAt,
    shipments: shipments.rows.map(shipmentView),
    ...{ shipmentsCount: shipments.count, shipmentsNextCursor: shipments.nextCursor },
    settlement: settlementView(record.shippingSync),
    shipBy: shipBy(order),
    events: events.rows.map(eventView),
    ...{ eventsCount: events.count, eventsNextCursor: events.nextCursor },
    refusedNotices: refusedNotices.rows.map(refusedNoticesView),
    refusedNoticesCount: refusedNotices.count,
  };
}

function refusedNoticesView({ kind, result, outTradeNo, notices, firstAt, lastAt }: RefusedNotice): RefusedNoticesView {
  return { kind, result, outTradeNo, count: notices, firstAt, lastAt };
}
