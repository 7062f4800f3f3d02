import { answered, api, type Schemas } from '../../api/client.js';
import { oneOf, useFilters } from '../../shared/use-filters.js';
import { type RowsSoFar, usePages } from '../../shared/use-pages.js';

export const QUEUES = ['REQUESTED', 'PROCESSING', 'ABNORMAL', 'ALL'] as const;
export type QueueName = (typeof QUEUES)[number];

const WAITS = ['NOT_ENOUGH_FUNDS', 'RATE_LIMITED', 'UNKNOWN_OUTCOME'] as const;
const KINDS = ['USER', 'MERCHANT', 'AUTOMATIC'] as const;
const REFRESH_MS = 15_000;

export interface RefundQueue {
  name: QueueName;
  search: string;
  list: RowsSoFar<Schemas['AdminRefundView']>;
  choose: (name: QueueName) => void;
  find: (text: string) => void;
}

/** The refunds that the address of the page asks for. */
export function useQueue(): RefundQueue {
  const filters = useFilters();
  const search = filters.get('q');
  // Who searches means all refunds, unless they say otherwise.
  const name = oneOf(QUEUES, filters.get('queue')) ?? (search === '' ? 'REQUESTED' : 'ALL');
  const [waitReason, kind] = [oneOf(WAITS, filters.get('wait')), oneOf(KINDS, filters.get('kind'))];
  const wanted = {
    ...(name !== 'ALL' && { status: name }),
    ...(waitReason && name === 'PROCESSING' && { waitReason }),
    ...(kind && name === 'ALL' && { kind }),
    ...(search !== '' && { q: search }),
  };
  const list = usePages(
    ['refunds', wanted],
    (page) => answered(api.GET('/admin/api/refunds', { params: { query: { ...wanted, ...page } } })),
    REFRESH_MS,
  );
  return {
    ...{ name, search, list },
    choose: (next) => filters.set('queue', next),
    find: (text) => filters.set('q', text),
  };
}
