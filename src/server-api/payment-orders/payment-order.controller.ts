import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Actor } from '../../audit/audit-log.js';
import { RoutesFor } from '../../common/http/route-audience.js';
import { ApiPage } from '../../common/paging/page.dto.js';
import type { Page } from '../../common/paging/paging.js';
import { ProblemResponses } from '../../common/problem/problem.dto.js';
import { StaffRead } from '../../database/staff-read/staff-read.service.js';
import { OrderQueryService } from '../../order/order-query.service.js';
import { paymentOrderView, PaymentOrderView } from '../../order/payment-order.view.js';
import { PayView } from '../../payment/pay.dto.js';
import { serverRefundView, ServerRefundView } from '../../refund/read/server-refund.view.js';
import { AllowScope, CurrentKeyActor } from '../server.guard.js';
import { ServerRefundService } from '../server-refund.service.js';
import {
  CreatePaymentOrderBody,
  PaymentOrderListQuery,
  PayPaymentOrderBody,
  RefundPaymentOrderBody,
  ReopenPaymentOrderBody,
} from './payment-order.dto.js';
import { PaymentOrderPlacementService } from './payment-order-placement.service.js';
import { PaymentOrderService } from './payment-order.service.js';

@ApiTags('server: payment orders')
@Controller('server/api/payment-orders')
@RoutesFor('API_KEYS')
export class PaymentOrderController {
  constructor(
    private readonly placement: PaymentOrderPlacementService,
    private readonly paymentOrders: PaymentOrderService,
    private readonly orders: OrderQueryService,
    private readonly refunds: ServerRefundService,
  ) {}

