import { unwrap, api, type Schemas } from '../../../api/client.js';
import { beijingMidnight, isDay } from '../../../utils/time.js';
import { oneOf, useFilters } from '../../../hooks/use-filters.js';
import { type PagedList, usePagedList } from '../../../hooks/use-paged-list.js';

export const REFUND_TABS = ['REQUESTED', 'PROCESSING', 'ABNORMAL', 'FAILED', 'ALL'] as const;
type RefundTab = (typeof REFUND_TABS)[number];

const WAIT_REASONS = ['NOT_ENOUGH_FUNDS', 'RATE_LIMITED', 'UNKNOWN_OUTCOME'] as const;
const KINDS = ['USER', 'MERCHANT', 'AUTOMATIC'] as const;
const REFETCH_INTERVAL_MS = 15_000;

/** Filters besides the tab, by their names in the URL. */
export type RefundFilter = 'wait' | 'kind' | 'from' | 'unresolved' | 'toPayOtherwise';

export interface RefundListState {
  tab: RefundTab;
  search: string;
  list: PagedList<Schemas['AdminRefundView']>;
  /** The active filters with their values. Each is shown and can be removed, so that no filter is invisible. */
  filters: { name: RefundFilter; value: string }[];
  /** Selects a tab and clears the search and all filters. */
  selectTab: (tab: RefundTab) => void;
  removeFilter: (name: RefundFilter) => void;
}

const NO_FILTERS: Record<RefundFilter | 'q', string> = {
  q: '',
  wait: '',
  kind: '',
  from: '',
  unresolved: '',
  toPayOtherwise: '',
};

/** The refunds for the tab, filters and search in the URL. A search covers all refunds and ignores tab and filters. */
export function useRefundList(): RefundListState {
  const filters = useFilters();
  const search = filters.get('q');
  const isSearch = search !== '';
  const tab = isSearch ? 'ALL' : (oneOf(REFUND_TABS, filters.get('tab')) ?? 'REQUESTED');
  const values: FilterValues = isSearch ? {} : readFilters(filters.get);
  const { wait: waitReason, kind, from, unresolved, toPayOtherwise } = values;
  const filter = {
    ...(tab !== 'ALL' && { status: tab }),
    ...(waitReason && { waitReason }),
    ...(kind && { kind }),
    ...(unresolved && { unresolved: true }),
    ...(toPayOtherwise && { toPayOtherwise: true }),
    ...(from !== undefined && { from: beijingMidnight(from) }),
    ...(isSearch && { q: search }),
  };
  const list = usePagedList(
    'refunds',
    filter,
    (query) => unwrap(api.GET('/admin/api/refunds', { params: { query } })),
    REFETCH_INTERVAL_MS,
  );
  return {
    tab,
    search,
    list,
    filters: REFUND_FILTERS.flatMap((each) => {
      const value = values[each];
      return value === undefined ? [] : [{ name: each, value }];
    }),
    selectTab: (next) => filters.change({ ...NO_FILTERS, tab: next }),
    removeFilter: (each) => filters.set(each, ''),
  };
}

const REFUND_FILTERS: readonly RefundFilter[] = ['wait', 'kind', 'from', 'unresolved', 'toPayOtherwise'];

interface FilterValues {
  wait?: (typeof WAIT_REASONS)[number];
  kind?: (typeof KINDS)[number];
  from?: string;
  /** Only failed refunds that still need action. */
  unresolved?: 'true';
  /** Only refunds whose buyers the shop must pay in another way. */
  toPayOtherwise?: 'true';
}

function readFilters(get: (name: string) => string): FilterValues {
  const isUnresolved = get('unresolved') === 'true';
  const [wait, kind, from] = [oneOf(WAIT_REASONS, get('wait')), oneOf(KINDS, get('kind')), get('from')];
  return {
    ...(wait && { wait }),
    ...(kind && { kind }),
    ...(isDay(from) && { from }),
    ...(isUnresolved && { unresolved: 'true' }),
    ...(get('toPayOtherwise') === 'true' && { toPayOtherwise: 'true' }),
  };
}
