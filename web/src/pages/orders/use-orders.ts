import { unwrap, api, type Schemas } from '../../api/client.js';
import { useDayRange } from '../../components/day-range.js';
import { oneOf, useFilters } from '../../hooks/use-filters.js';
import type { PageQuery } from '../../hooks/use-paged-list.js';

export type OrderRow = Schemas['OrderView'];

export const STATUSES = ['PENDING', 'PAID', 'CLOSED'] as const;
export const REFUND_STATUSES = ['NONE', 'REQUESTED', 'PROCESSING', 'PARTIAL', 'FULL'] as const;

export const PROBLEM_FILTERS = ['contradiction'] as const;
export const SHIPPING_FILTERS = ['unshipped', 'shipped'] as const;

/** The filters in the URL as API query parameters. */
export function useOrderQuery() {
  const filters = useFilters();
  const status = oneOf(STATUSES, filters.get('status'));
  const refundStatus = oneOf(REFUND_STATUSES, filters.get('refundStatus'));
  const shipping = oneOf(SHIPPING_FILTERS, filters.get('shipping'));
  const problem = oneOf(PROBLEM_FILTERS, filters.get('problem'));
  const q = filters.get('q');
  return {
    ...(status && { status }),
    ...(refundStatus && { refundStatus }),
    ...(shipping && { shipping }),
    ...(problem && { problem }),
    ...(q !== '' && { q }),
    ...useDayRange(),
  };
}

export type OrderQuery = ReturnType<typeof useOrderQuery>;

export function fetchOrders(query: OrderQuery & Partial<PageQuery>) {
  return unwrap(api.GET('/admin/api/orders', { params: { query } }));
}
