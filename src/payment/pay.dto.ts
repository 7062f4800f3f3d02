import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import { IfGiven } from '../common/if-given.js';
import { type ClientParameters, TRADE_TYPES, type TradeType } from '../wechat/wechat-pay.gateway.js';

export class PayBody {
  @ApiPropertyOptional({ enum: TRADE_TYPES, default: 'JSAPI' })
  @IfGiven()
  @IsIn(TRADE_TYPES)
  readonly tradeType?: TradeType;
}

export class PayView {
  @ApiProperty()
  orderNo!: string;

  @ApiProperty({ description: "WeChat's `out_trade_no` of this attempt." })
  outTradeNo!: string;

  @ApiProperty({ type: String, format: 'date-time' })
  expiresAt!: Date;

  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'string' },
    description:
      'JSAPI: goes straight into `wx.requestPayment` (`appId`, `timeStamp`, `nonceStr`, `package`, `packageValue`, `signType`, `paySign`). ' +
      'NATIVE: `codeUrl`, to be shown as a QR code. ' +
      'APP: goes into the SDK for apps (`appid`, `partnerid`, `prepayid`, `package`, `noncestr`, `timestamp`, `sign`). ' +
      'MWEB: `mwebUrl`, where a mobile browser outside WeChat is sent; good for five minutes, then ask again.',
  })
  requestPayment!: ClientParameters;
}
