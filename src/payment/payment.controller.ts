import { Body, Controller, HttpCode, Param, Post, Req, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { CallRateGuard } from '../auth/call-rate.guard.js';
import { ReportBlockedUser, UserGuard, UserId } from '../auth/user.guard.js';
import { clientAddress } from '../common/client-address.js';
import { ProblemResponses } from '../common/problem.dto.js';
import { orderView, OrderView } from '../order/order.view.js';
import { OrderQueryService } from '../order/order-query.service.js';
import { UnpaidOrderService } from './unpaid-order.service.js';
import { PayBody, PayView } from './pay.dto.js';
import { PaymentService } from './payment.service.js';

@ApiTags('payments')
@ApiBearerAuth('user')
@Controller('api/orders/:orderNo')
@UseGuards(UserGuard)
export class PaymentController {
  constructor(
    private readonly orders: OrderQueryService,
    private readonly payments: PaymentService,
    private readonly unpaidOrders: UnpaidOrderService,
  ) {}

  @Post('pay')
  @UseGuards(CallRateGuard)
  @ReportBlockedUser()
  @HttpCode(200)
  @ApiOperation({
    summary: "Start a payment: returns the parameters that open WeChat's payment page",
    description:
      'May be repeated: the same trade type uses the same `out_trade_no`. Another trade type first closes the earlier attempt.',
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
    return this.payments.pay({ userId, orderNo, tradeType: body.tradeType ?? 'JSAPI', ip: clientAddress(request) });
  }

  @Post('cancel')
  @UseGuards(CallRateGuard)
  @HttpCode(200)
  @ApiOperation({ summary: 'Cancel an order: closes it at WeChat, then here, and releases the stock' })
  @ApiOkResponse({ type: OrderView })
  @ProblemResponses('UNAUTHENTICATED', 'ORDER_NOT_FOUND', 'ORDER_NOT_CANCELLABLE', 'RATE_LIMITED', 'WECHAT_UNAVAILABLE')
  async cancel(@UserId() userId: string, @Param('orderNo') orderNo: string): Promise<OrderView> {
    return orderView(await this.unpaidOrders.cancel(userId, orderNo));
  }

  @Post('sync')
  @UseGuards(CallRateGuard)
  @HttpCode(200)
  @ApiOperation({ summary: 'Query WeChat now and apply the result; call it after `wx.requestPayment` succeeded' })
  @ApiOkResponse({ type: OrderView })
  @ProblemResponses('UNAUTHENTICATED', 'ORDER_NOT_FOUND', 'RATE_LIMITED', 'WECHAT_UNAVAILABLE')
  async sync(@UserId() userId: string, @Param('orderNo') orderNo: string): Promise<OrderView> {
    return orderView(await this.unpaidOrders.sync(await this.orders.getForUser(userId, orderNo)));
  }
}
