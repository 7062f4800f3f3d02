import { PlusOutlined } from '@ant-design/icons';
import { Button, Empty, Grid, Table } from 'antd';
import type { ReactNode } from 'react';
import { useTranslations } from '../i18n/language-provider.js';
import { SearchBox } from './filters.js';
import { LoadMore, PagedRows } from './paged-rows.js';
import { useFilters } from '../hooks/use-filters.js';
import type { PagedList } from '../hooks/use-paged-list.js';

export interface RecordColumn<Row> {
  key: string;
  title: string;
  render: (row: Row) => ReactNode;
  align?: 'right';
}

interface ListPageProps<Row> {
  title: string;
  /** What the records are for. */
  hint?: string;
  /** What the search finds. */
  searchHint: string;
  /** Filters besides the search. */
  filters?: ReactNode;
  /** At the right of the title. */
  action?: ReactNode;
  list: PagedList<Row>;
  columns: RecordColumn<Row>[];
  rowKey: (row: Row) => string | number;
  /** Text for an empty list. */
  empty: string;
  /** Dialogs. */
  children?: ReactNode;
}

/** A page with a list of records, as a table, or as cards on a phone. */
export function ListPage<Row extends object>(props: ListPageProps<Row>): ReactNode {
  const { title, hint, searchHint, filters, action, list, columns, rowKey, empty, children } = props;
  const isWide = Grid.useBreakpoint().md ?? true;
  const Rows = isWide ? RecordTable : RecordCards;
  return (
    <>
      <div className="page-head">
        <h1>{title}</h1>
        <span className="grow" />
        {action}
      </div>
      {hint !== undefined && <p className="quiet">{hint}</p>}
      <div className="filters">
        <div className="filter-search">
          <SearchBox hint={searchHint} />
        </div>
        {filters}
      </div>
      <PagedRows list={list} empty={<EmptyList empty={empty} />}>
        <section aria-label={title}>
          <Rows rows={list.rows} columns={columns} rowKey={rowKey} />
          <LoadMore list={list} />
        </section>
      </PagedRows>
      {children}
    </>
  );
}

/** Opens the dialog that creates a record. */
export function AddButton({ text, onClick }: { text: string; onClick: () => void }): ReactNode {
  return (
    <Button type="primary" icon={<PlusOutlined />} onClick={onClick}>
      {text}
    </Button>
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

type ShownRows<Row> = Pick<ListPageProps<Row>, 'columns' | 'rowKey'> & { rows: Row[] };

function RecordTable<Row extends object>({ rows, columns, rowKey }: ShownRows<Row>): ReactNode {
  return (
    <Table<Row>
      dataSource={rows}
      rowKey={rowKey}
      pagination={false}
      size="middle"
      scroll={{ x: 'max-content' }}
      columns={columns.map(({ key, title, render, align }) => ({
        key,
        title,
        render: (_value: unknown, row: Row) => render(row),
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
