import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import { IfDefined } from '../common/if-defined.js';
import { type ClientParameters, TRADE_TYPES, type TradeType } from '../wechat/pay/payment-types.js';

export class PayBody {
  @ApiPropertyOptional({ enum: TRADE_TYPES, default: 'JSAPI' })
  @IfDefined()
  @IsIn(TRADE_TYPES)
  readonly tradeType?: TradeType;
}

export class PayView {
  @ApiProperty()
  orderNo!: string;

  @ApiProperty({ description: '`out_trade_no` of this attempt at WeChat.' })
  outTradeNo!: string;

  @ApiProperty({ type: String, format: 'date-time' })
  expiresAt!: Date;

  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'string' },
    description:
      'JSAPI: the argument of `wx.requestPayment` (`appId`, `timeStamp`, `nonceStr`, `package`, ' +
      '`packageValue`, `signType`, `paySign`). ' +
      'NATIVE: `codeUrl`, to show as a QR code. ' +
      "APP: the fields of the app SDK's `PayReq` (`appid`, `partnerid`, `prepayid`, `package`, `noncestr`, `timestamp`, `sign`). " +
      'MWEB: `mwebUrl`, to open in a mobile browser outside WeChat. It is valid for five minutes; then call `pay` again.',
  })
  requestPayment!: ClientParameters;
}
