import { Select } from 'antd';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { Instant } from '../../components/instant.js';
import { Money } from '../../components/money.js';
import { OrderStatusTag } from '../../components/status-tags.js';
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

/** All orders, newest first, searchable by any order, payment, WeChat or refund number. */
export function OrderList(): ReactNode {
  const { orders: t } = useTranslations();
  const query = useOrderQuery();
  const list = usePagedList(['orders', query], (page) => fetchOrders({ ...query, ...page }));
  return (
    <>
      <div className="page-head">
        <h1>{t.title}</h1>
        <span className="grow" />
        <CsvButton query={query} />
      </div>
      <Filters />
      <RecordList
        list={list}
        columns={useColumns()}
        rowKey={({ orderNo }) => orderNo}
        empty={t.empty}
        label={t.title}
      />
    </>
  );
}

function Filters(): ReactNode {
  const { common, orders: t, shipping } = useTranslations();
  const { get, set } = useFilters();
  const all = { value: '', label: common.all };
  return (
    <div className="filters">
      <div className="filter-search">
        <SearchBox value={get('q')} hint={t.searchHint} onSearch={(text) => set('q', text)} />
      </div>
      <label>
        {t.status}
        <Select
          value={get('status')}
          aria-label={t.status}
          options={[all, ...STATUSES.map((value) => ({ value, label: t.statuses[value] }))]}
          onChange={(value: string) => set('status', value)}
        />
      </label>
      <label>
        {t.refundStatus}
        <Select
          value={get('refundStatus')}
          aria-label={t.refundStatus}
          options={[all, ...REFUND_STATUSES.map((value) => ({ value, label: t.refundStatuses[value] }))]}
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
        {t.problem}
        <Select
          value={get('problem')}
          aria-label={t.problem}
          options={[all, ...PROBLEM_FILTERS.map((value) => ({ value, label: t.problems[value] }))]}
          onChange={(value: string) => set('problem', value)}
        />
      </label>
      <DayRange />
    </div>
  );
}

function useColumns(): RecordColumn<OrderRow>[] {
  const { common, orders: t } = useTranslations();
  return [
    {
      ...{ key: 'orderNo', title: t.orderNo },
      render: ({ orderNo }) => (
        <Link className="mono" to={`/orders/${orderNo}`}>
          {orderNo}
        </Link>
      ),
    },
    { key: 'createdAt', title: t.createdAt, render: ({ createdAt }) => <Instant at={createdAt} /> },
    { key: 'items', title: t.items, render: ({ items }) => <OrderItemsSummary items={items} /> },
    { key: 'payable', title: t.payable, align: 'right', render: ({ payableFen }) => <Money fen={payableFen} /> },
    { key: 'paid', title: t.paid, align: 'right', render: ({ paidFen }) => <Money fen={paidFen} /> },
    {
      key: 'refunded',
      title: t.refunded,
      align: 'right',
      render: ({ refundedFen }) => <Money fen={refundedFen} />,
    },
    { key: 'status', title: common.status, render: ({ status }) => <OrderStatusTag status={status} /> },
    {
      ...{ key: 'refundStatus', title: t.refundStatus },
      render: ({ refundStatus }) => (
        <span className={refundStatus === 'NONE' ? 'quiet' : undefined}>{t.refundStatuses[refundStatus]}</span>
      ),
    },
  ];
}
