import { answered, api, type Schemas } from '../../api/client.js';
import { useDayRange } from '../../shared/day-range.js';
import { oneOf, useFilters } from '../../shared/use-filters.js';
import type { PageQuery } from '../../shared/use-pages.js';

export type OrderRow = Schemas['OrderView'];

export const STATUSES = ['PENDING', 'PAID', 'CLOSED'] as const;
export const REFUND_STATUSES = ['NONE', 'REQUESTED', 'PROCESSING', 'PARTIAL', 'FULL'] as const;

export const PROBLEMS = ['contradiction'] as const;
export const SHIPPING = ['unshipped', 'shipped'] as const;

/** What the address of the page asks for, as the service wants to be asked. */
export function useOrderQuery() {
  const filters = useFilters();
  const status = oneOf(STATUSES, filters.get('status'));
  const refundStatus = oneOf(REFUND_STATUSES, filters.get('refundStatus'));
  const shipping = oneOf(SHIPPING, filters.get('shipping'));
  const problem = oneOf(PROBLEMS, filters.get('problem'));
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
  return answered(api.GET('/admin/api/orders', { params: { query } }));
}
