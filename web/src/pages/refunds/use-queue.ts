import { answered, api, type Schemas } from '../../api/client.js';
import { beijingMidnight, isDay } from '../../shared/time.js';
import { oneOf, useFilters } from '../../shared/use-filters.js';
import { type RowsSoFar, usePages } from '../../shared/use-pages.js';

export const QUEUES = ['REQUESTED', 'PROCESSING', 'ABNORMAL', 'FAILED', 'ALL'] as const;
export type QueueName = (typeof QUEUES)[number];

const WAITS = ['NOT_ENOUGH_FUNDS', 'RATE_LIMITED', 'UNKNOWN_OUTCOME'] as const;
const KINDS = ['USER', 'MERCHANT', 'AUTOMATIC'] as const;
const REFRESH_MS = 15_000;

/** What narrows a queue besides its tab, as the address of the page names it. */
export type Narrowing = 'wait' | 'kind' | 'from' | 'unresolved';

export interface RefundQueue {
  name: QueueName;
  search: string;
  list: RowsSoFar<Schemas['AdminRefundView']>;
  /** What narrows the list, each with its value. Shown, and taken away one by one: no filter is invisible. */
  narrowings: { name: Narrowing; value: string }[];
  /** Another tab: all of it, so that what narrowed the last one and the search end. */
  choose: (name: QueueName) => void;
  find: (text: string) => void;
  drop: (name: Narrowing) => void;
}

const EVERYTHING: Record<Narrowing | 'q', string> = { q: '', wait: '', kind: '', from: '', unresolved: '' };

/** The refunds that the address of the page asks for. A search looks in all refunds, whatever tab it began at. */
export function useQueue(): RefundQueue {
  const filters = useFilters();
  const search = filters.get('q');
  const isSearch = search !== '';
  const name = isSearch ? 'ALL' : (oneOf(QUEUES, filters.get('queue')) ?? 'REQUESTED');
  const narrowed: Narrowed = isSearch ? {} : narrowingsIn(filters.get);
  const { wait: waitReason, kind, from, unresolved } = narrowed;
  const wanted = {
    ...(name !== 'ALL' && { status: name }),
    ...(waitReason && { waitReason }),
    ...(kind && { kind }),
    ...(unresolved && { unresolved: true }),
    ...(from !== undefined && { from: beijingMidnight(from) }),
    ...(isSearch && { q: search }),
  };
  const list = usePages(
    ['refunds', wanted],
    (page) => answered(api.GET('/admin/api/refunds', { params: { query: { ...wanted, ...page } } })),
    REFRESH_MS,
  );
  return {
    ...{ name, search, list },
    narrowings: NARROWINGS.flatMap((each) => {
      const value = narrowed[each];
      return value === undefined ? [] : [{ name: each, value }];
    }),
    choose: (next) => filters.change({ ...EVERYTHING, queue: next }),
    find: (text) => filters.set('q', text),
    drop: (each) => filters.set(each, ''),
  };
}

const NARROWINGS: readonly Narrowing[] = ['wait', 'kind', 'from', 'unresolved'];

interface Narrowed {
  wait?: (typeof WAITS)[number];
  kind?: (typeof KINDS)[number];
  from?: string;
  /** Only those failed refunds that still wait for a person. */
  unresolved?: 'true';
}

function narrowingsIn(get: (name: string) => string): Narrowed {
  const isUnresolved = get('unresolved') === 'true';
  const [wait, kind, from] = [oneOf(WAITS, get('wait')), oneOf(KINDS, get('kind')), get('from')];
  return {
    ...(wait && { wait }),
    ...(kind && { kind }),
    ...(isDay(from) && { from }),
    ...(isUnresolved && { unresolved: 'true' }),
  };
}
