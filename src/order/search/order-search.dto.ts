import { ChoiceField } from '../../common/validation/fields.js';
import { SearchFilter, WithTotal } from '../../common/paging/list-filters.js';
import { OrderListQuery } from '../order.dto.js';
import { ORDER_REFUND_STATUSES, type OrderRefundStatus } from '../order.entity.js';

const PROBLEM_FILTERS = ['contradiction'] as const;
const SHIPPING_FILTERS = ['unshipped', 'shipped'] as const;

/** Search of orders by callers who may see all orders. */
export class OrderSearchQuery extends OrderListQuery {
  @ChoiceField(ORDER_REFUND_STATUSES, { optional: true })
  readonly refundStatus?: OrderRefundStatus;

  @ChoiceField(SHIPPING_FILTERS, {
    optional: true,
    description: '`unshipped`: paid, not fully refunded and not completely shipped.',
  })
  readonly shipping?: (typeof SHIPPING_FILTERS)[number];

  @ChoiceField(PROBLEM_FILTERS, {
    optional: true,
    description:
      '`contradiction`: a WeChat result of the last 30 days contradicts our records, as counted by `GET /admin/api/to-do`.',
  })
  readonly problem?: (typeof PROBLEM_FILTERS)[number];

  @SearchFilter(
    "Any number of the order: orderNo, merchantOrderNo, outTradeNo, transactionId, refundNo, merchantRefundNo, WeChat's refund id.",
  )
  readonly q?: string;

  @WithTotal()
  readonly withTotal?: boolean;
}
