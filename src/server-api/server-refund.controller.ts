import { Body, Controller, Get, Param, Post, Req } from '@nestjs/common';
import { ApiCreatedResponse, ApiHeader, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import type { Actor } from '../audit/audit-log.js';
import { RoutesFor } from '../common/http/route-audience.js';
import { DomainError } from '../common/problem/domain-error.js';
import { ProblemResponses } from '../common/problem/problem.dto.js';
import { parseIdempotencyKey, requireIdempotencyKey } from '../database/idempotency/idempotency.js';
import { OrderQueryService } from '../order/order-query.service.js';
import { CreateServerRefundBody, RETURN_ERROR_CODES } from '../refund/request/create-merchant-refund.dto.js';
import { RefundQueryService } from '../refund/read/refund-query.service.js';
import { serverRefundView, ServerRefundView } from '../refund/read/server-refund.view.js';
import { ApiKey, reachesShopRefunds } from './api-key.entity.js';
import { AllowScope, CurrentKey, CurrentKeyActor } from './server.guard.js';
import { ServerRefundService } from './server-refund.service.js';

@ApiTags('server: refunds')
@Controller('server/api')
@RoutesFor('API_KEYS')
export class ServerRefundController {
  constructor(
    private readonly refunds: ServerRefundService,
    private readonly queries: RefundQueryService,
    private readonly orders: OrderQueryService,
  ) {}

  @Post('orders/:orderNo/refunds')
  @AllowScope('refunds:write')
  @ApiOperation({
    summary: 'Create and send a refund at once',
    description:
      'After a timeout it is unknown whether the refund was created. Repeat the same call with the same `Idempotency-Key`: ' +
      'the refund is created once. With `merchantRefundNo` the header is not needed: the same number with the same facts is ' +
      'the same refund. A key with a scope of payment orders and none of `orders:…` refunds payment orders only.',
  })
  @ApiHeader({
    name: 'Idempotency-Key',
    required: false,
    description: '1 to 64 printable ASCII characters, stored for a week. Required without `merchantRefundNo`.',
  })
  @ApiCreatedResponse({ type: ServerRefundView })
  @ProblemResponses(
    ...(['VALIDATION_FAILED', 'UNAUTHENTICATED', 'FORBIDDEN', 'ORDER_NOT_FOUND', 'ORDER_NOT_REFUNDABLE'] as const),
    ...([
      'REFUND_EXCEEDS_PAYMENT',
      'REFUND_LIMIT_REACHED',
      'IDEMPOTENCY_KEY_REQUIRED',
      'IDEMPOTENCY_KEY_REUSED',
      'MERCHANT_REFUND_NO_TAKEN',
    ] as const),
    ...RETURN_ERROR_CODES,
  )
  async create(
    @Param('orderNo') orderNo: string,
    @Body() body: CreateServerRefundBody,
    @CurrentKey() key: ApiKey,
    @CurrentKeyActor() actor: Actor,
    @Req() request: FastifyRequest,
  ): Promise<ServerRefundView> {
    const header = request.headers['idempotency-key'];
    const isNamed = body.merchantRefundNo !== undefined;
    const idempotencyKey = isNamed ? parseIdempotencyKey(header) : requireIdempotencyKey(header);
    if (!reachesShopRefunds(key)) await this.orders.getPaymentOrder(orderNo);
    return serverRefundView(await this.refunds.create(orderNo, body, { actor, idempotencyKey }));
  }

  @Get('refunds/:refundNo')
  @AllowScope('orders:read', 'refunds:write', 'payments:read')
  @ApiOperation({
    summary: 'Get a refund and its status',
    description: 'A key that is limited to payment orders finds their refunds only.',
  })
  @ApiOkResponse({ type: ServerRefundView })
  @ProblemResponses('UNAUTHENTICATED', 'FORBIDDEN', 'REFUND_NOT_FOUND')
  async show(@Param('refundNo') refundNo: string, @CurrentKey() key: ApiKey): Promise<ServerRefundView> {
    const refund = await this.queries.getByNumber(refundNo);
    // An order of the shop has a user.
    if (!reachesShopRefunds(key) && refund.userId !== null)
      throw new DomainError('REFUND_NOT_FOUND', { params: { refundNo } });
    return serverRefundView(refund);
  }
}
