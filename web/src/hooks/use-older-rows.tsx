import { useInfiniteQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslations } from '../i18n/language-provider.js';
import { ProblemPanel } from '../components/problem-panel.js';
import type { Page } from './use-paged-list.js';

/** The rows of a nested list that its record contains. */
export interface LoadedRows<Row> {
  rows: Row[];
  /** Total number of rows. */
  count: number;
  /** Cursor for the list's own route. */
  nextCursor: string | null;
}

/** Query of one page of the older rows. */
export interface OlderPageQuery {
  limit: number;
  cursor: string;
}

interface OlderRows<Row> {
  /** The rows loaded so far, in the order of the list's own route: newest first, except for parcels. */
  older: Row[];
  /** Shows the number of rows and loads more; null when the record contains all rows. */
  button: ReactNode;
}

const PAGE_SIZE = 100;

/** Loads the rows of a nested list that its record does not contain, page by page, on demand. `key` is the query key. */
export function useOlderRows<Row>(
  key: readonly unknown[],
  { rows, count, nextCursor }: LoadedRows<Row>,
  fetchPage: (page: OlderPageQuery) => Promise<Page<Row>>,
): OlderRows<Row> {
  const { common } = useTranslations();
  const [isRequested, setRequested] = useState(false);
  const query = useInfiniteQuery({
    queryKey: [...key, 'older', nextCursor],
    queryFn: ({ pageParam: cursor }) => fetchPage({ limit: PAGE_SIZE, cursor }),
    initialPageParam: nextCursor ?? '',
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    enabled: isRequested && nextCursor !== null,
  });
  const older = nextCursor === null ? [] : (query.data?.pages ?? []).flatMap(({ items }) => items);
  if (nextCursor === null) return { older, button: null };
  if (query.isError)
    return { older, button: <ProblemPanel error={query.error} onRetry={() => void query.refetch()} /> };
  const hasMore = query.data === undefined || query.hasNextPage;
  const load = (): void => (query.data === undefined ? setRequested(true) : void query.fetchNextPage());
  const button = (
    <div className="load-more">
      <span className="quiet">{common.shownOf(rows.length + older.length, count)} </span>
      {hasMore && (
        <Button onClick={load} loading={query.isFetching}>
          {common.loadMore}
        </Button>
      )}
    </div>
  );
  return { older, button };
}
