import { ApiProperty } from '@nestjs/swagger';
import type { User } from '../auth/user.entity.js';
import { OrderView, orderView } from '../order/order.view.js';
import type { Order } from '../order/order.entity.js';
import type { EventFacts } from '../payment/event-facts.js';
import type { PaymentEvent } from '../payment/payment-event.entity.js';
import type { RefusedNotice } from '../payment/refused-notice.entity.js';
import type { Refund } from '../refund/refund.entity.js';
import { mostRefundableFen } from '../refund/refundable-payment.js';
import type { Payment, PaymentStatus } from '../payment/payment.entity.js';
import { readEvent } from '../payment/read-event-facts.js';
import { TRADE_TYPES, type TradeType } from '../wechat/wechat-pay.gateway.js';
import { SettlementView, settlementView, ShipmentView, shipmentView } from '../shipping/shipment.view.js';
import type { Shipment } from '../shipping/shipment.entity.js';
import type { ShippingDuty } from '../shipping/shipping-duty.entity.js';
import { REFUND_DUE_STATES, type RefundDueState, refundDueOf } from './refund-due.js';
import { shipBy } from '../shipping/unshipped.js';
import { AdminRefundView, adminRefundView } from './admin-refund.view.js';
import { eventText } from './event-text.js';

class PaymentView {
  @ApiProperty()
  outTradeNo!: string;

  @ApiProperty({ enum: TRADE_TYPES })
  tradeType!: TradeType;

  @ApiProperty({ enum: ['CREATED', 'PREPAID', 'PAID', 'CLOSED'] })
  status!: PaymentStatus;

  @ApiProperty()
  amountFen!: number;

  @ApiProperty({ description: 'Fen that came when the order was closed or paid already. It stays after the refund.' })
  owedBackFen!: number;

  @ApiProperty({
    enum: REFUND_DUE_STATES,
    description:
      'What becomes of `owedBackFen`. `IN_PROGRESS`: refunded automatically. `NEEDS_ATTENTION`: a person must act.',
  })
  refundDueState!: RefundDueState;

  @ApiProperty({ description: 'Fen of `owedBackFen` that are neither refunded nor on their way.' })
  refundDueLeftFen!: number;

  @ApiProperty({ type: String, nullable: true })
  transactionId!: string | null;

  @ApiProperty({ type: String, format: 'date-time' })
  createdAt!: Date;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  paidAt!: Date | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  closedAt!: Date | null;
}

class EventView {
  @ApiProperty({ type: String, format: 'date-time' })
  at!: Date;

  @ApiProperty({ example: 'NOTICE' })
  type!: string;

  @ApiProperty({ example: 'Payment notice refused: the amount does not match (1 fen, transaction 4200…)' })
  text!: string;

  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    description:
      '`result`, `outTradeNo` and the facts of the event, such as `refundNo`, `amountFen` or `errorCode`. `detail` is null, or an English sentence of an event from before there were facts.',
    example: { result: 'AMOUNT_MISMATCH', outTradeNo: '20261130…-1', detail: null, amountFen: 1 },
  })
  data!: { result: string; outTradeNo: string | null; detail: string | null } & EventFacts;
}

/** Refused notices that name a payment of the order. Anyone can send them, so they are counted and not believed. */
class RefusedNoticesView {
  @ApiProperty({ enum: ['payment', 'refund', 'message'] })
  kind!: string;

  @ApiProperty({ example: 'BAD_SIGNATURE', description: 'Why they were refused.' })
  result!: string;

  @ApiProperty({ description: 'The payment that they claim to be about.' })
  outTradeNo!: string;

  @ApiProperty()
  count!: number;

  @ApiProperty({ type: String, format: 'date-time' })
  firstAt!: Date;

  @ApiProperty({ type: String, format: 'date-time' })
  lastAt!: Date;
}

/** An order as staff see it: with every attempt to pay and everything that was said about it. */
export class AdminOrderView extends OrderView {
  @ApiProperty()
  userId!: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'When staff blocked the buyer.' })
  userBlockedAt!: Date | null;
  @ApiProperty({ description: 'Fen that refunds have reserved: they wait for a decision, or are not final yet.' })
  reservedFen!: number;

  @ApiProperty({ description: 'The most that one more refund may be, in fen: neither refunded nor reserved.' })
  refundableFen!: number;

  @ApiProperty({ type: [PaymentView] })
  payments!: PaymentView[];

  @ApiProperty({ type: [AdminRefundView] })
  refunds!: AdminRefundView[];

  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'Its last parcel left.' })
  shippedAt!: Date | null;

  @ApiProperty({ type: [ShipmentView], description: 'The parcels, in the order in which they left.' })
  shipments!: ShipmentView[];

  @ApiProperty({ description: "What WeChat says of the order's shipping." })
  settlement!: SettlementView;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'Until when WeChat wants it shipped: 48 hours after the payment. Null when there is nothing to ship.',
  })
  shipBy!: Date | null;

  @ApiProperty({ type: [EventView], description: 'The time line, in order.' })
  events!: EventView[];

  @ApiProperty({ type: [RefusedNoticesView], description: 'At most 50, those of the newest notices first.' })
  refusedNotices!: RefusedNoticesView[];
}

/** What is known of an order besides itself. */
export interface OrderRecord {
  payments: Payment[];
  refunds: Refund[];
  shipments: Shipment[];
  duty: ShippingDuty | null;
  user: User | null;
  events: PaymentEvent[];
  refusedNotices: RefusedNotice[];
}

/** The states in which a refund's amount is reserved and not refunded yet. */
const RESERVED_STATUSES: readonly Refund['status'][] = ['REQUESTED', 'PROCESSING', 'ABNORMAL'];

/** @param now decides which payments are too old to be refunded. */
export function adminOrderView(
  order: Order,
  { payments, refunds, shipments, duty, user, events, refusedNotices }: OrderRecord,
  now: Date,
): AdminOrderView {
  const reserved = refunds.filter(({ status }) => RESERVED_STATUSES.includes(status));
  return {
    ...orderView(order),
    userId: order.userId,
    userBlockedAt: user?.blockedAt ?? null,
    reservedFen: reserved.reduce((sum, { amountFen }) => sum + amountFen, 0),
    refundableFen: mostRefundableFen(payments, now),
    payments: payments.map((payment) => paymentView(payment, refunds)),
    refunds: refunds.map(adminRefundView),
    shippedAt: order.shippedAt,
    shipments: shipments.map(shipmentView),
    settlement: settlementView(duty),
    shipBy: shipBy(order),
    events: events.map(eventView),
    refusedNotices: refusedNotices.map(refusedView),
  };
}

function paymentView(payment: Payment, refunds: readonly Refund[]): PaymentView {
  const { outTradeNo, tradeType, status, amountFen, owedBackFen, transactionId, createdAt, paidAt, closedAt } = payment;
  return {
    ...{ outTradeNo, tradeType, status, amountFen, owedBackFen, ...refundDueOf(payment, refunds) },
    ...{ transactionId, createdAt, paidAt, closedAt },
  };
}

function refusedView({ kind, result, outTradeNo, notices, firstAt, lastAt }: RefusedNotice): RefusedNoticesView {
  return { kind, result, outTradeNo, count: notices, firstAt, lastAt };
}

function eventView(event: PaymentEvent): EventView {
  const { at, type, outTradeNo } = event;
  const { result, facts, detail } = readEvent(event);
  return { at, type, text: eventText(event), data: { ...facts, result, outTradeNo, detail } };
}
