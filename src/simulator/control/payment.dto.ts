import { ApiProperty, ApiPropertyOptional, OmitType } from '@nestjs/swagger';
import { IsIn, IsInt, IsNumber, IsObject, IsString, Max, Min } from 'class-validator';
import { PAYER_OUTCOMES } from '../cashier/cashier.service.js';
import { NOTIFY_MODES } from '../cashier/payment-input.js';
import { COUPON_TYPES } from '../state/wechat-order.js';
import { IfGiven } from './if-given.js';

export class PayOrderRequest {
  @ApiPropertyOptional({ description: 'Who pays. Default: the openid of the order, or a new person' })
  @IfGiven()
  @IsString()
  openid?: string;

  @ApiPropertyOptional({ description: 'The part of the price that a coupon pays: cash_fee is lower by this amount' })
  @IfGiven()
  @IsInt()
  @Min(1)
  couponFen?: number;

  @ApiPropertyOptional({ default: 1, description: 'Number of coupons that share couponFen' })
  @IfGiven()
  @IsInt()
  @Min(1)
  @Max(10)
  couponCount?: number;

  @ApiPropertyOptional({ enum: COUPON_TYPES, default: 'NO_CASH' })
  @IfGiven()
  @IsIn(COUPON_TYPES)
  couponType?: (typeof COUPON_TYPES)[number];

  @ApiPropertyOptional({ description: 'Virtual seconds during which orderquery still answers NOTPAY', default: 0 })
  @IfGiven()
  @IsNumber()
  @Min(0)
  @Max(86_400)
  visibleAfterSeconds?: number;

  @ApiPropertyOptional({
    enum: NOTIFY_MODES,
    default: 'normal',
    description: 'lost: the notice is never sent; only orderquery reports the payment',
  })
  @IfGiven()
  @IsIn(NOTIFY_MODES)
  notify?: (typeof NOTIFY_MODES)[number];
}

/** A person who holds a phone and sees a payment sheet. */
class SheetRequest extends OmitType(PayOrderRequest, ['openid']) {
  @ApiProperty({ description: 'The person who holds the phone' })
  @IsString()
  openid!: string;

  @ApiPropertyOptional({
    enum: PAYER_OUTCOMES,
    default: 'ok',
    description: 'ok-lost: paid, but the callback never comes',
  })
  @IfGiven()
  @IsIn(PAYER_OUTCOMES)
  outcome?: (typeof PAYER_OUTCOMES)[number];
}

export class JsapiRequest extends SheetRequest {
  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    description: 'The arguments of wx.requestPayment or wx.chooseWXPay, as the shop returned them',
    example: { timeStamp: '1795233604', nonceStr: '…', package: 'prepay_id=…', signType: 'MD5', paySign: '…' },
  })
  @IsObject()
  requestPayment!: Record<string, unknown>;
}

export class AppRequest extends SheetRequest {
  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    description: "The arguments of the SDK's payment call, as the shop returned them",
    example: {
      appid: '…',
      partnerid: '…',
      prepayid: '…',
      package: 'Sign=WXPay',
      noncestr: '…',
      timestamp: '…',
      sign: '…',
    },
  })
  @IsObject()
  payRequest!: Record<string, unknown>;
}

export class ScanRequest extends SheetRequest {
  @ApiProperty({ description: 'The content of the QR code' })
  @IsString()
  codeUrl!: string;
}

export class MobileWebRequest extends SheetRequest {
  @ApiProperty({ description: 'The URL that the shop sent the browser to' })
  @IsString()
  mwebUrl!: string;
}
