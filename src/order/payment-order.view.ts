import { ApiProperty } from '@nestjs/swagger';
import { ApiTime, ApiTimeOrNull } from '../common/time/api-time.js';
import { TRADE_TYPES, type TradeType } from '../wechat/pay/payment-types.js';
import type { ViewedItems } from './order.view.js';
import {
  ORDER_ORIGINS,
  ORDER_REFUND_STATUSES,
  ORDER_STATUSES,
  type Order,
  type OrderOrigin,
  type OrderRefundStatus,
  type OrderStatus,
} from './order.entity.js';

class PaymentOrderLineView {
  @ApiProperty()
  name!: string;

  @ApiProperty({ description: 'Fen per unit.' })
  unitFen!: number;

  @ApiProperty()
  quantity!: number;
}

class PayerView {
  @ApiProperty()
  openid!: string;
}

/** A payment order in the server API and in events. Amounts in fen, times in UTC. */
export class PaymentOrderView {
  @ApiProperty({ example: '20261121K7Q2M9XWPA0B' })
  orderNo!: string;

  @ApiProperty({ description: "The number in the merchant's own order system." })
  merchantOrderNo!: string;

  @ApiProperty({ enum: ORDER_ORIGINS })
  origin!: OrderOrigin;

  @ApiProperty({ enum: ORDER_STATUSES })
  status!: OrderStatus;

  @ApiProperty({ enum: ORDER_REFUND_STATUSES })
  refundStatus!: OrderRefundStatus;

  @ApiProperty({ description: 'From 1; grows with every visible change.' })
  version!: number;

  @ApiProperty()
  amountFen!: number;

  @ApiProperty()
  paidFen!: number;

  @ApiProperty()
  refundedFen!: number;

  @ApiProperty({ description: 'What WeChat shows to the buyer.' })
  description!: string;

  @ApiProperty({ type: [PaymentOrderLineView], description: 'Empty when only an amount was given.' })
  lines!: PaymentOrderLineView[];

  @ApiProperty({ type: String, nullable: true, description: "The app that was named; null for the shop's own." })
  appId!: string | null;

  @ApiProperty({ type: PayerView, nullable: true, description: 'Null while the payer is unknown.' })
  payer!: PayerView | null;

  @ApiProperty({ enum: TRADE_TYPES, isArray: true })
  allowedTradeTypes!: TradeType[];

  @ApiProperty({ type: 'object', additionalProperties: { type: 'string' } })
  metadata!: Record<string, string>;

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

/** The columns that a payment order in API responses is made of. */
export const PAYMENT_ORDER_VIEW_COLUMNS = [
  ...(['orderNo', 'merchantOrderNo', 'origin', 'status', 'refundStatus', 'version', 'payableFen', 'paidFen'] as const),
  ...(['refundedFen', 'description', 'appId', 'payerOpenid', 'allowedTradeTypes', 'metadata'] as const),
  ...(['transactionId', 'closeReason', 'createdAt', 'expiresAt', 'paidAt', 'closedAt'] as const),
] satisfies (keyof Order)[];

/** @param order a payment order, with its items. */
export function paymentOrderView(
  order: Pick<Order, (typeof PAYMENT_ORDER_VIEW_COLUMNS)[number]> & ViewedItems,
): PaymentOrderView {
  return {
    orderNo: order.orderNo,
    merchantOrderNo: order.merchantOrderNo ?? '',
    origin: order.origin,
    status: order.status,
    refundStatus: order.refundStatus,
    version: order.version,
    amountFen: order.payableFen,
    paidFen: order.paidFen,
    refundedFen: order.refundedFen,
    description: order.description ?? '',
    lines: order.items.map(({ name, unitFen, quantity }) => ({ name, unitFen, quantity })),
    appId: order.appId,
    payer: order.payerOpenid === null ? null : { openid: order.payerOpenid },
    allowedTradeTypes: allowedTradeTypesOf(order),
    metadata: metadataOf(order),
    transactionId: order.transactionId,
    closeReason: order.closeReason,
    createdAt: order.createdAt,
    expiresAt: order.expiresAt,
    paidAt: order.paidAt,
    closedAt: order.closedAt,
  };
}

/** The merchant's own data of a payment order; empty for an order of the shop. */
export function metadataOf({ metadata }: Pick<Order, 'metadata'>): Record<string, string> {
  return JSON.parse(metadata ?? '{}') as Record<string, string>;
}

/** All trade types, unless the payment order allows only some. */
export function allowedTradeTypesOf({ allowedTradeTypes }: Pick<Order, 'allowedTradeTypes'>): TradeType[] {
  const stored = allowedTradeTypes?.split(' ');
  return TRADE_TYPES.filter((tradeType) => stored === undefined || stored.includes(tradeType));
}
