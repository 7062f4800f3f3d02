import { ApiProperty } from '@nestjs/swagger';
import { RefundStore } from '../../book/refund-store.js';
import type { TradeState } from '../../book/wechat-order.js';
import {
  PROTOCOLS,
  COUPON_TYPES,
  TRADE_STATES,
  Transaction,
  visibleState,
  WechatOrder,
} from '../../book/wechat-order.js';
import { RefundSumsView } from '../records/ledger.view.js';
import type { Plain } from '../api-helpers.js';
import { WechatRefundView, wechatRefundView } from './refund.dto.js';

class CouponView {
  @ApiProperty() id!: string;
  @ApiProperty({ enum: COUPON_TYPES }) type!: string;
  @ApiProperty() feeFen!: number;
}

class TransactionView {
  @ApiProperty({ description: '28 digits' }) transaction_id!: string;
  @ApiProperty() openid!: string;
  @ApiProperty() bank_type!: string;
  @ApiProperty() total_fee!: number;
  @ApiProperty() cash_fee!: number;
  @ApiProperty({ description: 'The merchant’s fee' }) feeFen!: number;
  @ApiProperty({ type: [CouponView] }) coupons!: readonly CouponView[];
  @ApiProperty() paidAt!: Date;
  @ApiProperty({ description: 'From this time on orderquery reports it' }) visibleAt!: Date;
}

class DeliveryView {
  @ApiProperty() isDelivered!: boolean;
  @ApiProperty() message!: string;
}

class PrepayView {
  @ApiProperty() prepay_id!: string;
  @ApiProperty() expiresAt!: Date;
}

/** WeChat's field names where WeChat has one, otherwise camelCase. Times are virtual. */
export class WechatOrderView extends RefundSumsView {
  @ApiProperty({ enum: PROTOCOLS, description: 'v1: the 2014 app protocol' }) protocol!: string;
  @ApiProperty({ description: 'The appid of the order request' }) appid!: string;
  @ApiProperty() out_trade_no!: string;
  @ApiProperty({ type: String, enum: TRADE_STATES }) trade_state!: TradeState;
  @ApiProperty({ type: String, enum: TRADE_STATES, description: 'What orderquery responds now' })
  visible_trade_state!: TradeState;
  @ApiProperty() trade_type!: string;
  @ApiProperty() total_fee!: number;
  @ApiProperty() sign_type!: string;
  @ApiProperty() createdAt!: Date;
  @ApiProperty({ type: Date, nullable: true }) closedAt!: Date | null;
  @ApiProperty({
    type: Date,
    nullable: true,
    description:
      'time_expire, unless it was already past when it was sent; v1 orders with v1TimeExpire strict always have it',
  })
  sheetClosesAt!: Date | null;
  @ApiProperty({ type: String, nullable: true, description: 'The newest' }) prepay_id!: string | null;
  @ApiProperty({ type: String, nullable: true }) code_url!: string | null;
  @ApiProperty({ type: String, nullable: true }) mweb_url!: string | null;
  @ApiProperty({ type: [PrepayView] }) prepays!: PrepayView[];
  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'string' },
    description: 'As in the first request, without sign',
  })
  parameters!: Record<string, string>;
  @ApiProperty({ type: DeliveryView, nullable: true, description: 'What the merchant reported by delivernotify' })
  delivery!: DeliveryView | null;
  @ApiProperty({ type: TransactionView, nullable: true }) transaction!: TransactionView | null;
  @ApiProperty({ type: [WechatRefundView], description: 'Oldest first' }) refunds!: readonly WechatRefundView[];
}

export function wechatOrderView(order: WechatOrder, now: Date, refunds: RefundStore) {
  const newest = order.prepays.at(-1);
  return {
    protocol: order.protocol,
    appid: order.appid,
    out_trade_no: order.outTradeNo,
    trade_state: order.state,
    visible_trade_state: visibleState(order, now),
    trade_type: order.tradeType,
    total_fee: order.totalFen,
    sign_type: order.signType ?? 'RSA',
    createdAt: order.createdAt,
    closedAt: order.closedAt ?? null,
    sheetClosesAt: order.sheetClosesAt ?? null,
    prepay_id: newest?.prepayId ?? null,
    code_url: newest?.codeUrl ?? null,
    mweb_url: newest?.mwebUrl ?? null,
    prepays: order.prepays.map(({ prepayId, expiresAt }) => ({ prepay_id: prepayId, expiresAt })),
    parameters: Object.fromEntries(order.parameters),
    delivery: order.delivery ?? null,
    transaction: order.transaction === undefined ? null : transactionView(order.transaction),
    ...refunds.sumsOf(order),
    refunds: refunds.listByOrder(order).map(wechatRefundView),
  } satisfies Plain<WechatOrderView>;
}

function transactionView(transaction: Transaction) {
  return {
    transaction_id: transaction.transactionId,
    openid: transaction.openid,
    bank_type: transaction.bankType,
    total_fee: transaction.totalFen,
    cash_fee: transaction.cashFen,
    feeFen: transaction.feeFen,
    coupons: transaction.coupons,
    paidAt: transaction.paidAt,
    visibleAt: transaction.visibleAt,
  } satisfies Plain<TransactionView>;
}
