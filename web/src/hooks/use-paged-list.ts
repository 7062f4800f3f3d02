import { type InfiniteData, useInfiniteQuery, type UseInfiniteQueryResult, useQuery } from '@tanstack/react-query';

/** One page of a list, as all list routes return it. */
export interface Page<Row> {
  items: Row[];
  nextCursor: string | null;
  total?: number;
}

/** Query of one page, as all list routes accept it. */
export interface PageQuery {
  limit: number;
  withTotal?: true;
  cursor?: string;
}

const PAGE_SIZE = 50;

export interface PagedList<Row> {
  rows: Row[];
  /** Undefined until it is counted, which may be after the first page. */
  total: number | undefined;
  query: UseInfiniteQueryResult<InfiniteData<Page<Row>>>;
}

/** A list that is loaded page by page. The filters are part of its query key and of each page's query. */
export function usePagedList<Row, Filters extends object>(
  name: string,
  filters: Filters,
  fetchPage: (query: Filters & PageQuery) => Promise<Page<Row>>,
  refetchInterval: number | false = false,
): PagedList<Row> {
  const query = useInfiniteQuery({
    queryKey: [name, filters],
    queryFn: ({ pageParam: cursor }) =>
      fetchPage({ ...filters, limit: PAGE_SIZE, ...(cursor !== undefined && { cursor }) }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
    refetchInterval,
  });
  // A request of its own, because counting the rows of a big shop takes longer than reading a page.
  const total = useQuery({
    queryKey: [name, filters, 'total'],
    queryFn: async () => (await fetchPage({ ...filters, limit: 1, withTotal: true })).total ?? null,
    refetchInterval,
  });
  const pages = query.data?.pages ?? [];
  return { rows: pages.flatMap(({ items }) => items), total: total.data ?? undefined, query };
}
