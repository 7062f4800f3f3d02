import { ChoiceField, IntegerField, PatternField, IfDefined } from '../../field-decorators.js';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsUrl } from 'class-validator';
import type { FinalRefundStatus, RefundSource, WechatRefundStatus } from '../../book/wechat-refund.js';
import { COUPON_TYPES, PROTOCOLS } from '../../book/wechat-order.js';
import { receiverOf, REFUND_SOURCES, WECHAT_REFUND_STATUSES, WechatRefund } from '../../book/wechat-refund.js';
import type { Plain } from '../api-helpers.js';

const FINAL_STATUSES = ['SUCCESS', 'CHANGE', 'REFUNDCLOSE'] as const;

export class RefundStateRequest {
  @ChoiceField(FINAL_STATUSES, { description: 'From PROCESSING: any; from CHANGE: only SUCCESS' })
  state!: FinalRefundStatus;
}

export class VendorRefundRequest {
  @IntegerField(1, 10_000_000_000)
  refundFen!: number;

  @PatternField(/^[0-9A-Za-z_\-|*@]{1,64}$/, { optional: true, description: 'Generated when absent' })
  out_refund_no?: string;

  @ApiPropertyOptional({ description: 'Default: the refundNotifyUrl of PUT /_control/merchant' })
  @IfDefined()
  @IsUrl({ require_tld: false, require_protocol: true, protocols: ['http', 'https'] })
  notify_url?: string;
}

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
  @ApiProperty({ description: 'The part of the fee that the merchant gets back' }) feeFen!: number;
  @ApiProperty({ type: [RefundedCouponView] }) coupons!: readonly RefundedCouponView[];
  @ApiProperty() refund_account!: string;
  @ApiProperty() refund_recv_accout!: string;
  @ApiProperty({ enum: PROTOCOLS, description: 'The protocol of the request' }) protocol!: string;
  @ApiProperty({ enum: PROTOCOLS, description: 'The format of the notice' }) notice_protocol!: string;
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
    feeFen: refund.feeFen,
    coupons: refund.coupons,
    refund_account: refund.account,
    refund_recv_accout: receiverOf(refund, refund.status),
    protocol: refund.protocol,
    notice_protocol: refund.noticeProtocol,
    refund_request_source: refund.source,
    refund_desc: refund.reason,
    notify_url: refund.notifyUrl ?? null,
    acceptedAt: refund.acceptedAt,
    endedAt: refund.endedAt ?? null,
  } satisfies Plain<WechatRefundView>;
}
