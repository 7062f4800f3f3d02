import { Body, Controller, Get, Param, Patch, Post, Query, Req } from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiHeader, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import type { Actor } from '../../audit/audit-log.js';
import { toInstant } from '../../common/time/instants.js';
import { ApiPage } from '../../common/paging/page.dto.js';
import type { Page } from '../../common/paging/paging.js';
import { RoutesFor } from '../../common/http/route-audience.js';
import { ProblemResponses } from '../../common/problem/problem.dto.js';
import { CouponService, type CouponInput } from '../../coupon/coupon.service.js';
import { StaffRead } from '../../database/staff-read/staff-read.service.js';
import { parseIdempotencyKey } from '../../database/idempotency/idempotency.js';
import { AdminCouponQuery, CouponChangeBody, GrantCouponBody, NewCouponBody } from './admin-coupon.dto.js';
import { AdminCouponView, adminCouponView, GrantedCouponView } from './admin-coupon.view.js';
import { AdminCouponService } from './admin-coupon.service.js';
import { AllowRole, CurrentActor } from '../accounts/staff.guard.js';

@ApiTags('admin: coupons')
@ApiBearerAuth('admin')
@AllowRole('OPERATOR')
@Controller('admin/api/coupons')
@RoutesFor('STAFF')
export class AdminCouponController {
  constructor(
    private readonly adminCoupons: AdminCouponService,
    private readonly couponService: CouponService,
  ) {}

  @Get()
  @StaffRead()
  @ApiOperation({ summary: 'List coupons, newest first' })
  @ApiPage(AdminCouponView)
  @ProblemResponses('VALIDATION_FAILED', 'UNAUTHENTICATED', 'FORBIDDEN')
  list(@Query() query: AdminCouponQuery): Promise<Page<AdminCouponView>> {
    return this.adminCoupons.list(query);
  }

  @Get(':id')
  @ApiOperation({ summary: 'Get a coupon' })
  @ApiOkResponse({ type: AdminCouponView })
  @ProblemResponses('UNAUTHENTICATED', 'FORBIDDEN', 'COUPON_NOT_FOUND')
  show(@Param('id') id: string): Promise<AdminCouponView> {
    return this.adminCoupons.getCoupon(id);
  }

  @Post()
  @ApiOperation({ summary: 'Create a coupon', description: 'Users receive a user coupon of it by `grant`.' })
  @ApiCreatedResponse({ type: AdminCouponView })
  @ProblemResponses('VALIDATION_FAILED', 'UNAUTHENTICATED', 'FORBIDDEN')
  async create(
    @CurrentActor() actor: Actor,
    @Body() { name, discountFen, minSpendFen, expiresAt }: NewCouponBody,
  ): Promise<AdminCouponView> {
    const coupon: CouponInput = { name, discountFen, minSpendFen, expiresAt: toInstant(expiresAt) };
    return adminCouponView(await this.couponService.create(actor, coupon), { granted: 0, used: 0 });
  }

  @Patch(':id')
  @ApiOperation({
    summary: 'Update a coupon',
    description:
      'The new terms apply to every granted coupon of this type that is not used by an order. Existing orders keep their ' +
      'discount. To end a coupon, set `expiresAt` to a time in the past.',
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
    return this.adminCoupons.getCoupon(id);
  }

  @Post(':id/grant')
  @ApiOperation({
    summary: 'Grant a coupon to a user',
    description:
      'Every call grants another coupon. Send an `Idempotency-Key` so that a retry does not grant a second one.',
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
    return this.adminCoupons.grantCoupon(actor, { couponId, userId }, key);
  }
}
