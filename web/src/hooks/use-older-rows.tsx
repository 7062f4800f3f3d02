import { useInfiniteQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslations } from '../i18n/language-provider.js';
import { ProblemPanel } from '../components/problem-panel.js';
import type { Page } from './use-paged-list.js';

/** What a record shows of a list inside it. */
export interface LoadedRows<Row> {
  rows: Row[];
  /** How many there are in all. */
  count: number;
  /** Where the list's own route goes on. */
  nextCursor: string | null;
}

/** Which page of the other rows is wanted. */
export interface OlderPageQuery {
  limit: number;
  cursor: string;
}

interface OlderRows<Row> {
  /** The rows loaded so far, in the order of the list's own route: newest first, but for parcels. */
  older: Row[];
  /** Says how many are shown and loads more; null when all are shown from the start. */
  button: ReactNode;
}

const PAGE_SIZE = 100;

/** Loads what a record does not show of a list inside it, page by page, when asked to. `key` names the list. */
export function useOlderRows<Row>(
  key: readonly unknown[],
  { rows, count, nextCursor }: LoadedRows<Row>,
  fetchPage: (page: OlderPageQuery) => Promise<Page<Row>>,
): OlderRows<Row> {
  const { common } = useTranslations();
  const [isAsked, setAsked] = useState(false);
  const query = useInfiniteQuery({
    queryKey: [...key, 'older', nextCursor],
    queryFn: ({ pageParam: cursor }) => fetchPage({ limit: PAGE_SIZE, cursor }),
    initialPageParam: nextCursor ?? '',
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    enabled: isAsked && nextCursor !== null,
  });
  const older = nextCursor === null ? [] : (query.data?.pages ?? []).flatMap(({ items }) => items);
  if (nextCursor === null) return { older, button: null };
  if (query.isError)
    return { older, button: <ProblemPanel error={query.error} onRetry={() => void query.refetch()} /> };
  const hasMore = query.data === undefined || query.hasNextPage;
  const load = (): void => (query.data === undefined ? setAsked(true) : void query.fetchNextPage());
  const button = (
    <div className="load-more">
      <span className="quiet">{common.shownOf(rows.length + older.length, count)} </span>
      {hasMore && (
        <Button onClick={load} loading={query.isFetching}>
          {common.more}
        </Button>
      )}
    </div>
  );
  return { older, button };
}
