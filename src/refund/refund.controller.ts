import { Body, Controller, Get, HttpCode, Param, Post, Query, Req, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiHeader, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { CallRateGuard } from '../auth/call-limits/call-rate.guard.js';
import { UserGuard, UserId } from '../auth/user.guard.js';
import { ApiPage } from '../common/paging/page.dto.js';
import { type Page, PageQuery } from '../common/paging/paging.js';
import { RoutesFor } from '../common/http/route-audience.js';
import { ProblemResponses } from '../common/problem/problem.dto.js';
import { parseIdempotencyKey } from '../database/idempotency/idempotency.js';
import { OrderQueryService } from '../order/order-query.service.js';
import { RefundService } from './request/refund.service.js';
import { RequestRefundBody } from './request/refund.dto.js';
import { refundView, RefundView } from './read/refund.view.js';
import { RefundQueryService } from './read/refund-query.service.js';

@ApiTags('refunds')
@ApiBearerAuth('user')
@Controller('api')
@RoutesFor('BUYERS')
@UseGuards(UserGuard)
export class RefundController {
  constructor(
    private readonly orders: OrderQueryService,
    private readonly refunds: RefundService,
    private readonly queries: RefundQueryService,
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
    return this.refunds.requestRefund({ userId, orderNo, body, idempotencyKey });
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
    return this.queries.list(query, { userId, orderNo }, refundView);
  }

  @Get('refunds/:refundNo')
  @ApiOperation({ summary: "Get one of the user's refunds" })
  @ApiOkResponse({ type: RefundView })
  @ProblemResponses('UNAUTHENTICATED', 'REFUND_NOT_FOUND')
  async show(@UserId() userId: string, @Param('refundNo') refundNo: string): Promise<RefundView> {
    return refundView(await this.queries.getForUser(userId, refundNo));
  }

  @Post('refunds/:refundNo/cancel')
  @UseGuards(CallRateGuard)
  @HttpCode(200)
  @ApiOperation({ summary: 'Withdraw a refund request that has not been decided yet; releases the amount' })
  @ApiOkResponse({ type: RefundView })
  @ProblemResponses('UNAUTHENTICATED', 'REFUND_NOT_FOUND', 'REFUND_NOT_DECIDABLE', 'RATE_LIMITED')
  async cancel(@UserId() userId: string, @Param('refundNo') refundNo: string): Promise<RefundView> {
    return refundView(await this.refunds.cancel(userId, refundNo));
  }
}
