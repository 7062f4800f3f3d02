import { ApiProperty } from '@nestjs/swagger';
import { COUPON_TYPES } from '../state/wechat-order.js';
import type { RefundSource, WechatRefundStatus } from '../state/wechat-refund.js';
import { receiverOf, REFUND_SOURCES, WECHAT_REFUND_STATUSES, WechatRefund } from '../state/wechat-refund.js';
import type { Plain } from './plain.js';

class RefundedCouponView {
  @ApiProperty() id!: string;
  @ApiProperty({ enum: COUPON_TYPES }) type!: string;
  @ApiProperty() feeFen!: number;
}

export class WechatRefundView {
  @ApiProperty() out_refund_no!: string;
  @ApiProperty({ description: '29 digits' }) refund_id!: string;
  @ApiProperty() out_trade_no!: string;
  @ApiProperty() transaction_id!: string;
  @ApiProperty({ type: String, enum: WECHAT_REFUND_STATUSES }) refund_status!: WechatRefundStatus;
  @ApiProperty() refund_fee!: number;
  @ApiProperty({ description: 'The amount that the payer receives in cash' }) cash_refund_fee!: number;
  @ApiProperty({ description: 'The amount that the merchant pays' }) settlement_refund_fee!: number;
  @ApiProperty({ type: [RefundedCouponView] }) coupons!: readonly RefundedCouponView[];
  @ApiProperty() refund_account!: string;
  @ApiProperty() refund_recv_accout!: string;
  @ApiProperty({ type: String, enum: REFUND_SOURCES }) refund_request_source!: RefundSource;
  @ApiProperty({ description: 'Empty when the request has none' }) refund_desc!: string;
  @ApiProperty({ type: String, nullable: true, description: 'null: no notice is sent' })
  notify_url!: string | null;
  @ApiProperty({ description: 'Virtual time' }) acceptedAt!: Date;
  @ApiProperty({ type: Date, nullable: true, description: 'When it last reached a final status' })
  endedAt!: Date | null;
}

export function wechatRefundView(refund: WechatRefund) {
  return {
    out_refund_no: refund.outRefundNo,
    refund_id: refund.refundId,
    out_trade_no: refund.order.outTradeNo,
    transaction_id: refund.transaction.transactionId,
    refund_status: refund.status,
    refund_fee: refund.refundFen,
    cash_refund_fee: refund.cashFen,
    settlement_refund_fee: refund.settlementFen,
    coupons: refund.coupons,
    refund_account: refund.account,
    refund_recv_accout: receiverOf(refund, refund.status),
    refund_request_source: refund.source,
    refund_desc: refund.reason,
    notify_url: refund.notifyUrl ?? null,
    acceptedAt: refund.acceptedAt,
    endedAt: refund.endedAt ?? null,
  } satisfies Plain<WechatRefundView>;
}
