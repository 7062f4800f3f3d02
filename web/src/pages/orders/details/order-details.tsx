import { useQuery } from '@tanstack/react-query';
import { App, Button, Skeleton } from 'antd';
import { type ReactNode, useState } from 'react';
import { unwrap, api, type OrderRecord } from '../../../api/client.js';
import { useHasRole } from '../../../auth/session.js';
import { ActionButton } from '../../../components/action-button.js';
import { BackLink } from '../../../components/back-link.js';
import {
  breakable,
  copyable,
  type Description,
  DescriptionList,
  instant,
} from '../../../components/description-list.js';
import { ExternalOrderTag, OrderStatusTag } from '../../../components/label.js';
import { OrderItemsTable } from '../../../components/order-items-table.js';
import { ProblemPanel } from '../../../components/problem-panel.js';
import { Instant, Money } from '../../../components/values.js';
import { useAction } from '../../../hooks/use-action.js';
import { useFilters } from '../../../hooks/use-filters.js';
import { useTranslations } from '../../../i18n/language-provider.js';
import type { Translations } from '../../../i18n/zh.js';
import { ShippingPanel } from '../shipping/shipping-panel.js';
import { MerchantRefundDialog } from './merchant-refund-dialog.js';
import { Payments, Refunds, RefusedNotices, TimelinePanel } from './order-sections.js';

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
        {data.origin === 'EXTERNAL' && <ExternalOrderTag />}
        <span className="quiet">{t.refundStatuses[data.refundStatus]}</span>
        <span className="grow" />
        <OrderActions order={data} />
      </div>
      <div className="columns">
        <OrderSummary order={data} />
        {data.items.length > 0 && (
          <div className="panel">
            <h2>{t.items}</h2>
            <OrderItemsTable items={data.items} />
          </div>
        )}
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
  const { get, change } = useFilters();
  const suggestedFen = Number.parseInt(get('refundFen'), 10); // from a refund that failed
  const [isIssuing, setIssuing] = useState(suggestedFen > 0);
  const endIssuing = (): void => {
    setIssuing(false);
    change({ refundFen: '', refundOutTradeNo: '' });
  };
  const params = { path: { orderNo: order.orderNo } };
  const { run, isRunning } = useAction({
    request: () => unwrap(api.POST('/admin/api/orders/{orderNo}/query', { params })),
    onSuccess: ({ paymentsCount }) =>
      void (paymentsCount === 0 ? message.info(t.nothingToCheckToast) : message.success(t.checkedToast)),
  });
  if (!hasRole('OPERATOR')) return null;
  return (
    <>
      <Button loading={isRunning} onClick={() => run()}>
        {t.checkWithWechat}
      </Button>
      {order.status === 'PENDING' && (
        <ActionButton
          danger
          text={t.close}
          question={t.confirmClose}
          request={() => unwrap(api.POST('/admin/api/orders/{orderNo}/close', { params }))}
          successText={t.closedToast}
        />
      )}
      {order.refundableFen > 0 && <Button onClick={() => setIssuing(true)}>{refunds.issueRefund}</Button>}
      {isIssuing && order.refundableFen > 0 && (
        <MerchantRefundDialog
          order={order}
          suggestedFen={suggestedFen > 0 ? suggestedFen : null}
          suggestedOutTradeNo={get('refundOutTradeNo')}
          onClose={endIssuing}
        />
      )}
    </>
  );
}

/** What only a payment order of the merchant's own system has. */
function externalDescriptions(order: OrderRecord, t: Translations['orders']): Description[] {
  const metadata = Object.entries(order.metadata).map(([key, value]) => `${key}: ${value}`);
  return [
    [t.merchantOrderNo, copyable(order.merchantOrderNo)],
    [t.description, breakable(order.description)],
    [t.payer, copyable(order.payerOpenid)],
    [t.appId, copyable(order.appId)],
    [t.metadata, breakable(metadata.length === 0 ? null : metadata.join('; '))],
  ];
}

function OrderSummary({ order }: { order: OrderRecord }): ReactNode {
  const { orders: t } = useTranslations();
  const { discountFen, closeReason, closedAt, paidFen, reservedFen, refundableFen, feesFen, settledFen } = order;
  const closed = closedAt !== null && (
    <>
      <Instant at={closedAt} /> {closeReason !== null && (t.closeReasons[closeReason] ?? closeReason)}
    </>
  );
  return (
    <div className="panel">
      <DescriptionList
        items={[
          [t.payable, <Money fen={order.payableFen} />],
          [t.paid, <Money fen={paidFen} isBold />],
          [t.refunded, <Money fen={order.refundedFen} />],
          [t.reserved, reservedFen !== 0 && <Money fen={reservedFen} />],
          [t.refundable, paidFen + refundableFen !== 0 && <Money fen={refundableFen} />],
          [t.fees, feesFen !== null && <Money fen={feesFen} />],
          [t.settled, settledFen !== null && <Money fen={settledFen} />],
          [t.discount, discountFen !== 0 && <Money fen={discountFen} />],
          [t.userCoupon, copyable(order.couponId)],
          [t.createdAt, instant(order.createdAt)],
          [t.paidAt, instant(order.paidAt)],
          [t.expiresAt, order.status === 'PENDING' && instant(order.expiresAt)],
          [t.closedAt, closed],
          [t.buyer, order.userId !== null && <Buyer userId={order.userId} userBlockedAt={order.userBlockedAt} />],
          [t.remark, breakable(order.remark)],
          ...externalDescriptions(order, t),
        ]}
      />
    </div>
  );
}

/** The buyer of the order, with the button to block or unblock them. */
function Buyer({ userId, userBlockedAt }: { userId: string; userBlockedAt: string | null }): ReactNode {
  const { orders: t } = useTranslations();
  const hasRole = useHasRole();
  const params = { path: { id: userId } };
  const button =
    userBlockedAt === null ? (
      <ActionButton
        size="small"
        danger
        text={t.block}
        question={t.confirmBlock}
        request={() => unwrap(api.POST('/admin/api/users/{id}/block', { params }))}
        successText={t.blockedToast}
      />
    ) : (
      <ActionButton
        size="small"
        text={t.unblock}
        question={t.confirmUnblock}
        request={() => unwrap(api.POST('/admin/api/users/{id}/unblock', { params }))}
        successText={t.unblockedToast}
      />
    );
  return (
    <>
      <span className="mono">{userId}</span>{' '}
      {userBlockedAt !== null && (
        <span className="bad">
          {t.blockedSince} <Instant at={userBlockedAt} />{' '}
        </span>
      )}
      {hasRole('OPERATOR') && button}
    </>
  );
}
