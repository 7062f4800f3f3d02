import { Button, type ButtonProps, Skeleton } from 'antd';
import type { ReactNode } from 'react';
import type { PagedList } from '../hooks/use-paged-list.js';
import { useTranslations } from '../i18n/language-provider.js';
import { ProblemPanel } from './problem-panel.js';

interface PagedRowsProps {
  list: PagedList<unknown>;
  /** In place of no rows. */
  empty: ReactNode;
  children: ReactNode;
}

/** The rows of a list. Until there are any: loading, the error, or the empty list. */
export function PagedRows({ list: { rows, query }, empty, children }: PagedRowsProps): ReactNode {
  const { common } = useTranslations();
  if (query.isPending) return <Skeleton active paragraph={{ rows: 6 }} aria-label={common.loading} />;
  if (rows.length > 0) return children;
  return query.isError ? <ProblemPanel error={query.error} onRetry={() => void query.refetch()} /> : empty;
}

/** The number of rows, and a button for more. */
export function LoadMore({ list: { total, query }, size }: { list: PagedList<unknown> } & Pick<ButtonProps, 'size'>) {
  const { common } = useTranslations();
  return (
    <div className="load-more">
      {total !== undefined && <span className="quiet">{common.total(total)} </span>}
      {query.hasNextPage && (
        <Button size={size} onClick={() => void query.fetchNextPage()} loading={query.isFetchingNextPage}>
          {common.loadMore}
        </Button>
      )}
    </div>
  );
}
