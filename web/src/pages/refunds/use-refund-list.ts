import { unwrap, api, type Schemas } from '../../api/client.js';
import { beijingMidnight, isDay } from '../../utils/time.js';
import { oneOf, useFilters } from '../../hooks/use-filters.js';
import { type PagedList, usePagedList } from '../../hooks/use-paged-list.js';

export const REFUND_TABS = ['REQUESTED', 'PROCESSING', 'ABNORMAL', 'FAILED', 'ALL'] as const;
type RefundTab = (typeof REFUND_TABS)[number];

const WAIT_REASONS = ['NOT_ENOUGH_FUNDS', 'RATE_LIMITED', 'UNKNOWN_OUTCOME'] as const;
const KINDS = ['USER', 'MERCHANT', 'AUTOMATIC'] as const;
const REFETCH_INTERVAL_MS = 15_000;

/** Filters besides the tab, by their names in the URL. */
export type RefundFilter = 'wait' | 'kind' | 'from' | 'unresolved';

export interface RefundListState {
  tab: RefundTab;
  search: string;
  list: PagedList<Schemas['AdminRefundView']>;
  /** The active filters with their values. Each is shown and can be removed, so that no filter is invisible. */
  filters: { name: RefundFilter; value: string }[];
  /** Selects a tab and clears the search and all filters. */
  selectTab: (tab: RefundTab) => void;
  setSearch: (text: string) => void;
  removeFilter: (name: RefundFilter) => void;
}

const NO_FILTERS: Record<RefundFilter | 'q', string> = { q: '', wait: '', kind: '', from: '', unresolved: '' };

/** The refunds for the tab, filters and search in the URL. A search covers all refunds and ignores tab and filters. */
export function useRefundList(): RefundListState {
  const filters = useFilters();
  const search = filters.get('q');
  const isSearch = search !== '';
  const tab = isSearch ? 'ALL' : (oneOf(REFUND_TABS, filters.get('queue')) ?? 'REQUESTED');
  const values: FilterValues = isSearch ? {} : readFilters(filters.get);
  const { wait: waitReason, kind, from, unresolved } = values;
  const query = {
    ...(tab !== 'ALL' && { status: tab }),
    ...(waitReason && { waitReason }),
    ...(kind && { kind }),
    ...(unresolved && { unresolved: true }),
    ...(from !== undefined && { from: beijingMidnight(from) }),
    ...(isSearch && { q: search }),
  };
  const list = usePagedList(
    ['refunds', query],
    (page) => unwrap(api.GET('/admin/api/refunds', { params: { query: { ...query, ...page } } })),
    REFETCH_INTERVAL_MS,
  );
  return {
    ...{ tab, search, list },
    filters: REFUND_FILTERS.flatMap((each) => {
      const value = values[each];
      return value === undefined ? [] : [{ name: each, value }];
    }),
    selectTab: (next) => filters.change({ ...NO_FILTERS, queue: next }),
    setSearch: (text) => filters.set('q', text),
    removeFilter: (each) => filters.set(each, ''),
  };
}

const REFUND_FILTERS: readonly RefundFilter[] = ['wait', 'kind', 'from', 'unresolved'];

interface FilterValues {
  wait?: (typeof WAIT_REASONS)[number];
  kind?: (typeof KINDS)[number];
  from?: string;
  /** Only failed refunds that still need action. */
  unresolved?: 'true';
}

function readFilters(get: (name: string) => string): FilterValues {
  const isUnresolved = get('unresolved') === 'true';
  const [wait, kind, from] = [oneOf(WAIT_REASONS, get('wait')), oneOf(KINDS, get('kind')), get('from')];
  return {
    ...(wait && { wait }),
    ...(kind && { kind }),
    ...(isDay(from) && { from }),
    ...(isUnresolved && { unresolved: 'true' }),
  };
}
