import { Controller, Get, Query, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { UserGuard, UserId } from '../auth/user.guard.js';
import { ApiPage } from '../common/page.dto.js';
import type { Page } from '../common/paging.js';
import { ProblemResponses } from '../common/problem.dto.js';
import { UserCouponQueryService } from './user-coupon-query.service.js';
import { CouponListQuery } from './coupon.dto.js';
import { UserCouponView } from './coupon.view.js';

@ApiTags('coupons')
@ApiBearerAuth('user')
@Controller('api/coupons')
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
