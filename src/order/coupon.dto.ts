import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { PageQuery } from '../common/paging.js';
import { COUPON_STATUSES, type CouponStatus } from '../coupon/coupon.view.js';

export class CouponListQuery extends PageQuery {
  @ApiPropertyOptional({ enum: COUPON_STATUSES })
  @IsOptional()
  @IsIn(COUPON_STATUSES)
  readonly status?: CouponStatus;
}
