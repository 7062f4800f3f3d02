import { useQuery } from '@tanstack/react-query';
import { Skeleton } from 'antd';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { unwrap, api, type Schemas } from '../../api/client.js';
import { BackLink } from '../../components/back-link.js';
import { CopyableText } from '../../components/copyable-text.js';
import { Instant } from '../../components/instant.js';
import { Money } from '../../components/money.js';
import { RefundStatusTag } from '../../components/status-tags.js';
import { useDuration } from '../../hooks/use-duration.js';
import { DescriptionList } from '../../components/description-list.js';
import { ProblemPanel } from '../../components/problem-panel.js';
import { useTranslations } from '../../i18n/language-provider.js';
import { RefundStatusAlert } from './refund-status-alert.js';
import { RefundActions } from './refund-actions.js';
import { Evidence } from './evidence.js';
import { RefundItemsPanel } from './refund-items-panel.js';
import { BuyerRefunds, OtherRefunds } from './other-refunds.js';

export type RefundRecord = Schemas['AdminRefundDetailView'];

/** Interval at which a refund in progress is fetched again. */
const REFETCH_INTERVAL_MS = 5000;

/** One refund with all data for a decision, and the action buttons. */
export function RefundDetails({ refundNo, backTo }: { refundNo: string; backTo: string }): ReactNode {
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['refund', refundNo],
    queryFn: () => unwrap(api.GET('/admin/api/refunds/{refundNo}', { params: { path: { refundNo } } })),
    refetchInterval: ({ state }) => (state.data?.status === 'PROCESSING' ? REFETCH_INTERVAL_MS : false),
  });
  const back = <BackLink className="back-link" fallback={backTo} />;
  if (isPending) return <Skeleton active className="panel" paragraph={{ rows: 10 }} />;
  if (!data) {
    return (
      <>
        {back}
        <ProblemPanel error={error} onRetry={() => void refetch()} />
      </>
    );
  }
  return (
    <>
      {back}
      <RefundHeader refund={data} />
      <div className="columns">
        <PaymentSummary refund={data} />
        <RefundReason refund={data} />
      </div>
      <RefundItemsPanel refund={data} />
      <OtherRefunds refund={data} />
      <BuyerRefunds refund={data} />
      <RefundActions refund={data} />
    </>
  );
}

function RefundHeader({ refund }: { refund: RefundRecord }): ReactNode {
  const { refunds: t } = useTranslations();
  const { refundNo, amountFen, requestedFen, kind, orderNo, wechatRefundId } = refund;
  return (
    <div className="panel wide-facts">
      <div className="page-head">
        <h2 className="tile-value">
          <Money fen={amountFen} />
        </h2>
        <RefundStatusTag refund={refund} />
        <span className="quiet">{t.kinds[kind]}</span>
      </div>
      <RefundStatusAlert refund={refund} />
      <DescriptionList
        items={[
          [t.refundNo, <CopyableText key="no" text={refundNo} />],
          [
            t.order,
            <Link key="order" className="mono" to={`/orders/${orderNo}`}>
              {orderNo}
            </Link>,
          ],
          [t.requested, requestedFen === amountFen ? undefined : <Money key="requestedFen" fen={requestedFen} />],
          [t.requestedAt, <Instant key="requested" at={refund.requestedAt} />],
          [t.decidedAt, refund.decidedAt === null ? undefined : <Instant key="decided" at={refund.decidedAt} />],
          [t.completedAt, refund.completedAt === null ? undefined : <Instant key="end" at={refund.completedAt} />],
          [t.wechatRefundId, wechatRefundId === null ? undefined : <CopyableText key="wechat" text={wechatRefundId} />],
        ]}
      />
    </div>
  );
}

/** What was paid and what can still be refunded. */
function PaymentSummary({ refund: { facts, isOverpayment } }: { refund: RefundRecord }): ReactNode {
  const { refunds: t } = useTranslations();
  const duration = useDuration();
  const { secondsSincePayment } = facts;
  return (
    <div className="panel">
      <h2>{t.paymentSummary}</h2>
      {isOverpayment && <p>{t.overpayment}</p>}
      <DescriptionList
        items={[
          [t.paid, <Money key="paid" fen={facts.paidFen} isBold />],
          [t.refunded, <Money key="refunded" fen={facts.refundedFen} />],
          [t.reserved, <Money key="reserved" fen={facts.reservedFen} />],
          [t.remaining, <Money key="remaining" fen={facts.remainingFen} />],
          [t.timeSincePayment, secondsSincePayment === null ? '–' : duration(secondsSincePayment)],
        ]}
      />
      {facts.refundCount > 0 && <p className="quiet">{t.refundCount(facts.refundCount)}</p>}
    </div>
  );
}

/** The buyer's reason and evidence, and the staff's notes. */
function RefundReason({ refund }: { refund: RefundRecord }): ReactNode {
  const { refunds: t, orders } = useTranslations();
  const { reason, reasonCode, evidence, note, rejectReason, userId, order } = refund;
  return (
    <div className="panel">
      <h2>{t.reason}</h2>
      <p className="breakable">{reason}</p>
      <DescriptionList
        items={[
          [t.reasonCode, reasonCode === null ? undefined : t.reasonCodes[reasonCode]],
          [
            t.buyer,
            <span key="buyer" className="mono">
              {userId}
            </span>,
          ],
          [
            orders.remark,
            order.remark === null ? undefined : (
              <span key="remark" className="breakable">
                {order.remark}
              </span>
            ),
          ],
          [
            t.rejectReason,
            rejectReason === null ? undefined : (
              <span key="reject" className="breakable">
                {rejectReason}
              </span>
            ),
          ],
          [
            t.note,
            note === null ? undefined : (
              <span key="note" className="breakable">
                {note}
              </span>
            ),
          ],
        ]}
      />
      <Evidence addresses={evidence} />
    </div>
  );
}
