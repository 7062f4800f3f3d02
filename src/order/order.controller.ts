import { Body, Controller, Get, Param, Post, Query, Req, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiHeader, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { RespondUserBlocked, UserGuard, UserId } from '../auth/user.guard.js';
import { ApiPage } from '../common/paging/page.dto.js';
import type { Page } from '../common/paging/paging.js';
import { RoutesFor } from '../common/http/route-audience.js';
import { ProblemResponses } from '../common/problem/problem.dto.js';
import { parseIdempotencyKey } from '../database/idempotency/idempotency.js';
import { OrderPlacementService } from './order-placement.service.js';
import { OrderListQuery, PlaceOrderBody } from './order.dto.js';
import { orderView, OrderView } from './order.view.js';
import { OrderQueryService } from './order-query.service.js';

@ApiTags('orders')
@ApiBearerAuth('user')
@Controller('api/orders')
@RoutesFor('BUYERS')
@UseGuards(UserGuard)
export class OrderController {
  constructor(
    private readonly placement: OrderPlacementService,
    private readonly orders: OrderQueryService,
  ) {}

  @Post()
  @RespondUserBlocked()
  @ApiOperation({
    summary: "Place an order: uses the shop's prices, reserves the stock, and must be paid before `expiresAt`",
  })
  @ApiHeader({ name: 'Idempotency-Key', required: false, description: '1 to 64 printable ASCII characters.' })
  @ApiCreatedResponse({ type: OrderView })
  @ProblemResponses(
    'VALIDATION_FAILED',
    'UNAUTHENTICATED',
    'PRODUCT_NOT_FOUND',
    'OUT_OF_STOCK',
    'ORDER_LIMIT_REACHED',
    'USER_BLOCKED',
    'COUPON_NOT_USABLE',
    'PRICE_CHANGED',
    'IDEMPOTENCY_KEY_REUSED',
  )
  place(@UserId() userId: string, @Body() body: PlaceOrderBody, @Req() request: FastifyRequest): Promise<OrderView> {
    const idempotencyKey = parseIdempotencyKey(request.headers['idempotency-key']);
    return this.placement.place({ userId, body, idempotencyKey });
  }

  @Get()
  @ApiOperation({ summary: "List the user's orders, newest first" })
  @ApiPage(OrderView)
  @ProblemResponses('VALIDATION_FAILED', 'UNAUTHENTICATED')
  list(@UserId() userId: string, @Query() query: OrderListQuery): Promise<Page<OrderView>> {
    return this.orders.list(query, { userId }, orderView);
  }

  @Get(':orderNo')
  @ApiOperation({ summary: "Get one of the user's orders" })
  @ApiOkResponse({ type: OrderView })
  @ProblemResponses('UNAUTHENTICATED', 'ORDER_NOT_FOUND')
  async show(@UserId() userId: string, @Param('orderNo') orderNo: string): Promise<OrderView> {
    return orderView(await this.orders.getForUser(userId, orderNo));
  }
}
