import { Body, Controller, Get, HttpCode, Param, Post, Query, Req } from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiHeader, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import type { Actor } from '../../audit/audit-log.js';
import { ApiPage } from '../../common/paging/page.dto.js';
import type { Page } from '../../common/paging/paging.js';
import { RoutesFor } from '../../common/http/route-audience.js';
import { ProblemResponses } from '../../common/problem/problem.dto.js';
import { StaffRead } from '../../database/staff-read/staff-read.service.js';
import { requireIdempotencyKey } from '../../database/idempotency/idempotency.js';
import {
  ApproveRefundBody,
  CreateMerchantRefundBody,
  RETURN_ERROR_CODES,
} from '../../refund/request/create-merchant-refund.dto.js';
import { AbnormalRefundService } from '../../refund/request/abnormal-refund.service.js';
import { RefundService } from '../../refund/request/refund.service.js';
import {
  AbandonRefundBody,
  AdminRefundQuery,
  RefundBatchResponse,
  RefundBatchBody,
  RejectRefundBody,
} from './admin-refund.dto.js';
import { AdminRefundView } from './admin-refund.view.js';
import { AdminRefundService } from './admin-refund.service.js';
import { AllowRole, CurrentActor } from '../accounts/staff.guard.js';
import { AdminRefundDetailView } from './admin-refund-detail.view.js';

@ApiTags('admin: refunds')
@ApiBearerAuth('admin')
@Controller('admin/api')
@RoutesFor('STAFF')
export class AdminRefundController {
  constructor(
    private readonly refunds: AdminRefundService,
    private readonly refundService: RefundService,
    private readonly abnormalRefunds: AbnormalRefundService,
  ) {}

  @Get('refunds')
  @StaffRead()
  @AllowRole('VIEWER')
  @ApiOperation({ summary: 'List refunds, newest first' })
  @ApiPage(AdminRefundView)
  @ProblemResponses('VALIDATION_FAILED', 'UNAUTHENTICATED', 'FORBIDDEN')
  list(@Query() query: AdminRefundQuery): Promise<Page<AdminRefundView>> {
    return this.refunds.list(query);
  }

  @Get('refunds/:refundNo')
  @AllowRole('VIEWER')
  @ApiOperation({ summary: 'Get a refund with the data needed to decide it' })
  @ApiOkResponse({ type: AdminRefundDetailView })
  @ProblemResponses('UNAUTHENTICATED', 'FORBIDDEN', 'REFUND_NOT_FOUND')
  show(@Param('refundNo') refundNo: string): Promise<AdminRefundDetailView> {
    return this.refunds.getRefund(refundNo);
  }

