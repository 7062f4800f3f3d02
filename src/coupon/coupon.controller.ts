import { Controller, Get, Query, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { UserGuard, UserId } from '../auth/user.guard.js';
import { ApiPage } from '../common/paging/page.dto.js';
import type { Page } from '../common/paging/paging.js';
import { RoutesFor } from '../common/http/route-audience.js';
import { ProblemResponses } from '../common/problem/problem.dto.js';
import { UserCouponQueryService, CouponListQuery } from './user-coupon-query.service.js';
import { UserCouponView } from './coupon.view.js';

@ApiTags('coupons')
@ApiBearerAuth('user')
@Controller('api/coupons')
@RoutesFor('BUYERS')
@UseGuards(UserGuard)
export class CouponController {
  constructor(private readonly userCoupons: UserCouponQueryService) {}

  @Get()
  @ApiOperation({ summary: "List the user's coupons, newest first; send an `id` as the `couponId` of an order" })
  @ApiPage(UserCouponView)
  @ProblemResponses('VALIDATION_FAILED', 'UNAUTHENTICATED')
  list(@UserId() userId: string, @Query() query: CouponListQuery): Promise<Page<UserCouponView>> {
    return this.userCoupons.list(userId, query);
  }
}
