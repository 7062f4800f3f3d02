import { Body, Controller, HttpCode, Param, Post, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CallRateGuard } from '../auth/call-limits/call-rate.guard.js';
import { RespondUserBlocked, UserGuard, UserId } from '../auth/user.guard.js';
import { ClientAddress } from '../common/http/client-address.js';
import { RoutesFor } from '../common/http/route-audience.js';
import { ProblemResponses } from '../common/problem/problem.dto.js';
import { orderView, OrderView } from '../order/order.view.js';
import { OrderQueryService } from '../order/order-query.service.js';
import { UnpaidOrderService } from './status-sync/unpaid-order.service.js';
import { PayBody, PayView } from './pay.dto.js';
import { PaymentService } from './payment.service.js';

@ApiTags('payments')
@ApiBearerAuth('user')
@Controller('api/orders/:orderNo')
@RoutesFor('BUYERS')
@UseGuards(UserGuard)
export class PaymentController {
  constructor(
    private readonly orders: OrderQueryService,
    private readonly payments: PaymentService,
    private readonly unpaidOrders: UnpaidOrderService,
  ) {}

  @Post('pay')
  @UseGuards(CallRateGuard)
  @RespondUserBlocked()
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
    @ClientAddress() ip: string,
  ): Promise<PayView> {
    return this.payments.payAsUser(userId, orderNo, { tradeType: body.tradeType ?? 'JSAPI', ip });
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
  @ApiOperation({
    summary: 'Query WeChat now and apply the result; call it after `wx.requestPayment` succeeded',
    description: 'A paid order is returned without a query.',
  })
  @ApiOkResponse({ type: OrderView })
  @ProblemResponses('UNAUTHENTICATED', 'ORDER_NOT_FOUND', 'RATE_LIMITED', 'WECHAT_UNAVAILABLE')
  async sync(@UserId() userId: string, @Param('orderNo') orderNo: string): Promise<OrderView> {
    return orderView(await this.unpaidOrders.sync(await this.orders.getForUser(userId, orderNo)));
  }
}
