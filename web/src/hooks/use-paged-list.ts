import { type InfiniteData, useInfiniteQuery, type UseInfiniteQueryResult } from '@tanstack/react-query';

/** One page of a list, as all list routes return it. */
export interface Page<Row> {
  items: Row[];
  nextCursor: string | null;
  total?: number;
}

/** Query of one page, as all list routes accept it. */
export interface PageQuery {
  limit: number;
  withTotal: true;
  cursor?: string;
}

const PAGE_SIZE = 50;

export interface PagedList<Row> {
  rows: Row[];
  /** Undefined until the first page is loaded. */
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
      fetchPage({ ...filters, limit: PAGE_SIZE, withTotal: true, ...(cursor !== undefined && { cursor }) }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
    refetchInterval,
  });
  const pages = query.data?.pages ?? [];
  return { rows: pages.flatMap(({ items }) => items), total: pages[0]?.total, query };
}
