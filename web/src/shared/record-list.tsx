import { Button, Empty, Grid, Skeleton, Table } from 'antd';
import type { ReactNode } from 'react';
import { useWords } from '../words/words.js';
import { ProblemPanel } from './problem-panel.js';
import { useFilters } from './use-filters.js';
import type { RowsSoFar } from './use-pages.js';

export interface RecordColumn<Row> {
  key: string;
  title: string;
  render: (row: Row) => ReactNode;
  align?: 'right';
}

interface Wanted<Row> {
  list: RowsSoFar<Row>;
  columns: RecordColumn<Row>[];
  rowKey: (row: Row) => string | number;
  empty: string;
  label: string;
}

/** A list of records: a table, or on a phone a card for each. With all that may happen before there is one. */
export function RecordList<Row extends object>({ list, columns, rowKey, empty, label }: Wanted<Row>): ReactNode {
  const isWide = Grid.useBreakpoint().md ?? true;
  const { common } = useWords();
  const { rows, total, query } = list;
  if (query.isPending) return <Skeleton active paragraph={{ rows: 6 }} aria-label={common.loading} />;
  if (query.isError && rows.length === 0)
    return <ProblemPanel error={query.error} onRetry={() => void query.refetch()} />;
  if (rows.length === 0) return <NoRows empty={empty} />;
  return (
    <section aria-label={label}>
      {isWide ? (
        <WideList rows={rows} columns={columns} rowKey={rowKey} />
      ) : (
        <CardList rows={rows} columns={columns} rowKey={rowKey} />
      )}
      <div className="load-more">
        {total !== undefined && <span className="quiet">{common.total(total)} </span>}
        {query.hasNextPage && (
          <Button onClick={() => void query.fetchNextPage()} loading={query.isFetchingNextPage}>
            {common.more}
          </Button>
        )}
      </div>
    </section>
  );
}

/** Says whether there is nothing at all, or only nothing that the filters let through; then they go by one click. */
function NoRows({ empty }: { empty: string }): ReactNode {
  const { common } = useWords();
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

type Shown<Row> = Pick<Wanted<Row>, 'columns' | 'rowKey'> & { rows: Row[] };

function WideList<Row extends object>({ rows, columns, rowKey }: Shown<Row>): ReactNode {
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

function CardList<Row>({ rows, columns, rowKey }: Shown<Row>): ReactNode {
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
