import { Body, Controller, Get, Param, Post, Req } from '@nestjs/common';
import { ApiCreatedResponse, ApiHeader, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import type { Actor } from '../audit/audit-log.js';
import { ProblemResponses } from '../common/problem.dto.js';
import { requireIdempotencyKey } from '../order/idempotency.js';
import { CreateMerchantRefundBody, RETURN_ERROR_CODES } from '../refund/create-merchant-refund.dto.js';
import { RefundQueryService } from '../refund/refund-query.service.js';
import { serverRefundView, ServerRefundView } from './server-order.view.js';
import { ServerRefundService } from './server-refund.service.js';
import { AllowScope, CurrentKeyActor } from './server.guard.js';

@ApiTags('server: refunds')
@Controller('server/api')
export class ServerRefundController {
  constructor(
    private readonly refunds: RefundQueryService,
    private readonly serverRefunds: ServerRefundService,
  ) {}

  @Post('orders/:orderNo/refunds')
  @AllowScope('refunds:write')
  @ApiOperation({
    summary: 'Create and send a refund at once',
    description:
      'After a timeout it is unknown whether the refund was created. Repeat the same call with the same `Idempotency-Key`: ' +
      'the refund is created once.',
  })
  @ApiHeader({
    ...{ name: 'Idempotency-Key', required: true },
    description: '1 to 64 printable ASCII characters, stored for a week.',
  })
  @ApiCreatedResponse({ type: ServerRefundView })
  @ProblemResponses(
    ...(['VALIDATION_FAILED', 'UNAUTHENTICATED', 'FORBIDDEN', 'ORDER_NOT_FOUND', 'ORDER_NOT_REFUNDABLE'] as const),
    ...([
      'REFUND_EXCEEDS_PAYMENT',
      'REFUND_LIMIT_REACHED',
      'IDEMPOTENCY_KEY_REQUIRED',
      'IDEMPOTENCY_KEY_REUSED',
    ] as const),
    ...RETURN_ERROR_CODES,
  )
  async create(
    @Param('orderNo') orderNo: string,
    @Body() body: CreateMerchantRefundBody,
    @CurrentKeyActor() actor: Actor,
    @Req() request: FastifyRequest,
  ): Promise<ServerRefundView> {
    const key = requireIdempotencyKey(request.headers['idempotency-key']);
    return serverRefundView(await this.serverRefunds.create(orderNo, body, actor, key));
  }

  @Get('refunds/:refundNo')
  @AllowScope('orders:read', 'refunds:write')
  @ApiOperation({ summary: 'Get a refund and its status' })
  @ApiOkResponse({ type: ServerRefundView })
  @ProblemResponses('UNAUTHENTICATED', 'FORBIDDEN', 'REFUND_NOT_FOUND')
  async show(@Param('refundNo') refundNo: string): Promise<ServerRefundView> {
    return serverRefundView(await this.refunds.getByNumber(refundNo));
  }
}
