import { ApiProperty } from '@nestjs/swagger';
import type { User } from '../../auth/user.entity.js';
import { ApiTime, ApiTimeOrNull } from '../../common/time/api-time.js';
import {
  ApiCountOf,
  listFields,
  WithLists,
  MAX_EMBEDDED_REFUNDS,
  MAX_EMBEDDED_ROWS,
  type EmbeddedList,
} from '../../common/paging/embedded-list.js';
import type { OrderFees } from '../../bill/entries/read-order-fees.js';
import { OrderWithOriginView, orderWithOriginView } from '../../order/order-with-origin.view.js';
import { metadataOf } from '../../order/payment-order.view.js';
import type { Order } from '../../order/order.entity.js';
import type { OrderEvent } from '../../payment/event-log/order-event.entity.js';
import type { PaymentAttempt } from '../../payment/attempt/payment-attempt.entity.js';
import type { RefusedNotice } from '../../payment/refused-notice/refused-notice.entity.js';
import type { Refund } from '../../refund/refund.entity.js';
import { type RefundSum, sumMatchingFen } from '../../refund/read/refunds-of-order.js';
import type { Shipment } from '../../shipping/shipment/shipment.entity.js';
import { SettlementView, settlementView, ShipmentView, shipmentView } from '../../shipping/shipment/shipment.view.js';
import type { WechatShippingSync } from '../../shipping/upload/wechat-shipping-sync.entity.js';
import { shipDeadlineOf } from '../../shipping/unshipped.js';
import type { PaymentProviderRegistry } from '../../wechat/pay/payment-provider-registry.js';
import { AdminRefundView, adminRefundView } from '../refunds/admin-refund.view.js';
import { EventView, eventView, type ExplainPaymentError } from './order-event.view.js';
import { PaymentView, paymentView } from './order-payment.view.js';

/** Rejected payment notices that name a payment of the order. Anyone can send them, so they are only counted. */
class RefusedNoticesView {
  @ApiProperty({
    enum: ['payment', 'refund', 'message'],
    description: 'Always `payment` here: rejected refund notices and pushed messages are not counted by payment.',
  })
  kind!: string;

  @ApiProperty({ example: 'BAD_SIGNATURE', description: 'The reason for the rejection.' })
  result!: string;

  @ApiProperty({ description: 'The payment that the notices name.' })
  outTradeNo!: string;

  @ApiProperty()
  count!: number;

  @ApiTime()
  firstAt!: Date;

  @ApiTime()
  lastAt!: Date;
}

/** An order in the admin API, with its payment attempts, refunds, shipments and events. */
export class AdminOrderView extends WithLists(OrderWithOriginView, {
  payments: {
    view: PaymentView,
    description: `The newest ${MAX_EMBEDDED_ROWS}, in the order in which they were created.`,
    route: 'GET /admin/api/orders/{orderNo}/payments',
  },
  refunds: {
    view: AdminRefundView,
    description: `The newest ${MAX_EMBEDDED_REFUNDS}, in the order in which they were requested.`,
    route: 'GET /admin/api/orders/{orderNo}/refunds',
  },
  shipments: {
    view: ShipmentView,
    description: `The first ${MAX_EMBEDDED_ROWS} shipments, oldest first.`,
    route: 'GET /admin/api/orders/{orderNo}/shipments',
  },
  events: {
    view: EventView,
    description: `The newest ${MAX_EMBEDDED_ROWS} entries of the timeline, oldest first.`,
    route: 'GET /admin/api/orders/{orderNo}/events',
  },
}) {
  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Only of a payment order: what WeChat shows to the payer.',
  })
  description!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'Only of a payment order: its payer, if known.' })
  payerOpenid!: string | null;

  @ApiProperty({
    type: String,
    nullable: true,
    description:
      "Only of a payment order: the further app of the merchant in which it is paid. Null for the shop's own.",
  })
  appId!: string | null;

  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'string' },
    description: "Only of a payment order: the merchant's own data, never sent to WeChat.",
  })
  metadata!: Record<string, string>;

  @ApiTimeOrNull('When staff blocked the buyer.')
  userBlockedAt!: Date | null;
  @ApiProperty({ description: 'Fen reserved by refunds that wait for a decision or are not final yet.' })
  reservedFen!: number;

  @ApiProperty({ description: 'Maximum amount of another refund in fen: what is neither refunded nor reserved.' })
  refundableFen!: number;

  @ApiProperty({
    type: Number,
    nullable: true,
    description:
      "WeChat's fees in fen by its bills: of the payments, minus those given back with refunds. Null while none of them is on " +
      'a reconciled bill.',
  })
  feesFen!: number | null;

  @ApiProperty({
    type: Number,
    nullable: true,
    description: 'What the shop receives by the bills, in fen: settled payments minus settled refunds minus fees.',
  })
  settledFen!: number | null;

  @ApiTimeOrNull('When the last shipment was sent.')
  shippedAt!: Date | null;

  @ApiProperty({ description: "The order's shipping and settlement state at WeChat." })
  settlement!: SettlementView;

  @ApiTimeOrNull("WeChat's deadline for shipping: 48 hours after the payment. Null when there is nothing to ship.")
  shipBy!: Date | null;

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
  /** Determines which payments are too old for a refund. */
  now: Date;
  /** Maximum amount of another refund, in fen. */
  refundableFen: number;
  fees: OrderFees;
  shipments: EmbeddedList<Shipment>;
  shippingSync: WechatShippingSync | null;
  user: User | null;
  events: EmbeddedList<OrderEvent>;
  explainPaymentError: ExplainPaymentError;
  refusedNotices: { rows: RefusedNotice[]; count: number };
}

/** The states in which a refund's amount is reserved but not refunded yet. */
const RESERVED_STATUSES: readonly Refund['status'][] = ['REQUESTED', 'PROCESSING', 'ABNORMAL'];

/** @param providers explain WeChat's error codes. */
export function adminOrderView(
  order: Order,
  record: AdminOrderDetails,
  providers: PaymentProviderRegistry,
): AdminOrderView {
  const { payments, refunds, shipments, events, refusedNotices, refundSums, user } = record;
  return {
    ...orderWithOriginView(order),
    description: order.description,
    payerOpenid: order.payerOpenid,
    appId: order.appId,
    metadata: metadataOf(order),
    userBlockedAt: user?.blockedAt ?? null,
    reservedFen: sumMatchingFen(refundSums, ({ status }) => RESERVED_STATUSES.includes(status)),
    refundableFen: record.refundableFen,
    feesFen: record.fees.feesFen,
    settledFen: record.fees.settledFen,
    ...listFields('payments', payments, (payment) =>
      paymentView(payment, refundSums, record.fees.byPayment, record.now),
    ),
    ...listFields('refunds', refunds, (refund) => adminRefundView(refund, providers)),
    shippedAt: order.shippedAt,
    ...listFields('shipments', shipments, shipmentView),
    settlement: settlementView(record.shippingSync),
    shipBy: shipDeadlineOf(order),
    ...listFields('events', events, (event) => eventView(event, record.explainPaymentError)),
    refusedNotices: refusedNotices.rows.map(refusedNoticesView),
    refusedNoticesCount: refusedNotices.count,
  };
}

function refusedNoticesView({ kind, result, outTradeNo, notices, firstAt, lastAt }: RefusedNotice): RefusedNoticesView {
  return { kind, result, outTradeNo, count: notices, firstAt, lastAt };
}
