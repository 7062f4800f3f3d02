import { Body, Controller, Get, Param, Patch, Post, Query, Req } from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiHeader, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import type { Actor } from '../audit/audit-log.js';
import { toInstant } from '../common/instants.js';
import { ApiPage } from '../common/page.dto.js';
import type { Page } from '../common/paging.js';
import { ProblemResponses } from '../common/problem.dto.js';
import { CouponService, type CouponInput } from '../coupon/coupon.service.js';
import { StaffRead } from '../database/staff-read.service.js';
import { parseIdempotencyKey } from '../order/idempotency.js';
import { AdminCouponQuery, CouponChangeBody, GrantCouponBody, NewCouponBody } from './admin-coupon.dto.js';
import { AdminCouponView, adminCouponView, GrantedCouponView } from './admin-coupon.view.js';
import { AdminCouponService } from './admin-coupon.service.js';
import { AllowRole, CurrentActor } from './admin.guard.js';

@ApiTags('admin: coupons')
@ApiBearerAuth('admin')
@AllowRole('OPERATOR')
@Controller('admin/api/coupons')
export class AdminCouponController {
  constructor(
    private readonly adminCoupons: AdminCouponService,
    private readonly couponService: CouponService,
  ) {}

  @Get()
  @StaffRead()
  @ApiOperation({ summary: 'All kinds of coupons, newest first' })
  @ApiPage(AdminCouponView)
  @ProblemResponses('VALIDATION_FAILED', 'UNAUTHENTICATED', 'FORBIDDEN')
  list(@Query() query: AdminCouponQuery): Promise<Page<AdminCouponView>> {
    return this.adminCoupons.list(query);
  }

  @Get(':id')
  @ApiOperation({ summary: 'One kind of coupon' })
  @ApiOkResponse({ type: AdminCouponView })
  @ProblemResponses('UNAUTHENTICATED', 'FORBIDDEN', 'COUPON_NOT_FOUND')
  show(@Param('id') id: string): Promise<AdminCouponView> {
    return this.adminCoupons.show(id);
  }

  @Post()
  @ApiOperation({ summary: 'Make a kind of coupon', description: 'Nobody has one until it is granted.' })
  @ApiCreatedResponse({ type: AdminCouponView })
  @ProblemResponses('VALIDATION_FAILED', 'UNAUTHENTICATED', 'FORBIDDEN')
  async create(
    @CurrentActor() actor: Actor,
    @Body() { name, discountFen, minSpendFen, expiresAt }: NewCouponBody,
  ): Promise<AdminCouponView> {
    const facts: CouponInput = { name, discountFen, minSpendFen, expiresAt: toInstant(expiresAt) };
    return adminCouponView(await this.couponService.create(actor, facts), { granted: 0, used: 0 });
  }

  @Patch(':id')
  @ApiOperation({
    summary: 'Change any of its fields',
    description:
      'The new terms are those of every coupon of this kind that no order holds, in whosever hands. Placed orders keep ' +
      'their discount. A kind of coupon is ended by an `expiresAt` of the past.',
  })
  @ApiOkResponse({ type: AdminCouponView })
  @ProblemResponses('VALIDATION_FAILED', 'UNAUTHENTICATED', 'FORBIDDEN', 'COUPON_NOT_FOUND')
  async change(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body() { expiresAt, ...change }: CouponChangeBody,
  ): Promise<AdminCouponView> {
    const date = expiresAt === undefined ? {} : { expiresAt: toInstant(expiresAt) };
    await this.couponService.update(actor, id, { ...change, ...date });
    return this.adminCoupons.show(id);
  }

  @Post(':id/grant')
  @ApiOperation({
    summary: 'Hand one coupon of this kind to a user',
    description: 'Every call hands out one more: an `Idempotency-Key` makes sure that a repetition does not.',
  })
  @ApiHeader({ name: 'Idempotency-Key', required: false, description: '1 to 64 printable ASCII characters.' })
  @ApiCreatedResponse({ type: GrantedCouponView })
  @ProblemResponses(
    'VALIDATION_FAILED',
    'UNAUTHENTICATED',
    'FORBIDDEN',
    'COUPON_NOT_FOUND',
    'USER_NOT_FOUND',
    'IDEMPOTENCY_KEY_REUSED',
  )
  grant(
    @Param('id') couponId: string,
    @Body() { userId }: GrantCouponBody,
    @CurrentActor() actor: Actor,
    @Req() request: FastifyRequest,
  ): Promise<GrantedCouponView> {
    const key = parseIdempotencyKey(request.headers['idempotency-key']);
    return this.adminCoupons.grant(actor, { couponId, userId }, key);
  }
}
