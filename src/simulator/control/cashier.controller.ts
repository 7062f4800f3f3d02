import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOperation, ApiProperty, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { IsBoolean, IsObject, IsOptional, IsString } from 'class-validator';
import { Cashier, CashierResult, failed } from '../cashier/cashier.js';
import { OrderBook } from '../state/order-book.js';
import { AppRequest, JsapiRequest, MobileWebRequest, ScanRequest } from './payment.dto.js';

class OpenRequest {
  @ApiProperty()
  @IsString()
  openid!: string;

  @ApiProperty({ type: 'object', additionalProperties: true })
  @IsObject()
  requestPayment!: Record<string, unknown>;

  @ApiPropertyOptional({ description: 'The payer begins to type the password: the order becomes USERPAYING' })
  @IsOptional()
  @IsBoolean()
  userPaying?: boolean;
}

/** What a payment sheet shows. */
interface Sheet {
  out_trade_no: string;
  body: string;
  total_fee: number;
  trade_state: string;
  sheetClosesAt: Date | null;
}

/** The phone. Always HTTP 200: a payment that fails is no error of this API. */
@ApiTags('cashier')
@Controller('_control/cashier')
export class CashierController {
  constructor(
    private readonly cashier: Cashier,
    private readonly orders: OrderBook,
  ) {}

  @ApiOperation({ summary: 'wx.requestPayment, and what the payer does with the sheet' })
  @Post('pay')
  @HttpCode(200)
  pay(@Body() { requestPayment, ...wish }: JsapiRequest): Promise<CashierResult> {
    return this.cashier.settle(this.cashier.openJsapi(wish.openid, requestPayment), wish);
  }

  @ApiOperation({ summary: 'Only show the sheet; /pay with the same arguments decides' })
  @Post('open')
  @HttpCode(200)
  open(@Body() { openid, requestPayment, userPaying }: OpenRequest): CashierResult | { errMsg: null; sheet: Sheet } {
    const order = this.cashier.openJsapi(openid, requestPayment);
    if ('reason' in order) return failed(order);
    if (userPaying === true) this.orders.move(order, 'USERPAYING');
    const sheet = {
      out_trade_no: order.outTradeNo,
      body: order.parameters.get('body') ?? '',
      total_fee: order.totalFen,
      trade_state: order.state,
      sheetClosesAt: order.sheetClosesAt ?? null,
    };
    return { errMsg: null, sheet };
  }

  @ApiOperation({ summary: 'Pay an APP order with the SDK' })
  @Post('app')
  @HttpCode(200)
  app(@Body() { payRequest, ...wish }: AppRequest): Promise<CashierResult> {
    return this.cashier.settle(this.cashier.openApp(payRequest), wish);
  }

  @ApiOperation({ summary: 'Scan the QR code of a NATIVE order' })
  @Post('scan')
  @HttpCode(200)
  scan(@Body() { codeUrl, ...wish }: ScanRequest): Promise<CashierResult> {
    return this.cashier.settle(this.cashier.openScanned(codeUrl), wish);
  }

  @ApiOperation({ summary: 'Follow the mweb_url of an MWEB order in a mobile browser' })
  @Post('mweb')
  @HttpCode(200)
  mobileWeb(@Body() { mwebUrl, ...wish }: MobileWebRequest): Promise<CashierResult> {
    return this.cashier.settle(this.cashier.openMobileWeb(mwebUrl), wish);
  }
}
