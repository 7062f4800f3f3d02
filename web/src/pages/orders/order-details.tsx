import { useQuery } from '@tanstack/react-query';
import { App, Button, Skeleton } from 'antd';
import { type ReactNode, useState } from 'react';
import { unwrap, api, type Schemas } from '../../api/client.js';
import { useHasRole } from '../../auth/session.js';
import { BackLink } from '../../components/back-link.js';
import { CopyableText } from '../../components/copyable-text.js';
import { Instant } from '../../components/instant.js';
import { Money } from '../../components/money.js';
import { OrderStatusTag } from '../../components/status-tags.js';
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

/** One order with its payments, refunds, shipments and timeline. */
export function OrderDetails({ orderNo }: { orderNo: string }): ReactNode {
  const { orders: t } = useTranslations();
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
        <span className="quiet">{t.refundStatuses[data.refundStatus]}</span>
        <span className="grow" />
        <OrderActions order={data} />
      </div>
      <div className="columns">
        <OrderSummary order={data} />
        <div className="panel">
          <h2>{t.items}</h2>
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
  const { orders: t, refunds } = useTranslations();
  const hasRole = useHasRole();
  const { message } = App.useApp();
  const { get, set } = useFilters();
  const suggestedFen = Number.parseInt(get('refundFen'), 10); // from a refund that failed
  const [isIssuing, setIssuing] = useState(suggestedFen > 0);
  const endIssuing = (): void => {
    setIssuing(false);
    set('refundFen', '');
  };
  const { orderNo } = order;
  const { run, isRunning } = useAction({
    request: () => unwrap(api.POST('/admin/api/orders/{orderNo}/query', { params: { path: { orderNo } } })),
    onSuccess: () => void message.success(t.checkedToast),
  });
  if (!hasRole('OPERATOR')) return null;
  return (
    <>
      <Button loading={isRunning} onClick={() => run()}>
        {t.checkWithWechat}
      </Button>
      <CloseButton order={order} />
      {order.refundableFen > 0 && <Button onClick={() => setIssuing(true)}>{refunds.issueRefund}</Button>}
      {isIssuing && order.refundableFen > 0 && (
        <MerchantRefundDialog
          order={order}
          suggestedFen={suggestedFen > 0 ? suggestedFen : null}
          onClose={endIssuing}
        />
      )}
    </>
  );
}

function OrderSummary({ order }: { order: OrderRecord }): ReactNode {
  const { orders: t, refunds } = useTranslations();
  const { discountFen, closeReason, remark, closedAt, status, paidFen, reservedFen, refundableFen } = order;
  return (
    <div className="panel">
      <DescriptionList
        items={[
          [t.payable, <Money key="payable" fen={order.payableFen} />],
          [t.paid, <Money key="paid" fen={order.paidFen} isBold />],
          [t.refunded, <Money key="refunded" fen={order.refundedFen} />],
          [refunds.reserved, reservedFen === 0 ? undefined : <Money key="reserved" fen={reservedFen} />],
          [t.refundable, paidFen + refundableFen === 0 ? undefined : <Money key="refundable" fen={refundableFen} />],
          [t.discount, discountFen === 0 ? undefined : <Money key="discount" fen={discountFen} />],
          [t.coupon, order.couponId === null ? undefined : <CopyableText key="coupon" text={order.couponId} />],
          [t.createdAt, <Instant key="created" at={order.createdAt} />],
          [t.paidAt, order.paidAt === null ? undefined : <Instant key="paidAt" at={order.paidAt} />],
          [t.expiresAt, status === 'PENDING' ? <Instant key="expires" at={order.expiresAt} /> : undefined],
          [t.closedAt, closedAt === null ? undefined : <ClosedAt key="closed" at={closedAt} why={closeReason} />],
          [t.buyer, <Buyer key="buyer" order={order} />],
          [
            t.remark,
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
  const { orders: t } = useTranslations();
  return (
    <>
      <Instant at={at} /> {why !== null && (t.closeReasons[why] ?? why)}
    </>
  );
}
