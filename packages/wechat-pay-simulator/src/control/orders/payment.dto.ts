import { StringField, IntegerField, ChoiceField, NumberField, IfDefined } from '../../field-decorators.js';
import { ApiProperty, ApiPropertyOptional, OmitType } from '@nestjs/swagger';
import { IsInt, IsObject, Min } from 'class-validator';
import { PAYER_OUTCOMES } from '../../cashier/cashier.service.js';
import { NOTIFY_MODES } from '../../book/payment-input.js';
import { COUPON_TYPES } from '../../book/wechat-order.js';

export class PayOrderRequest {
  @StringField({ optional: true, description: 'Who pays. Default: the openid of the order, or a new person' })
  openid?: string;

  @ApiPropertyOptional({ description: 'The part of the price that a coupon pays: cash_fee is lower by this amount' })
  @IfDefined()
  @IsInt()
  @Min(1)
  couponFen?: number;

  @IntegerField(1, 10, { optional: true, default: 1, description: 'Number of coupons that share couponFen' })
  couponCount?: number;

  @ChoiceField(COUPON_TYPES, { optional: true, default: 'NO_CASH' })
  couponType?: (typeof COUPON_TYPES)[number];

  @NumberField(0, 86_400, {
    optional: true,
    description: 'Virtual seconds during which orderquery still responds with NOTPAY',
    default: 0,
  })
  visibleAfterSeconds?: number;

  @ChoiceField(NOTIFY_MODES, {
    optional: true,
    default: 'normal',
    description: 'lost: the notice is never sent; only orderquery reports the payment',
  })
  notify?: (typeof NOTIFY_MODES)[number];
}

/** A person who holds a phone and sees a payment sheet. */
class SheetRequest extends OmitType(PayOrderRequest, ['openid']) {
  @StringField({ description: 'The person who holds the phone' })
  openid!: string;

  @ChoiceField(PAYER_OUTCOMES, {
    optional: true,
    default: 'ok',
    description: 'ok-lost: paid, but the callback never comes',
  })
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
  @StringField({ description: 'The content of the QR code' })
  codeUrl!: string;
}

export class MobileWebRequest extends SheetRequest {
  @StringField({ description: 'The URL that the shop sent the browser to' })
  mwebUrl!: string;
}
