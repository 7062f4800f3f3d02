import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import { IfGiven } from '../common/if-given.js';
import { SearchFilter, WithTotal } from '../common/list-filters.js';
import { OrderListQuery } from '../order/order.dto.js';
import { REFUND_STATUSES, type RefundStatus } from '../order/order.entity.js';

const PROBLEM_FILTERS = ['contradiction'] as const;
const SHIPPING_FILTERS = ['unshipped', 'shipped'] as const;

/** Search of orders by callers who may see all orders. */
export class OrderSearchQuery extends OrderListQuery {
  @ApiPropertyOptional({ enum: REFUND_STATUSES })
  @IfGiven()
  @IsIn(REFUND_STATUSES)
  readonly refundStatus?: RefundStatus;

  @ApiPropertyOptional({
    enum: SHIPPING_FILTERS,
    description: '`unshipped`: paid, not fully refunded and not completely shipped.',
  })
  @IfGiven()
  @IsIn(SHIPPING_FILTERS)
  readonly shipping?: (typeof SHIPPING_FILTERS)[number];

  @ApiPropertyOptional({
    enum: PROBLEM_FILTERS,
    description: '`contradiction`: a WeChat result of the last 30 days contradicts our records, as counted in `to-do`.',
  })
  @IfGiven()
  @IsIn(PROBLEM_FILTERS)
  readonly problem?: (typeof PROBLEM_FILTERS)[number];

  @SearchFilter("Any number of the order: orderNo, outTradeNo, transactionId, refundNo, WeChat's refund id.")
  readonly q?: string;

  @WithTotal()
  readonly withTotal?: boolean;
}
