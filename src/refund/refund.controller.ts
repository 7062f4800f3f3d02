import { Body, Controller, Get, HttpCode, Param, Post, Query, Req, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiHeader, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { CallRateGuard } from '../auth/call-rate.guard.js';
import { UserGuard, UserId } from '../auth/user.guard.js';
import { ApiPage } from '../common/page.dto.js';
import { type Page, PageQuery } from '../common/paging.js';
import { ProblemResponses } from '../common/problem.dto.js';
import { checkedIdempotencyKey } from '../order/idempotency.js';
import { Orders } from '../order/orders.js';
import { RefundRequests } from './refund-requests.js';
import { RequestRefundBody } from './refund.dto.js';
import { refundView, RefundView } from './refund.view.js';
import { Refunds } from './refunds.js';

@ApiTags('refunds')
@ApiBearerAuth('user')
@Controller('api')
@UseGuards(UserGuard)
export class RefundController {
  constructor(
    private readonly orders: Orders,
    private readonly requests: RefundRequests,
    private readonly refunds: Refunds,
  ) {}

  @Post('orders/:orderNo/refunds')
  @UseGuards(CallRateGuard)
  @ApiOperation({ summary: 'Ask for money back: the amount is reserved at once, the staff decide' })
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
    const idempotencyKey = checkedIdempotencyKey(request.headers['idempotency-key']);
    return this.requests.request({ userId, orderNo, body, idempotencyKey });
  }

  @Get('orders/:orderNo/refunds')
  @ApiOperation({ summary: 'The refunds of one of my orders, newest first' })
  @ApiPage(RefundView)
  @ProblemResponses('VALIDATION_FAILED', 'UNAUTHENTICATED', 'ORDER_NOT_FOUND')
  async list(
    @UserId() userId: string,
    @Param('orderNo') orderNo: string,
    @Query() query: PageQuery,
  ): Promise<Page<RefundView>> {
    await this.orders.ofUser(userId, orderNo);
    return this.refunds.list(query, { userId, orderNo }, refundView);
  }

  @Get('refunds/:refundNo')
  @ApiOperation({ summary: 'One of my refunds' })
  @ApiOkResponse({ type: RefundView })
  @ProblemResponses('UNAUTHENTICATED', 'REFUND_NOT_FOUND')
  async show(@UserId() userId: string, @Param('refundNo') refundNo: string): Promise<RefundView> {
    return refundView(await this.refunds.ofUser(userId, refundNo));
  }

  @Post('refunds/:refundNo/cancel')
  @UseGuards(CallRateGuard)
  @HttpCode(200)
  @ApiOperation({ summary: 'Think better of it, while nobody has decided; the amount is free again' })
  @ApiOkResponse({ type: RefundView })
  @ProblemResponses('UNAUTHENTICATED', 'REFUND_NOT_FOUND', 'REFUND_NOT_DECIDABLE', 'RATE_LIMITED')
  async cancel(@UserId() userId: string, @Param('refundNo') refundNo: string): Promise<RefundView> {
    return refundView(await this.requests.cancel(userId, refundNo));
  }
}
