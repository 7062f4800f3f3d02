import { answered, api, type Schemas } from '../../api/client.js';
import { instantOfDay } from '../../shared/time.js';
import { oneOf, useFilters } from '../../shared/use-filters.js';

export type OrderRow = Schemas['OrderView'];

export const STATUSES = ['PENDING', 'PAID', 'CLOSED'] as const;
export const REFUND_STATUSES = ['NONE', 'REQUESTED', 'PROCESSING', 'PARTIAL', 'FULL'] as const;

const DAY = /^\d{4}-\d\d-\d\d$/;

/** What the address of the page asks for, as the service wants to be asked. Days are days of this browser's zone. */
export function useOrderQuery() {
  const filters = useFilters();
  const status = oneOf(STATUSES, filters.get('status'));
  const refundStatus = oneOf(REFUND_STATUSES, filters.get('refundStatus'));
  const [q, from, to] = [filters.get('q'), filters.get('from'), filters.get('to')];
  return {
    ...(status && { status }),
    ...(refundStatus && { refundStatus }),
    ...(q !== '' && { q }),
    ...(DAY.test(from) && { from: instantOfDay(from) }),
    ...(DAY.test(to) && { to: instantOfDay(to, 1) }), // the last day counts in whole
  };
}

export type OrderQuery = ReturnType<typeof useOrderQuery>;

export function fetchOrders(query: OrderQuery, limit: number, cursor: string | undefined, withTotal = false) {
  const whole = { ...query, limit, ...(withTotal && { withTotal }), ...(cursor !== undefined && { cursor }) };
  return answered(api.GET('/admin/api/orders', { params: { query: whole } }));
}