  @Post('refunds/batch')
  @AllowRole('OPERATOR')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Approve or reject up to 100 refunds, each on its own; approved ones are sent at the next job run',
  })
  @ApiOkResponse({ type: RefundBatchResponse })
  @ProblemResponses('VALIDATION_FAILED', 'UNAUTHENTICATED', 'FORBIDDEN')
  decideBatch(@Body() body: RefundBatchBody, @CurrentActor() actor: Actor): Promise<RefundBatchResponse> {
    return this.refunds.decideBatch(body, actor);
  }

  @Post('refunds/:refundNo/approve')
  @AllowRole('OPERATOR')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Approve a refund, in full or in part, and send it to WeChat',
    description: "The decision is final. The response shows WeChat's result, or what the refund waits for.",
  })
  @ApiOkResponse({ type: AdminRefundView })
  @ProblemResponses(
    'VALIDATION_FAILED',
    'UNAUTHENTICATED',
    'FORBIDDEN',
    'REFUND_NOT_FOUND',
    'REFUND_EXCEEDS_PAYMENT',
    'REFUND_NOT_DECIDABLE',
    ...RETURN_ERROR_CODES,
  )
  async approve(
    @Param('refundNo') refundNo: string,
    @Body() body: ApproveRefundBody,
    @CurrentActor() actor: Actor,
  ): Promise<AdminRefundView> {
    return this.refunds.viewOf(await this.refundService.approve(refundNo, body, actor));
  }

  @Post('refunds/:refundNo/reject')
  @AllowRole('OPERATOR')
  @HttpCode(200)
  @ApiOperation({ summary: 'Reject a refund with a reason for the buyer and release its amount' })
  @ApiOkResponse({ type: AdminRefundView })
  @ProblemResponses('VALIDATION_FAILED', 'UNAUTHENTICATED', 'FORBIDDEN', 'REFUND_NOT_FOUND', 'REFUND_NOT_DECIDABLE')
  async reject(
    @Param('refundNo') refundNo: string,
    @Body() { reason }: RejectRefundBody,
    @CurrentActor() actor: Actor,
  ): Promise<AdminRefundView> {
    return this.refunds.viewOf(await this.refundService.reject(refundNo, reason, actor));
  }

  @Post('refunds/:refundNo/retry')
  @AllowRole('OPERATOR')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Send or query a refund again now, under the same number',
    description:
      'An `ABNORMAL` refund that WeChat never accepted is sent with a newly built request, under the same refund number. ' +
      'Safe to repeat.',
  })
  @ApiOkResponse({ type: AdminRefundView })
  @ProblemResponses('UNAUTHENTICATED', 'FORBIDDEN', 'REFUND_NOT_FOUND', 'REFUND_NOT_DECIDABLE')
  async retry(@Param('refundNo') refundNo: string, @CurrentActor() actor: Actor): Promise<AdminRefundView> {
    return this.refunds.viewOf(await this.refundService.retry(refundNo, actor));
  }

  @Post('refunds/:refundNo/abandon')
  @AllowRole('OPERATOR')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Abandon an `ABNORMAL` refund that WeChat does not have: it becomes `FAILED` and its amount is released',
    description:
      'Queries WeChat first. If WeChat has the refund, its result is applied instead. Without a usable response nothing ' +
      'changes: try again later.',
  })
  @ApiOkResponse({ type: AdminRefundView })
  @ProblemResponses(
    ...(['VALIDATION_FAILED', 'UNAUTHENTICATED', 'FORBIDDEN', 'REFUND_NOT_FOUND', 'REFUND_NOT_DECIDABLE'] as const),
    ...(['REFUND_KNOWN_TO_WECHAT', 'REFUND_SENT_RECENTLY', 'WECHAT_UNAVAILABLE'] as const),
  )
  async abandon(
    @Param('refundNo') refundNo: string,
    @Body() { note }: AbandonRefundBody,
    @CurrentActor() actor: Actor,
  ): Promise<AdminRefundView> {
    return this.refunds.viewOf(await this.abnormalRefunds.abandon(refundNo, note, actor));
  }

  @Post('orders/:orderNo/refunds')
  @AllowRole('OPERATOR')
  @ApiOperation({ summary: 'Create and send a merchant-initiated refund' })
  @ApiHeader({
    name: 'Idempotency-Key',
    required: true,
    description: '1 to 64 printable ASCII characters, stored for a week. The same key returns the same refund.',
  })
  @ApiCreatedResponse({ type: AdminRefundView })
  @ProblemResponses(
    'VALIDATION_FAILED',
    'UNAUTHENTICATED',
    'FORBIDDEN',
    'ORDER_NOT_FOUND',
    'ORDER_NOT_REFUNDABLE',
    'REFUND_EXCEEDS_PAYMENT',
    'IDEMPOTENCY_KEY_REQUIRED',
    'IDEMPOTENCY_KEY_REUSED',
    ...RETURN_ERROR_CODES,
  )
  async create(
    @Param('orderNo') orderNo: string,
    @Body() body: CreateMerchantRefundBody,
    @CurrentActor() actor: Actor,
    @Req() request: FastifyRequest,
  ): Promise<AdminRefundView> {
    const key = requireIdempotencyKey(request.headers['idempotency-key']);
    return this.refunds.viewOf(
      await this.refundService.createMerchantRefund(orderNo, body, {
        actor,
        idempotencyKey: key,
        idempotencyKeyOwner: actor.id,
      }),
    );
  }
}
