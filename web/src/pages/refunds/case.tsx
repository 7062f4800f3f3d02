import { useQuery } from '@tanstack/react-query';
import { Skeleton } from 'antd';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { answered, api, type Schemas } from '../../api/client.js';
import { BackLink } from '../../shared/back-link.js';
import { Instant, Money, Numeral, RefundTag, useDuration } from '../../shared/bits.js';
import { Facts } from '../../shared/facts.js';
import { ProblemPanel } from '../../shared/problem-panel.js';
import { useWords } from '../../words/words.js';
import { CaseState } from './case-state.js';
import { Decide } from './decide.js';
import { Evidence } from './evidence.js';
import { GoodsPanel } from './goods-panel.js';
import { BuyersRefunds, OtherRefunds } from './other-refunds.js';

export type RefundCase = Schemas['RefundDeskView'];

/** A case on its way is looked at again after so many milliseconds. */
const REFRESH_MS = 5000;

/** One refund, with all that a decision needs, and the decision. */
export function Case({ refundNo, backTo }: { refundNo: string; backTo: string }): ReactNode {
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['refund', refundNo],
    queryFn: () => answered(api.GET('/admin/api/refunds/{refundNo}', { params: { path: { refundNo } } })),
    refetchInterval: ({ state }) => (state.data?.status === 'PROCESSING' ? REFRESH_MS : false),
  });
  const back = <BackLink className="back-link" otherwise={backTo} />;
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
      <Head refund={data} />
      <div className="columns">
        <PaymentFacts refund={data} />
        <Wish refund={data} />
      </div>
      <GoodsPanel refund={data} />
      <OtherRefunds refund={data} />
      <BuyersRefunds refund={data} />
      <Decide refund={data} />
    </>
  );
}

function Head({ refund }: { refund: RefundCase }): ReactNode {
  const { refunds: words } = useWords();
  const { refundNo, amountFen, requestedFen, kind, orderNo, wechatRefundId } = refund;
  return (
    <div className="panel wide-facts">
      <div className="page-head">
        <h2 className="tile-value">
          <Money fen={amountFen} />
        </h2>
        <RefundTag refund={refund} />
        <span className="quiet">{words.kinds[kind]}</span>
      </div>
      <CaseState refund={refund} />
      <Facts
        facts={[
          [words.refundNo, <Numeral key="no" text={refundNo} />],
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
          [words.wechatRefundId, wechatRefundId === null ? undefined : <Numeral key="wechat" text={wechatRefundId} />],
        ]}
      />
    </div>
  );
}

/** What the payment bears. */
function PaymentFacts({ refund: { facts, isSurplus } }: { refund: RefundCase }): ReactNode {
  const { refunds: words } = useWords();
  const duration = useDuration();
  const { secondsSincePayment } = facts;
  return (
    <div className="panel">
      <h2>{words.facts}</h2>
      {isSurplus && <p>{words.surplus}</p>}
      <Facts
        facts={[
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
function Wish({ refund }: { refund: RefundCase }): ReactNode {
  const { refunds: words, orders } = useWords();
  const { reason, reasonCode, evidence, note, rejectReason, userId, order } = refund;
  return (
    <div className="panel">
      <h2>{words.reason}</h2>
      <p className="breakable">{reason}</p>
      <Facts
        facts={[
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
