import { useQuery } from '@tanstack/react-query';
import { Skeleton } from 'antd';
import { type ReactNode, useState } from 'react';
import { Link } from 'react-router';
import { unwrap, api, type RefundRecord } from '../../../api/client.js';
import { BackLink } from '../../../components/back-link.js';
import { breakable, copyable, DescriptionList, instant } from '../../../components/description-list.js';
import { RefundStatusTag } from '../../../components/label.js';
import { ProblemPanel } from '../../../components/problem-panel.js';
import { Money } from '../../../components/values.js';
import { useDuration } from '../../../hooks/use-duration.js';
import { useTranslations } from '../../../i18n/language-provider.js';
import { RefundActions } from '../decision/refund-actions.js';
import { BuyerRefunds, OtherRefunds } from './refund-history.js';
import { RefundItemsPanel } from './refund-items-panel.js';
import { RefundStatusAlert } from './refund-status-alert.js';

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
  const { refundNo, merchantRefundNo, amountFen, requestedFen, kind, orderNo, wechatRefundId, redirectTo } = refund;
  return (
    <div className="panel wide-descriptions">
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
          [t.refundNo, copyable(refundNo)],
          [t.merchantRefundNo, copyable(merchantRefundNo)],
          [
            t.order,
            <Link className="mono" to={`/orders/${orderNo}`}>
              {orderNo}
            </Link>,
          ],
          [t.requested, requestedFen !== amountFen && <Money fen={requestedFen} />],
          [t.requestedAt, instant(refund.requestedAt)],
          [t.decidedAt, instant(refund.decidedAt)],
          [t.completedAt, instant(refund.completedAt)],
          [t.wechatRefundId, copyable(wechatRefundId)],
          [t.redirectTo, redirectTo !== null && t.destinations[redirectTo]],
        ]}
      />
    </div>
  );
}

/** True for a refund that reserves nothing and pays nothing, so its own amount can be refunded again. */
function isWithoutEffect(status: RefundRecord['status']): boolean {
  return ['REJECTED', 'CANCELLED', 'FAILED'].includes(status);
}

/** What was paid and what can still be refunded. */
function PaymentSummary({ refund: { facts, isOverpayment, status } }: { refund: RefundRecord }): ReactNode {
  const { refunds: t, orders } = useTranslations();
  const duration = useDuration();
  const { secondsSincePayment } = facts;
  return (
    <div className="panel">
      <h2>{t.paymentSummary}</h2>
      {isOverpayment && <p>{t.overpayment}</p>}
      <DescriptionList
        items={[
          [orders.paid, <Money fen={facts.paidFen} isBold />],
          [orders.refunded, <Money fen={facts.refundedFen} />],
          [t.reserved, <Money fen={facts.reservedFen} />],
          [isWithoutEffect(status) ? orders.refundable : t.remaining, <Money fen={facts.remainingFen} />],
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
          [t.reasonCode, reasonCode !== null && t.reasonCodes[reasonCode]],
          [orders.buyer, userId !== null && <span className="mono">{userId}</span>],
          [orders.remark, breakable(order.remark)],
          [t.rejectReason, breakable(rejectReason)],
          [t.note, breakable(note)],
        ]}
      />
      <RefundEvidence addresses={evidence} />
    </div>
  );
}

/** The buyer's pictures, from any host. The request has no referrer, so that the hosts do not see the console's URL. */
function RefundEvidence({ addresses }: { addresses: string[] }): ReactNode {
  const { refunds: t } = useTranslations();
  const safe = addresses.filter((address) => /^https?:\/\//i.test(address));
  if (safe.length === 0) return <p className="quiet">{t.noEvidence}</p>;
  return (
    <>
      <h3>{t.evidence}</h3>
      <div className="evidence">
        {safe.map((address, index) => (
          <Picture key={address} address={address} label={t.evidenceAt(index + 1)} />
        ))}
      </div>
    </>
  );
}

function Picture({ address, label }: { address: string; label: string }): ReactNode {
  const [isBroken, setBroken] = useState(false);
  return (
    <a href={address} target="_blank" rel="noopener noreferrer" title={address}>
      {isBroken ? (
        label
      ) : (
        <img src={address} alt={label} loading="lazy" referrerPolicy="no-referrer" onError={() => setBroken(true)} />
      )}
    </a>
  );
}
