import { useQuery } from '@tanstack/react-query';
import { Skeleton } from 'antd';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { unwrap, api, type Schemas } from '../../api/client.js';
import { BackLink } from '../../components/back-link.js';
import { Instant, Money, CopyableText, RefundStatusTag, useDuration } from '../../components/status-tags.js';
import { DescriptionList } from '../../components/description-list.js';
import { ProblemPanel } from '../../components/problem-panel.js';
import { useTranslations } from '../../i18n/language-provider.js';
import { RefundStatusAlert } from './refund-status-alert.js';
import { RefundActions } from './refund-actions.js';
import { Evidence } from './evidence.js';
import { GoodsPanel } from './goods-panel.js';
import { BuyerRefunds, OtherRefunds } from './other-refunds.js';

export type RefundRecord = Schemas['AdminRefundDetailView'];

/** A case on its way is looked at again after so many milliseconds. */
const REFETCH_INTERVAL_MS = 5000;

/** One refund, with all that a decision needs, and the decision. */
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
      <GoodsPanel refund={data} />
      <OtherRefunds refund={data} />
      <BuyerRefunds refund={data} />
      <RefundActions refund={data} />
    </>
  );
}

function RefundHeader({ refund }: { refund: RefundRecord }): ReactNode {
  const { refunds: words } = useTranslations();
  const { refundNo, amountFen, requestedFen, kind, orderNo, wechatRefundId } = refund;
  return (
    <div className="panel wide-facts">
      <div className="page-head">
        <h2 className="tile-value">
          <Money fen={amountFen} />
        </h2>
        <RefundStatusTag refund={refund} />
        <span className="quiet">{words.kinds[kind]}</span>
      </div>
      <RefundStatusAlert refund={refund} />
      <DescriptionList
        items={[
          [words.refundNo, <CopyableText key="no" text={refundNo} />],
          [
            words.order,
            <Link key="order" className="mono" to={`/orders/${orderNo}`}>
              {orderNo}
            </Link>,
          ],
          [words.asked, requestedFen === amountFen ? undefined : <Money key="asked" fen={requestedFen} />],
          [words.requestedAt, <Instant key="requested" at={refund.requestedAt} />],
          [words.decidedAt, refund.decidedAt === null ? undefined : <Instant key="decided" at={refund.decidedAt} />],
          [words.completedAt, refund.completedAt === null ? undefined : <Instant key="end" at={refund.completedAt} />],
          [
            words.wechatRefundId,
            wechatRefundId === null ? undefined : <CopyableText key="wechat" text={wechatRefundId} />,
          ],
        ]}
      />
    </div>
  );
}

/** What the payment bears. */
function PaymentSummary({ refund: { facts, isSurplus } }: { refund: RefundRecord }): ReactNode {
  const { refunds: words } = useTranslations();
  const duration = useDuration();
  const { secondsSincePayment } = facts;
  return (
    <div className="panel">
      <h2>{words.facts}</h2>
      {isSurplus && <p>{words.surplus}</p>}
      <DescriptionList
        items={[
          [words.paid, <Money key="paid" fen={facts.paidFen} isBold />],
          [words.refunded, <Money key="refunded" fen={facts.refundedFen} />],
          [words.reserved, <Money key="reserved" fen={facts.reservedFen} />],
          [words.remaining, <Money key="remaining" fen={facts.remainingFen} />],
          [words.sincePayment, secondsSincePayment === null ? '–' : duration(secondsSincePayment)],
        ]}
      />
      {facts.refundCount > 0 && <p className="quiet">{words.ofFifty(facts.refundCount)}</p>}
    </div>
  );
}

/** What the buyer says. */
function RefundReason({ refund }: { refund: RefundRecord }): ReactNode {
  const { refunds: words, orders } = useTranslations();
  const { reason, reasonCode, evidence, note, rejectReason, userId, order } = refund;
  return (
    <div className="panel">
      <h2>{words.reason}</h2>
      <p className="breakable">{reason}</p>
      <DescriptionList
        items={[
          [words.reasonCode, reasonCode === null ? undefined : words.reasonCodes[reasonCode]],
          [
            words.buyer,
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
            words.rejectReason,
            rejectReason === null ? undefined : (
              <span key="reject" className="breakable">
                {rejectReason}
              </span>
            ),
          ],
          [
            words.note,
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