  @Post()
  @AllowScope('payments:write')
  @ApiOperation({
    summary: "Create a payment order for an order of the merchant's own system",
    description:
      'May be repeated without an `Idempotency-Key`: the same `merchantOrderNo` with the same facts returns the existing ' +
      'order, also months later. A repetition does not exchange its `payer.code` again, and `expiresInSeconds` is not ' +
      'compared.',
  })
  @ApiCreatedResponse({ type: PaymentOrderView })
  @ApiOkResponse({ type: PaymentOrderView, description: 'The existing order.' })
  @ProblemResponses(
    ...(['VALIDATION_FAILED', 'UNAUTHENTICATED', 'FORBIDDEN', 'MERCHANT_ORDER_NO_TAKEN'] as const),
    ...(['WECHAT_CODE_INVALID', 'WECHAT_USER_BLOCKED', 'WECHAT_RATE_LIMITED', 'WECHAT_UNAVAILABLE'] as const),
  )
  async create(
    @Body() body: CreatePaymentOrderBody,
    @CurrentKeyActor() actor: Actor,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PaymentOrderView> {
    const { order, isNew } = await this.placement.place(body, actor);
    void reply.status(isNew ? 201 : 200);
    return paymentOrderView(order);
  }

  @Get()
  @StaffRead()
  @AllowScope('payments:read')
  @ApiOperation({ summary: 'List payment orders, newest first' })
  @ApiPage(PaymentOrderView)
  @ProblemResponses('VALIDATION_FAILED', 'UNAUTHENTICATED', 'FORBIDDEN')
  list(@Query() query: PaymentOrderListQuery): Promise<Page<PaymentOrderView>> {
    return this.paymentOrders.list(query);
  }

  @Get(':orderNo')
  @AllowScope('payments:read')
  @ApiOperation({ summary: 'Get a payment order' })
  @ApiOkResponse({ type: PaymentOrderView })
  @ProblemResponses('UNAUTHENTICATED', 'FORBIDDEN', 'ORDER_NOT_FOUND')
  async show(@Param('orderNo') orderNo: string): Promise<PaymentOrderView> {
    return paymentOrderView(await this.orders.getPaymentOrder(orderNo));
  }

  @Post(':orderNo/pay')
  @AllowScope('payments:write')
  @HttpCode(200)
  @ApiOperation({
    summary: "Start a payment: returns the parameters that open WeChat's payment page",
    description:
      'May be repeated: the same trade type uses the same `outTradeNo`. Another trade type first closes the earlier ' +
      'attempt. A payer is stored if the order has none. Once known, the payer is fixed: another `openid` is ' +
      '`ORDER_NOT_PAYABLE`, and a `code` is not exchanged.',
  })
  @ApiOkResponse({ type: PayView })
  @ProblemResponses(
    ...(['VALIDATION_FAILED', 'UNAUTHENTICATED', 'FORBIDDEN', 'ORDER_NOT_FOUND', 'ORDER_NOT_PAYABLE'] as const),
    ...([
      'PAYER_REQUIRED',
      'TRADE_TYPE_NOT_ALLOWED',
      'ORDER_BUSY',
      'WECHAT_CODE_INVALID',
      'WECHAT_USER_BLOCKED',
    ] as const),
    ...(['WECHAT_RATE_LIMITED', 'WECHAT_UNAVAILABLE', 'WECHAT_REJECTED'] as const),
  )
  pay(
    @Param('orderNo') orderNo: string,
    @Body() body: PayPaymentOrderBody,
    @CurrentKeyActor() actor: Actor,
  ): Promise<PayView> {
    return this.paymentOrders.pay(orderNo, body, actor);
  }

  @Post(':orderNo/close')
  @AllowScope('payments:write')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Close an unpaid payment order: at WeChat, then here',
    description: 'May be repeated: a closed order is returned unchanged.',
  })
  @ApiOkResponse({ type: PaymentOrderView })
  @ProblemResponses('UNAUTHENTICATED', 'FORBIDDEN', 'ORDER_NOT_FOUND', 'ORDER_NOT_CANCELLABLE', 'WECHAT_UNAVAILABLE')
  async close(@Param('orderNo') orderNo: string, @CurrentKeyActor() actor: Actor): Promise<PaymentOrderView> {
    return paymentOrderView(await this.paymentOrders.close(orderNo, actor));
  }

  @Post(':orderNo/sync')
  @AllowScope('payments:write')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Query WeChat now and apply the result',
    description: 'A paid order is returned without a query.',
  })
  @ApiOkResponse({ type: PaymentOrderView })
  @ProblemResponses('UNAUTHENTICATED', 'FORBIDDEN', 'ORDER_NOT_FOUND', 'WECHAT_UNAVAILABLE')
  async sync(@Param('orderNo') orderNo: string): Promise<PaymentOrderView> {
    return paymentOrderView(await this.paymentOrders.sync(orderNo));
  }

  @Post(':orderNo/reopen')
  @AllowScope('payments:write')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Give an expired payment order more time',
    description:
      'Only an order closed as `EXPIRED` to which no money has come. The next `pay` begins a new attempt. A payment that ' +
      'still comes through an old attempt pays the order; a second payment is refunded.',
  })
  @ApiOkResponse({ type: PaymentOrderView })
  @ProblemResponses('VALIDATION_FAILED', 'UNAUTHENTICATED', 'FORBIDDEN', 'ORDER_NOT_FOUND', 'ORDER_NOT_REOPENABLE')
  async reopen(
    @Param('orderNo') orderNo: string,
    @Body() body: ReopenPaymentOrderBody,
    @CurrentKeyActor() actor: Actor,
  ): Promise<PaymentOrderView> {
    return paymentOrderView(await this.paymentOrders.reopen(orderNo, body.expiresInSeconds, actor));
  }

  @Post(':orderNo/refunds')
  @AllowScope('refunds:write')
  @ApiOperation({
    summary: 'Create and send a refund of a payment order at once',
    description:
      'May be repeated without an `Idempotency-Key`: the same `merchantRefundNo` with the same facts returns the same refund.',
  })
  @ApiCreatedResponse({ type: ServerRefundView })
  @ProblemResponses(
    ...(['VALIDATION_FAILED', 'UNAUTHENTICATED', 'FORBIDDEN', 'ORDER_NOT_FOUND', 'ORDER_NOT_REFUNDABLE'] as const),
    ...(['REFUND_EXCEEDS_PAYMENT', 'REFUND_LIMIT_REACHED', 'MERCHANT_REFUND_NO_TAKEN'] as const),
  )
  async refund(
    @Param('orderNo') orderNo: string,
    @Body() body: RefundPaymentOrderBody,
    @CurrentKeyActor() actor: Actor,
  ): Promise<ServerRefundView> {
    const order = await this.orders.getPaymentOrder(orderNo);
    return serverRefundView(await this.refunds.create(order.orderNo, body, { actor, idempotencyKey: undefined }));
  }
}
