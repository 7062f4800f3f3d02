import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsInt,
  IsObject,
  IsString,
  Length,
  Matches,
  Max,
  Min,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { MAX_FEN } from '../../common/fen.js';
import { IfDefined } from '../../common/if-defined.js';
import { ChoiceField, IntegerField, LineField, TextField } from '../../common/validation/fields.js';
import { MerchantNumberField } from '../../common/validation/merchant-number.js';
import { IsExclusiveWith } from '../../common/validation/validation-decorators.js';
import { OrderListQuery } from '../../order/order.dto.js';
import type { LatePaymentPolicy } from '../../order/order.entity.js';
import { TRADE_TYPES, type TradeType } from '../../wechat/pay/payment-types.js';
import { IsClientAddress, IsMetadata } from './payment-order-validators.js';

const MIN_TTL_SECONDS = 60;
/** Seven days: WeChat itself closes an order after that. */
const MAX_TTL_SECONDS = 604_800;
const MAX_LINES = 50;
const MAX_QUANTITY = 1_000_000;

class PaymentOrderLineBody {
  @LineField({ max: 100 })
  readonly name!: string;

  @IntegerField({ min: 0, max: MAX_FEN, description: 'Fen per unit.' })
  readonly unitFen!: number;

  @IntegerField({ min: 1, max: MAX_QUANTITY })
  readonly quantity!: number;
}

/** The payer: exactly one of the two. */
export class PayerBody {
  @ApiPropertyOptional({ minLength: 1, maxLength: 128, description: "The payer's openid under the order's app." })
  @ValidateIf(({ openid, code }: PayerBody) => openid !== undefined || code === undefined)
  @IsString()
  @Length(1, 128)
  @Matches(/^[\x21-\x7e]*$/, { message: '$property must be printable ASCII characters without spaces' })
  readonly openid?: string;

  @ApiPropertyOptional({
    minLength: 1,
    maxLength: 128,
    description: "A code of `wx.login` in the shop's own app, which works once. Other apps need an openid.",
  })
  @IfDefined()
  @IsString()
  @Length(1, 128)
  @Matches(/^[\x21-\x7e]*$/, { message: '$property must be printable ASCII characters without spaces' })
  @IsExclusiveWith('openid')
  readonly code?: string;
}

export class CreatePaymentOrderBody {
  @MerchantNumberField({
    description:
      "The order's number in the merchant's own system, unique in the shop. A repetition with the same facts returns the " +
      'existing order. Numbers that differ only in case are two.',
  })
  readonly merchantOrderNo!: string;

  @ApiPropertyOptional({ minimum: 1, maximum: MAX_FEN, description: 'Fen. Either this or `lines`.' })
  @ValidateIf(({ amountFen, lines }: CreatePaymentOrderBody) => amountFen !== undefined || lines === undefined)
  @IsInt()
  @Min(1)
  @Max(MAX_FEN)
  readonly amountFen?: number;

  @ApiPropertyOptional({
    type: [PaymentOrderLineBody],
    minItems: 1,
    maxItems: MAX_LINES,
    description: 'What is paid for. The order costs their sum. Either this or `amountFen`.',
  })
  @IfDefined()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MAX_LINES)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => PaymentOrderLineBody)
  @IsExclusiveWith('amountFen')
  readonly lines?: PaymentOrderLineBody[];

  @LineField({
    max: 200,
    optional: true,
    description: 'Shown to the payer by WeChat, which cuts it at 127 bytes. Default: composed of shop name and lines.',
  })
  readonly description?: string;

  @ApiPropertyOptional({
    pattern: '^wx[0-9a-zA-Z]{6,30}$',
    description:
      'The mini-program or official account in which the order is paid, and under which the openid of `payer` is valid: ' +
      "the shop's own, or one of the setting `WECHAT_EXTRA_APP_IDS`. Default: the shop's own. APP payments use the mobile app.",
  })
  @IfDefined()
  @Matches(/^wx[0-9a-zA-Z]{6,30}$/, { message: '$property must be an AppID, such as wx8888888888888888' })
  readonly appId?: string;

  @ApiPropertyOptional({ type: PayerBody, description: 'Needed for JSAPI, here or at `pay`.' })
  @IfDefined()
  @IsObject()
  @ValidateNested()
  @Type(() => PayerBody)
  readonly payer?: PayerBody;

  @ApiPropertyOptional({ enum: TRADE_TYPES, isArray: true, minItems: 1, description: 'Default: all.' })
  @IfDefined()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayUnique()
  @IsIn(TRADE_TYPES, { each: true })
  readonly allowedTradeTypes?: TradeType[];

  @IntegerField({
    min: MIN_TTL_SECONDS,
    max: MAX_TTL_SECONDS,
    optional: true,
    description: 'Time to pay. Default: the setting `ORDER_TTL_SECONDS`. Not compared at a repetition.',
  })
  readonly expiresInSeconds?: number;

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: { type: 'string', maxLength: 500 },
    description: 'At most 20 keys of at most 40 characters. Returned unchanged, never sent to WeChat.',
  })
  @IfDefined()
  @Transform(({ obj }: { obj: { metadata?: unknown } }) => obj.metadata) // as it was sent, without nested objects
  @IsMetadata()
  readonly metadata?: Record<string, string>;

  @ChoiceField(['refund', 'deliver'], {
    optional: true,
    description:
      'A payment after the close is refunded, or revives the order. Default: the setting `LATE_PAYMENT_POLICY`.',
  })
  readonly latePayment?: LatePaymentPolicy;

  @ChoiceField(['none', 'required'], {
    optional: true,
    default: 'none',
    description: '`required`: the paid order is listed as unshipped until its last shipment is reported.',
  })
  readonly shipping?: 'none' | 'required';
}

export class PayPaymentOrderBody {
  @ChoiceField(TRADE_TYPES)
  readonly tradeType!: TradeType;

  @ApiPropertyOptional({
    type: PayerBody,
    description:
      'Stored if the order has no payer yet. Once the payer is known, another `openid` is rejected, and a `code` is not ' +
      'exchanged.',
  })
  @IfDefined()
  @IsObject()
  @ValidateNested()
  @Type(() => PayerBody)
  readonly payer?: PayerBody;

  @ApiPropertyOptional({ description: "The payer's IP address, which MWEB needs. Default: the caller's address." })
  @IfDefined()
  @IsClientAddress()
  readonly clientIp?: string;
}

export class ReopenPaymentOrderBody {
  @IntegerField({
    min: MIN_TTL_SECONDS,
    max: MAX_TTL_SECONDS,
    optional: true,
    description: 'Time to pay from now on. Default: the setting `ORDER_TTL_SECONDS`.',
  })
  readonly expiresInSeconds?: number;
}

export class RefundPaymentOrderBody {
  @IntegerField({ min: 1, max: MAX_FEN, description: 'Fen.' })
  readonly amountFen!: number;

  @TextField({ max: 200, description: 'Shown to the payer.' })
  readonly reason!: string;

  @MerchantNumberField({
    description:
      "The refund's number in the merchant's own system, unique in the shop. The same number is the same refund.",
  })
  readonly merchantRefundNo!: string;
}

export class PaymentOrderListQuery extends OrderListQuery {
  @ApiPropertyOptional({ maxLength: 64 })
  @IfDefined()
  @IsString()
  @Length(1, 64)
  readonly merchantOrderNo?: string;
}
