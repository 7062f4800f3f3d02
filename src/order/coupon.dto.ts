import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import { IfGiven } from '../common/if-given.js';
import { PageQuery } from '../common/paging.js';
import { COUPON_STATUSES, type CouponStatus } from '../coupon/coupon.view.js';

export class CouponListQuery extends PageQuery {
  @ApiPropertyOptional({ enum: COUPON_STATUSES })
  @IfGiven()
  @IsIn(COUPON_STATUSES)
  readonly status?: CouponStatus;
}
