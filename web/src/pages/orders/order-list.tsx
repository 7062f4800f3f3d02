import { Select } from 'antd';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { Instant, Money, OrderStatusTag } from '../../components/status-tags.js';
import { DayRange } from '../../components/day-range.js';
import { type RecordColumn, RecordList } from '../../components/record-list.js';
import { SearchBox } from '../../components/search-box.js';
import { useFilters } from '../../hooks/use-filters.js';
import { usePagedList } from '../../hooks/use-paged-list.js';
import { useTranslations } from '../../i18n/language-provider.js';
import { CsvButton } from './csv-button.js';
import { OrderItemsSummary } from './order-items-summary.js';
import {
  fetchOrders,
  type OrderRow,
  PROBLEM_FILTERS,
  REFUND_STATUSES,
  SHIPPING_FILTERS,
  STATUSES,
  useOrderQuery,
} from './use-orders.js';

/** All orders, newest first, by any number that a person may hold. */
export function OrderList(): ReactNode {
  const { orders: words } = useTranslations();
  const query = useOrderQuery();
  const list = usePagedList(['orders', query], (page) => fetchOrders({ ...query, ...page }));
  return (
    <>
      <div className="page-head">
        <h1>{words.title}</h1>
        <span className="grow" />
        <CsvButton query={query} />
      </div>
      <Filters />
      <RecordList
        list={list}
        columns={useColumns()}
        rowKey={({ orderNo }) => orderNo}
        empty={words.empty}
        label={words.title}
      />
    </>
  );
}

function Filters(): ReactNode {
  const { common, orders: words, shipping } = useTranslations();
  const { get, set } = useFilters();
  const all = { value: '', label: common.all };
  return (
    <div className="filters">
      <div className="filter-search">
        <SearchBox value={get('q')} hint={words.searchHint} onSearch={(text) => set('q', text)} />
      </div>
      <label>
        {words.status}
        <Select
          value={get('status')}
          aria-label={words.status}
          options={[all, ...STATUSES.map((value) => ({ value, label: words.statuses[value] }))]}
          onChange={(value: string) => set('status', value)}
        />
      </label>
      <label>
        {words.refundStatus}
        <Select
          value={get('refundStatus')}
          aria-label={words.refundStatus}
          options={[all, ...REFUND_STATUSES.map((value) => ({ value, label: words.refundStatuses[value] }))]}
          onChange={(value: string) => set('refundStatus', value)}
        />
      </label>
      <label>
        {shipping.filter}
        <Select
          value={get('shipping')}
          aria-label={shipping.filter}
          options={[all, ...SHIPPING_FILTERS.map((value) => ({ value, label: shipping.filters[value] }))]}
          onChange={(value: string) => set('shipping', value)}
        />
      </label>
      <label>
        {words.problem}
        <Select
          value={get('problem')}
          aria-label={words.problem}
          options={[all, ...PROBLEM_FILTERS.map((value) => ({ value, label: words.problems[value] }))]}
          onChange={(value: string) => set('problem', value)}
        />
      </label>
      <DayRange />
    </div>
  );
}

function useColumns(): RecordColumn<OrderRow>[] {
  const { common, orders: words } = useTranslations();
  return [
    {
      ...{ key: 'orderNo', title: words.orderNo },
      render: ({ orderNo }) => (
        <Link className="mono" to={`/orders/${orderNo}`}>
          {orderNo}
        </Link>
      ),
    },
    { key: 'createdAt', title: words.createdAt, render: ({ createdAt }) => <Instant at={createdAt} /> },
    { key: 'items', title: words.items, render: ({ items }) => <OrderItemsSummary items={items} /> },
    { key: 'payable', title: words.payable, align: 'right', render: ({ payableFen }) => <Money fen={payableFen} /> },
    { key: 'paid', title: words.paid, align: 'right', render: ({ paidFen }) => <Money fen={paidFen} /> },
    {
      key: 'refunded',
      title: words.refunded,
      align: 'right',
      render: ({ refundedFen }) => <Money fen={refundedFen} />,
    },
    { key: 'status', title: common.status, render: ({ status }) => <OrderStatusTag status={status} /> },
    {
      ...{ key: 'refundStatus', title: words.refundStatus },
      render: ({ refundStatus }) => (
        <span className={refundStatus === 'NONE' ? 'quiet' : undefined}>{words.refundStatuses[refundStatus]}</span>
      ),
    },
  ];
}
