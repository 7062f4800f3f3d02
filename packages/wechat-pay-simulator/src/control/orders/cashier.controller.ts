import { StringField, BooleanField } from '../../field-decorators.js';
import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { IsObject } from 'class-validator';
import { CashierService, CashierResult, failedResult } from '../../cashier/cashier.service.js';
import { isChooseWxPayCall } from '../../cashier/request-payment.js';
import { OrderStore } from '../../book/order-store.js';
import type { Plain } from '../api-helpers.js';
import { AppRequest, JsapiRequest, MobileWebRequest, ScanRequest } from './payment.dto.js';

class OpenRequest {
  @StringField()
  openid!: string;

  @ApiProperty({ type: 'object', additionalProperties: true })
  @IsObject()
  requestPayment!: Record<string, unknown>;

  @BooleanField({ optional: true, description: 'The payer begins to type the password: the order becomes USERPAYING' })
  userPaying?: boolean;
}

class ResultView {
  @ApiProperty({ type: String, nullable: true, description: 'null when the callback never comes' }) errMsg!:
    string | null;
  @ApiPropertyOptional({ description: 'Machine-readable reason of a failure' }) reason?: string;
  @ApiPropertyOptional() transaction_id?: string;
  @ApiPropertyOptional() out_trade_no?: string;
}

/** The content of a payment sheet. */
class SheetView {
  @ApiProperty() out_trade_no!: string;
  @ApiProperty() body!: string;
  @ApiProperty() total_fee!: number;
  @ApiProperty() trade_state!: string;
  @ApiProperty({ type: Date, nullable: true }) sheetClosesAt!: Date | null;
}

class OpenedView {
  @ApiProperty({ type: String, nullable: true, description: 'null when the sheet is open' }) errMsg!: string | null;
  @ApiPropertyOptional({ description: 'Machine-readable reason why the sheet does not open' }) reason?: string;
  @ApiPropertyOptional({ type: SheetView, description: 'Absent when the sheet does not open' }) sheet?: SheetView;
}

/** The payer's phone. Always responds with HTTP 200: a failed payment is not an error of this API. */
@ApiTags('cashier')
@Controller('_control/cashier')
export class CashierController {
  constructor(
    private readonly cashier: CashierService,
    private readonly orders: OrderStore,
  ) {}

  @ApiOperation({ summary: 'wx.requestPayment and the decision of the payer' })
  @ApiOkResponse({ type: ResultView })
  @Post('pay')
  @HttpCode(200)
  async pay(@Body() { requestPayment, ...input }: JsapiRequest): Promise<CashierResult> {
    const result = await this.cashier.applyPayerDecision(this.cashier.openJsapi(input.openid, requestPayment), input);
    const call = isChooseWxPayCall(requestPayment) ? 'chooseWXPay' : 'requestPayment';
    return { ...result, errMsg: result.errMsg?.replace(/^requestPayment/, call) ?? null };
  }

  @ApiOperation({ summary: 'Only open the payment sheet; POST pay with the same arguments decides' })
  @ApiOkResponse({ type: OpenedView })
  @Post('open')
  @HttpCode(200)
  open(@Body() { openid, requestPayment, userPaying }: OpenRequest) {
    const order = this.cashier.openJsapi(openid, requestPayment);
    if ('reason' in order) return failedResult(order);
    if (userPaying === true) this.orders.transition(order, 'USERPAYING');
    const sheet = {
      out_trade_no: order.outTradeNo,
      body: order.description,
      total_fee: order.totalFen,
      trade_state: order.state,
      sheetClosesAt: order.sheetClosesAt ?? null,
    };
    return { errMsg: null, sheet } satisfies Plain<OpenedView>;
  }

  @ApiOperation({ summary: 'Pay an APP order with the SDK' })
  @ApiOkResponse({ type: ResultView })
  @Post('app')
  @HttpCode(200)
  app(@Body() { payRequest, ...input }: AppRequest): Promise<CashierResult> {
    return this.cashier.applyPayerDecision(this.cashier.openApp(payRequest), input);
  }

  @ApiOperation({ summary: 'Scan the QR code of a NATIVE order' })
  @ApiOkResponse({ type: ResultView })
  @Post('scan')
  @HttpCode(200)
  scan(@Body() { codeUrl, ...input }: ScanRequest): Promise<CashierResult> {
    return this.cashier.applyPayerDecision(this.cashier.openScanned(codeUrl), input);
  }

  @ApiOperation({ summary: 'Follow the mweb_url of an MWEB order in a mobile browser' })
  @ApiOkResponse({ type: ResultView })
  @Post('mweb')
  @HttpCode(200)
  mobileWeb(@Body() { mwebUrl, ...input }: MobileWebRequest): Promise<CashierResult> {
    return this.cashier.applyPayerDecision(this.cashier.openMobileWeb(mwebUrl), input);
  }
}
