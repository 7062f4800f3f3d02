import { Button, Empty, Grid, Skeleton, Table } from 'antd';
import type { ReactNode } from 'react';
import { useTranslations } from '../i18n/language-provider.js';
import { ProblemPanel } from './problem-panel.js';
import { useFilters } from '../hooks/use-filters.js';
import type { PagedList } from '../hooks/use-paged-list.js';

export interface RecordColumn<Row> {
  key: string;
  title: string;
  render: (row: Row) => ReactNode;
  align?: 'right';
}

interface RecordListProps<Row> {
  list: PagedList<Row>;
  columns: RecordColumn<Row>[];
  rowKey: (row: Row) => string | number;
  empty: string;
  label: string;
}

/** A list of records: a table, or cards on a phone. Also shows loading, errors and the empty list. */
export function RecordList<Row extends object>({
  list,
  columns,
  rowKey,
  empty,
  label,
}: RecordListProps<Row>): ReactNode {
  const isWide = Grid.useBreakpoint().md ?? true;
  const { common } = useTranslations();
  const { rows, total, query } = list;
  if (query.isPending) return <Skeleton active paragraph={{ rows: 6 }} aria-label={common.loading} />;
  if (query.isError && rows.length === 0)
    return <ProblemPanel error={query.error} onRetry={() => void query.refetch()} />;
  if (rows.length === 0) return <EmptyList empty={empty} />;
  return (
    <section aria-label={label}>
      {isWide ? (
        <RecordTable rows={rows} columns={columns} rowKey={rowKey} />
      ) : (
        <RecordCards rows={rows} columns={columns} rowKey={rowKey} />
      )}
      <div className="load-more">
        {total !== undefined && <span className="quiet">{common.total(total)} </span>}
        {query.hasNextPage && (
          <Button onClick={() => void query.fetchNextPage()} loading={query.isFetchingNextPage}>
            {common.loadMore}
          </Button>
        )}
      </div>
    </section>
  );
}

/** Tells an empty list from one that the filters hide, and offers to clear the filters. */
function EmptyList({ empty }: { empty: string }): ReactNode {
  const { common } = useTranslations();
  const { active, change } = useFilters();
  const others = active.filter((name) => name !== 'q');
  if (active.length === 0) return <Empty className="centred" description={empty} />;
  const isNarrowedSearch = active.includes('q') && others.length > 0;
  const clear = (names: readonly string[]): void => change(Object.fromEntries(names.map((name) => [name, ''])));
  return (
    <Empty className="centred" description={common.noMatch}>
      {isNarrowedSearch ? (
        <Button onClick={() => clear(others)}>{common.searchInAll}</Button>
      ) : (
        <Button onClick={() => clear(active)}>{common.clearFilters}</Button>
      )}
    </Empty>
  );
}

type ShownRows<Row> = Pick<RecordListProps<Row>, 'columns' | 'rowKey'> & { rows: Row[] };

function RecordTable<Row extends object>({ rows, columns, rowKey }: ShownRows<Row>): ReactNode {
  return (
    <Table<Row>
      dataSource={rows}
      rowKey={rowKey}
      pagination={false}
      size="middle"
      scroll={{ x: 'max-content' }}
      columns={columns.map(({ key, title, render, align }) => ({
        ...{ key, title, render: (_value: unknown, row: Row) => render(row) },
        ...(align && { align }),
      }))}
    />
  );
}

function RecordCards<Row>({ rows, columns, rowKey }: ShownRows<Row>): ReactNode {
  return (
    <ul className="cards">
      {rows.map((row) => (
        <li key={rowKey(row)} className="panel">
          {columns.map(({ key, title, render }) => (
            <div key={key} className="card-row">
              <span className="quiet">{title}</span>
              <span>{render(row)}</span>
            </div>
          ))}
        </li>
      ))}
    </ul>
  );
}
