import { unwrap, api, type Schemas } from '../../api/client.js';
import { beijingMidnight, isDay } from '../../utils/time.js';
import { oneOf, useFilters } from '../../hooks/use-filters.js';
import { type PagedList, usePagedList } from '../../hooks/use-paged-list.js';

export const REFUND_TABS = ['REQUESTED', 'PROCESSING', 'ABNORMAL', 'FAILED', 'ALL'] as const;
type RefundTab = (typeof REFUND_TABS)[number];

const WAIT_REASONS = ['NOT_ENOUGH_FUNDS', 'RATE_LIMITED', 'UNKNOWN_OUTCOME'] as const;
const KINDS = ['USER', 'MERCHANT', 'AUTOMATIC'] as const;
const REFETCH_INTERVAL_MS = 15_000;

/** What narrows a queue besides its tab, as the address of the page names it. */
export type RefundFilter = 'wait' | 'kind' | 'from' | 'unresolved';

export interface RefundListState {
  tab: RefundTab;
  search: string;
  list: PagedList<Schemas['AdminRefundView']>;
  /** What narrows the list, each with its value. Shown, and taken away one by one: no filter is invisible. */
  filters: { name: RefundFilter; value: string }[];
  /** Another tab: all of it, so that what narrowed the last one and the search end. */
  selectTab: (name: RefundTab) => void;
  setSearch: (text: string) => void;
  removeFilter: (name: RefundFilter) => void;
}

const NO_FILTERS: Record<RefundFilter | 'q', string> = { q: '', wait: '', kind: '', from: '', unresolved: '' };

/** The refunds that the address of the page asks for. A search looks in all refunds, whatever tab it began at. */
export function useRefundList(): RefundListState {
  const filters = useFilters();
  const search = filters.get('q');
  const isSearch = search !== '';
  const name = isSearch ? 'ALL' : (oneOf(REFUND_TABS, filters.get('queue')) ?? 'REQUESTED');
  const narrowed: FilterValues = isSearch ? {} : readFilters(filters.get);
  const { wait: waitReason, kind, from, unresolved } = narrowed;
  const wanted = {
    ...(name !== 'ALL' && { status: name }),
    ...(waitReason && { waitReason }),
    ...(kind && { kind }),
    ...(unresolved && { unresolved: true }),
    ...(from !== undefined && { from: beijingMidnight(from) }),
    ...(isSearch && { q: search }),
  };
  const list = usePagedList(
    ['refunds', wanted],
    (page) => unwrap(api.GET('/admin/api/refunds', { params: { query: { ...wanted, ...page } } })),
    REFETCH_INTERVAL_MS,
  );
  return {
    ...{ tab: name, search, list },
    filters: REFUND_FILTERS.flatMap((each) => {
      const value = narrowed[each];
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
  /** Only those failed refunds that still wait for a person. */
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
