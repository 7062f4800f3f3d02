import type { ReactNode } from 'react';
import { Link, useParams } from 'react-router';
import { DayRange, FilterSelect } from '../../components/filters.js';
import { ExternalOrderTag, OrderStatusTag } from '../../components/label.js';
import { ListPage, type RecordColumn } from '../../components/list-page.js';
import { Instant, Money } from '../../components/values.js';
import { usePagedList } from '../../hooks/use-paged-list.js';
import { useTranslations } from '../../i18n/language-provider.js';
import { OrderDetails } from './details/order-details.js';
import { CsvButton } from './list/csv-button.js';
import { fetchOrders, type OrderRow, useOrderQuery } from './list/use-orders.js';

/** All orders, or the order in the URL. */
export default function OrdersPage(): ReactNode {
  const { orderNo } = useParams();
  return orderNo === undefined ? <OrderList /> : <OrderDetails key={orderNo} orderNo={orderNo} />;
}

/** All orders, newest first, searchable by any order, payment, WeChat or refund number. */
function OrderList(): ReactNode {
  const { orders: t, shipping } = useTranslations();
  const query = useOrderQuery();
  return (
    <ListPage
      title={t.title}
      searchHint={t.searchHint}
      empty={t.empty}
      action={<CsvButton query={query} />}
      filters={
        <>
          <FilterSelect name="status" label={t.status} texts={t.statuses} />
          <FilterSelect name="refundStatus" label={t.refundStatus} texts={t.refundStatuses} />
          <FilterSelect name="shipping" label={shipping.filter} texts={shipping.filters} />
          <FilterSelect name="problem" label={t.problem} texts={t.problems} />
          <DayRange />
        </>
      }
      list={usePagedList('orders', query, fetchOrders)}
      columns={useColumns()}
      rowKey={({ orderNo }) => orderNo}
    />
  );
}

function useColumns(): RecordColumn<OrderRow>[] {
  const { common, orders: t } = useTranslations();
  return [
    {
      key: 'orderNo',
      title: t.orderNo,
      render: ({ orderNo, origin, merchantOrderNo }) => (
        <>
          <Link className="mono" to={`/orders/${orderNo}`}>
            {orderNo}
          </Link>
          {origin === 'EXTERNAL' && <ExternalOrderTag />}
          {merchantOrderNo !== null && <div className="quiet breakable">{merchantOrderNo}</div>}
        </>
      ),
    },
    { key: 'createdAt', title: t.createdAt, render: ({ createdAt }) => <Instant at={createdAt} /> },
    { key: 'items', title: t.items, render: ({ items }) => <OrderItemsSummary items={items} /> },
    { key: 'payable', title: t.payable, align: 'right', render: ({ payableFen }) => <Money fen={payableFen} /> },
    { key: 'paid', title: t.paid, align: 'right', render: ({ paidFen }) => <Money fen={paidFen} /> },
    { key: 'refunded', title: t.refunded, align: 'right', render: ({ refundedFen }) => <Money fen={refundedFen} /> },
    { key: 'status', title: common.status, render: ({ status }) => <OrderStatusTag status={status} /> },
    {
      key: 'refundStatus',
      title: t.refundStatus,
      render: ({ refundStatus }) => (
        <span className={refundStatus === 'NONE' ? 'quiet' : undefined}>{t.refundStatuses[refundStatus]}</span>
      ),
    },
  ];
}

/** The first product with its own quantity, and the number of others. Staff pack parcels by this text. */
function OrderItemsSummary({ items }: { items: OrderRow['items'] }): ReactNode {
  const { orders: t } = useTranslations();
  const [first] = items;
  if (!first) return null;
  const pieces = items.reduce((sum, { quantity }) => sum + quantity, 0);
  return (
    <span className="order-items-summary">
      <span>{first.name}</span> <span>×{first.quantity}</span>
      {items.length > 1 && <span className="quiet"> {t.moreItems(items.length, pieces)}</span>}
    </span>
  );
}
