import { Body, Controller, Get, HttpCode, Param, Post, Query, Req, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiHeader, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { CallRateGuard } from '../auth/call-rate.guard.js';
import { UserGuard, UserId } from '../auth/user.guard.js';
import { ApiPage } from '../common/page.dto.js';
import { type Page, PageQuery } from '../common/paging.js';
import { ProblemResponses } from '../common/problem.dto.js';
import { parseIdempotencyKey } from '../order/idempotency.js';
import { OrderQueryService } from '../order/order-query.service.js';
import { RefundRequestService } from './refund-request.service.js';
import { RequestRefundBody } from './refund.dto.js';
import { refundView, RefundView } from './refund.view.js';
import { RefundQueryService } from './refund-query.service.js';

@ApiTags('refunds')
@ApiBearerAuth('user')
@Controller('api')
@UseGuards(UserGuard)
export class RefundController {
  constructor(
    private readonly orders: OrderQueryService,
    private readonly requests: RefundRequestService,
    private readonly refunds: RefundQueryService,
  ) {}

  @Post('orders/:orderNo/refunds')
  @UseGuards(CallRateGuard)
  @ApiOperation({ summary: 'Request a refund: the amount is reserved immediately, and staff decide' })
  @ApiHeader({ name: 'Idempotency-Key', required: false, description: '1 to 64 printable ASCII characters.' })
  @ApiCreatedResponse({ type: RefundView })
  @ProblemResponses(
    'VALIDATION_FAILED',
    'UNAUTHENTICATED',
    'ORDER_NOT_FOUND',
    'ORDER_NOT_REFUNDABLE',
    'REFUND_EXCEEDS_PAYMENT',
    'REFUND_LIMIT_REACHED',
    'IDEMPOTENCY_KEY_REUSED',
    'RATE_LIMITED',
  )
  request(
    @UserId() userId: string,
    @Param('orderNo') orderNo: string,
    @Body() body: RequestRefundBody,
    @Req() request: FastifyRequest,
  ): Promise<RefundView> {
    const idempotencyKey = parseIdempotencyKey(request.headers['idempotency-key']);
    return this.requests.requestRefund({ userId, orderNo, body, idempotencyKey });
  }

  @Get('orders/:orderNo/refunds')
  @ApiOperation({ summary: "List the refunds of one of the user's orders, newest first" })
  @ApiPage(RefundView)
  @ProblemResponses('VALIDATION_FAILED', 'UNAUTHENTICATED', 'ORDER_NOT_FOUND')
  async list(
    @UserId() userId: string,
    @Param('orderNo') orderNo: string,
    @Query() query: PageQuery,
  ): Promise<Page<RefundView>> {
    await this.orders.getForUser(userId, orderNo);
    return this.refunds.list(query, { userId, orderNo }, refundView);
  }

  @Get('refunds/:refundNo')
  @ApiOperation({ summary: "Get one of the user's refunds" })
  @ApiOkResponse({ type: RefundView })
  @ProblemResponses('UNAUTHENTICATED', 'REFUND_NOT_FOUND')
  async show(@UserId() userId: string, @Param('refundNo') refundNo: string): Promise<RefundView> {
    return refundView(await this.refunds.getForUser(userId, refundNo));
  }

  @Post('refunds/:refundNo/cancel')
  @UseGuards(CallRateGuard)
  @HttpCode(200)
  @ApiOperation({ summary: 'Withdraw a refund request that has not been decided yet; releases the amount' })
  @ApiOkResponse({ type: RefundView })
  @ProblemResponses('UNAUTHENTICATED', 'REFUND_NOT_FOUND', 'REFUND_NOT_DECIDABLE', 'RATE_LIMITED')
  async cancel(@UserId() userId: string, @Param('refundNo') refundNo: string): Promise<RefundView> {
    return refundView(await this.requests.cancel(userId, refundNo));
  }
}
