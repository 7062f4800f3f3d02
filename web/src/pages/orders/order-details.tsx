import { useQuery } from '@tanstack/react-query';
import { App, Button, Skeleton } from 'antd';
import { type ReactNode, useState } from 'react';
import { unwrap, api, type Schemas } from '../../api/client.js';
import { useHasRole } from '../../auth/session.js';
import { BackLink } from '../../components/back-link.js';
import { Instant, Money, CopyableText, OrderStatusTag } from '../../components/status-tags.js';
import { DescriptionList } from '../../components/description-list.js';
import { OrderItemsTable } from '../../components/order-items-table.js';
import { ProblemPanel } from '../../components/problem-panel.js';
import { useAction } from '../../hooks/use-action.js';
import { useTranslations } from '../../i18n/language-provider.js';
import { useFilters } from '../../hooks/use-filters.js';
import { Buyer } from './buyer.js';
import { CloseButton } from './close-button.js';
import { MerchantRefundDialog } from './merchant-refund-dialog.js';
import { RefusedNotices } from './refused-notices.js';
import { ShippingPanel } from './shipping-panel.js';
import { Payments, Refunds, TimelinePanel } from './order-sections.js';

export type OrderRecord = Schemas['AdminOrderView'];

/** One order with everything that was ever said about it. */
export function OrderDetails({ orderNo }: { orderNo: string }): ReactNode {
  const { orders: words } = useTranslations();
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['order', orderNo],
    queryFn: () => unwrap(api.GET('/admin/api/orders/{orderNo}', { params: { path: { orderNo } } })),
  });
  if (isPending) return <Skeleton active paragraph={{ rows: 10 }} />;
  if (!data) {
    return (
      <>
        <BackLink fallback="/orders" />
        <ProblemPanel error={error} onRetry={() => void refetch()} />
      </>
    );
  }
  return (
    <>
      <BackLink fallback="/orders" />
      <div className="page-head">
        <h1 className="mono">{orderNo}</h1>
        <OrderStatusTag status={data.status} />
        <span className="quiet">{words.refundStatuses[data.refundStatus]}</span>
        <span className="grow" />
        <OrderActions order={data} />
      </div>
      <div className="columns">
        <OrderSummary order={data} />
        <div className="panel">
          <h2>{words.items}</h2>
          <OrderItemsTable items={data.items} />
        </div>
      </div>
      <ShippingPanel order={data} />
      <Payments order={data} />
      <Refunds order={data} />
      <TimelinePanel order={data} />
      <RefusedNotices notices={data.refusedNotices} />
    </>
  );
}

function OrderActions({ order }: { order: OrderRecord }): ReactNode {
  const { orders: words, refunds } = useTranslations();
  const may = useHasRole();
  const { message } = App.useApp();
  const { get, set } = useFilters();
  const suggestedFen = Number.parseInt(get('give'), 10); // from a refund that failed
  const [isGiving, setGiving] = useState(suggestedFen > 0);
  const endGiving = (): void => {
    setGiving(false);
    set('give', '');
  };
  const { orderNo } = order;
  const { run, isRunning } = useAction({
    request: () => unwrap(api.POST('/admin/api/orders/{orderNo}/query', { params: { path: { orderNo } } })),
    onSuccess: () => void message.success(words.asked),
  });
  if (!may('OPERATOR')) return null;
  return (
    <>
      <Button loading={isRunning} onClick={() => run()}>
        {words.ask}
      </Button>
      <CloseButton order={order} />
      {order.refundableFen > 0 && <Button onClick={() => setGiving(true)}>{refunds.give}</Button>}
      {isGiving && order.refundableFen > 0 && (
        <MerchantRefundDialog order={order} suggestedFen={suggestedFen > 0 ? suggestedFen : null} onClose={endGiving} />
      )}
    </>
  );
}

function OrderSummary({ order }: { order: OrderRecord }): ReactNode {
  const { orders: words, refunds } = useTranslations();
  const { discountFen, closeReason, remark, closedAt, status, paidFen, reservedFen, refundableFen } = order;
  return (
    <div className="panel">
      <DescriptionList
        items={[
          [words.payable, <Money key="payable" fen={order.payableFen} />],
          [words.paid, <Money key="paid" fen={order.paidFen} isBold />],
          [words.refunded, <Money key="refunded" fen={order.refundedFen} />],
          [refunds.reserved, reservedFen === 0 ? undefined : <Money key="reserved" fen={reservedFen} />],
          [
            words.refundable,
            paidFen + refundableFen === 0 ? undefined : <Money key="refundable" fen={refundableFen} />,
          ],
          [words.discount, discountFen === 0 ? undefined : <Money key="discount" fen={discountFen} />],
          [words.coupon, order.couponId === null ? undefined : <CopyableText key="coupon" text={order.couponId} />],
          [words.createdAt, <Instant key="created" at={order.createdAt} />],
          [words.paidAt, order.paidAt === null ? undefined : <Instant key="paidAt" at={order.paidAt} />],
          [words.expiresAt, status === 'PENDING' ? <Instant key="expires" at={order.expiresAt} /> : undefined],
          [words.closedAt, closedAt === null ? undefined : <ClosedAt key="closed" at={closedAt} why={closeReason} />],
          [words.buyer, <Buyer key="buyer" order={order} />],
          [
            words.remark,
            remark === null ? undefined : (
              <span key="remark" className="breakable">
                {remark}
              </span>
            ),
          ],
        ]}
      />
    </div>
  );
}

function ClosedAt({ at, why }: { at: string; why: string | null }): ReactNode {
  const { orders: words } = useTranslations();
  return (
    <>
      <Instant at={at} /> {why !== null && (words.closeReasons[why] ?? why)}
    </>
  );
}
