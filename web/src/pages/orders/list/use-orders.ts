import { unwrap, api, type Schemas } from '../../../api/client.js';
import { useDayRange } from '../../../components/filters.js';
import { oneOf, useFilters, useSearch } from '../../../hooks/use-filters.js';
import type { PageQuery } from '../../../hooks/use-paged-list.js';

export type OrderRow = Schemas['OrderWithOriginView'];

const STATUSES = ['PENDING', 'PAID', 'CLOSED'] as const;
const REFUND_STATUSES = ['NONE', 'REQUESTED', 'PROCESSING', 'PARTIAL', 'FULL'] as const;
const SHIPPING_FILTERS = ['unshipped', 'shipped'] as const;

/** The filters in the URL as API query parameters. */
export function useOrderQuery() {
  const { get } = useFilters();
  const status = oneOf(STATUSES, get('status'));
  const refundStatus = oneOf(REFUND_STATUSES, get('refundStatus'));
  const shipping = oneOf(SHIPPING_FILTERS, get('shipping'));
  const problem = oneOf(['contradiction'] as const, get('problem'));
  return {
    ...(status && { status }),
    ...(refundStatus && { refundStatus }),
    ...(shipping && { shipping }),
    ...(problem && { problem }),
    ...useSearch(),
    ...useDayRange(),
  };
}

export type OrderQuery = ReturnType<typeof useOrderQuery>;

export function fetchOrders(query: OrderQuery & Partial<PageQuery>) {
  return unwrap(api.GET('/admin/api/orders', { params: { query } }));
}
