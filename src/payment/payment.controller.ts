import { Body, Controller, HttpCode, Param, Post, Req, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { CallRateGuard } from '../auth/call-rate.guard.js';
import { SayWhenBlocked, UserGuard, UserId } from '../auth/user.guard.js';
import { clientAddress } from '../common/client-address.js';
import { ProblemResponses } from '../common/problem.dto.js';
import { orderView, OrderView } from '../order/order.view.js';
import { Orders } from '../order/orders.js';
import { OrderPayments } from './order-payments.js';
import { PayBody, PayView } from './pay.dto.js';
import { Paying } from './paying.js';

@ApiTags('payments')
@ApiBearerAuth('user')
@Controller('api/orders/:orderNo')
@UseGuards(UserGuard)
export class PaymentController {
  constructor(
    private readonly orders: Orders,
    private readonly paying: Paying,
    private readonly payments: OrderPayments,
  ) {}

  @Post('pay')
  @UseGuards(CallRateGuard)
  @SayWhenBlocked()
  @HttpCode(200)
  @ApiOperation({
    summary: 'What opens the cashier',
    description:
      'Safe to repeat: the same trade type uses the same `out_trade_no`. Another trade type closes the earlier attempt first.',
  })
  @ApiOkResponse({ type: PayView })
  @ProblemResponses(
    'VALIDATION_FAILED',
    'UNAUTHENTICATED',
    'ORDER_NOT_FOUND',
    'ORDER_NOT_PAYABLE',
    'USER_BLOCKED',
    'ORDER_BUSY',
    'RATE_LIMITED',
    'WECHAT_UNAVAILABLE',
    'WECHAT_REJECTED',
  )
  pay(
    @UserId() userId: string,
    @Param('orderNo') orderNo: string,
    @Body() body: PayBody,
    @Req() request: FastifyRequest,
  ): Promise<PayView> {
    return this.paying.pay({ userId, orderNo, tradeType: body.tradeType ?? 'JSAPI', ip: clientAddress(request) });
  }

  @Post('cancel')
  @UseGuards(CallRateGuard)
  @HttpCode(200)
  @ApiOperation({ summary: 'Give up the order: closed at WeChat first, then here, then the stock returns' })
  @ApiOkResponse({ type: OrderView })
  @ProblemResponses('UNAUTHENTICATED', 'ORDER_NOT_FOUND', 'ORDER_NOT_CANCELLABLE', 'RATE_LIMITED', 'WECHAT_UNAVAILABLE')
  async cancel(@UserId() userId: string, @Param('orderNo') orderNo: string): Promise<OrderView> {
    return orderView(await this.payments.cancel(userId, orderNo));
  }

  @Post('sync')
  @UseGuards(CallRateGuard)
  @HttpCode(200)
  @ApiOperation({ summary: 'Ask WeChat now: what a client calls when wx.requestPayment succeeded' })
  @ApiOkResponse({ type: OrderView })
  @ProblemResponses('UNAUTHENTICATED', 'ORDER_NOT_FOUND', 'RATE_LIMITED', 'WECHAT_UNAVAILABLE')
  async sync(@UserId() userId: string, @Param('orderNo') orderNo: string): Promise<OrderView> {
    return orderView(await this.payments.sync(await this.orders.ofUser(userId, orderNo)));
  }
}
