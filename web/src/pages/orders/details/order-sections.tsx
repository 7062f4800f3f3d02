import type { ReactNode } from 'react';
import { unwrap, api, type OrderRecord } from '../../../api/client.js';
import { copyable, DescriptionList, instant } from '../../../components/description-list.js';
import { Instant, Money } from '../../../components/values.js';
import { useOlderRows } from '../../../hooks/use-older-rows.js';
import { useTranslations } from '../../../i18n/language-provider.js';
import { formatYuan } from '../../../utils/money.js';
import { RefundHistory } from '../../refunds/details/refund-history.js';
import { useCarrierNames } from '../shipping/use-carriers.js';
import { formatEvent, type OrderEvent } from './format-event.js';

/** The order's events in chronological order. Older ones are loaded on demand. */
export function TimelinePanel({ order }: { order: OrderRecord }): ReactNode {
  const { orders: t } = useTranslations();
  const { orderNo, events, eventsCount: count, eventsNextCursor: nextCursor } = order;
  const { older, button } = useOlderRows(['order', orderNo, 'events'], { rows: events, count, nextCursor }, (query) =>
    unwrap(api.GET('/admin/api/orders/{orderNo}/events', { params: { path: { orderNo }, query } })),
  );
  return (
    <div className="panel">
      <h2>{t.timeline}</h2>
      {button}
      <Timeline older={older.toReversed()} events={events} />
    </div>
  );
}

interface TimelineProps {
  /** Older events that were loaded on demand, shown first. */
  older: OrderEvent[];
  events: OrderEvent[];
}

function Timeline({ older, events }: TimelineProps): ReactNode {
  const t = useTranslations();
  const carriers = useCarrierNames();
  if (events.length === 0) return <span className="quiet">{t.orders.timelineEmpty}</span>;
  return (
    <ol className="timeline">
      {[...older, ...events].map((event, index) => {
        const { text, tone, details } = formatEvent(event, t, carriers);
        return (
          // Events are only appended at the end, and older ones are loaded at the start.
          <li key={index - older.length} className={tone}>
            <div>
              <Instant at={event.at} /> <strong>{text}</strong>
            </div>
            {details.length > 0 && <div className="quiet breakable">{details.join(' · ')}</div>}
          </li>
        );
      })}
    </ol>
  );
}

/** The order's refunds, sorted by request time. Older ones are loaded on demand. */
export function Refunds({ order }: { order: OrderRecord }): ReactNode {
  const { orders: t } = useTranslations();
  const { orderNo, refunds, refundsCount: count, refundsNextCursor: nextCursor } = order;
  const { older, button } = useOlderRows(['order', orderNo, 'refunds'], { rows: refunds, count, nextCursor }, (query) =>
    unwrap(api.GET('/admin/api/orders/{orderNo}/refunds', { params: { path: { orderNo }, query } })),
  );
  const shown = [...older.toReversed(), ...refunds];
  return <RefundHistory title={t.refunds} refunds={shown} count={count} more={button} empty={t.noRefunds} />;
}

/** The order's payment attempts, sorted by start time. Older ones are loaded on demand. */
export function Payments({ order }: { order: OrderRecord }): ReactNode {
  const { orders: t } = useTranslations();
  const { orderNo, payments, paymentsCount: count, paymentsNextCursor: nextCursor } = order;
  const { older, button } = useOlderRows(
    ['order', orderNo, 'payments'],
    { rows: payments, count, nextCursor },
    (query) => unwrap(api.GET('/admin/api/orders/{orderNo}/payments', { params: { path: { orderNo }, query } })),
  );
  return (
    <div className="panel wide-descriptions">
      <h2>{t.payments}</h2>
      {payments.length === 0 && <span className="quiet">{t.noPayments}</span>}
      {button}
      <ul className="cards">
        {[...older.toReversed(), ...payments].map((payment) => (
          <li key={payment.outTradeNo}>
            <Payment payment={payment} />
          </li>
        ))}
      </ul>
    </div>
  );
}

type PaymentRecord = OrderRecord['payments'][number];

function Payment({ payment }: { payment: PaymentRecord }): ReactNode {
  const { common, orders: t, refunds } = useTranslations();
  const { outTradeNo, status, tradeType, amountFen, feeFen, createdAt, paidAt, transactionId } = payment;
  return (
    <>
      <DescriptionList
        items={[
          [refunds.outTradeNo, copyable(outTradeNo)],
          [common.status, `${t.paymentStatuses[status]} · ${t.tradeTypes[tradeType] ?? tradeType}`],
          [common.amount, <Money fen={amountFen} />],
          [t.fee, feeFen !== null && <Money fen={feeFen} />],
          [t.startedAt, instant(createdAt)],
          [t.paidAt, instant(paidAt)],
          [refunds.transactionId, copyable(transactionId)],
        ]}
      />
      <RefundDue payment={payment} />
    </>
  );
}

/** The refund of a late or duplicate payment. Red only when staff must act, so that it is not refunded twice. */
function RefundDue({ payment }: { payment: PaymentRecord }): ReactNode {
  const { refundDue: t } = useTranslations().orders;
  const { refundDueFen, refundDueState: state, refundDueLeftFen } = payment;
  if (state === 'NONE') return null;
  if (state === 'NEEDS_ATTENTION') return <p className="bad">{t.NEEDS_ATTENTION(formatYuan(refundDueLeftFen))}</p>;
  return <p className="quiet">{t[state](formatYuan(refundDueFen))}</p>;
}

/** Rejected notices that name this order. They are not in the timeline because anyone can send them. */
export function RefusedNotices({ notices }: { notices: OrderRecord['refusedNotices'] }): ReactNode {
  const { orders: t } = useTranslations();
  if (notices.length === 0) return null;
  return (
    <div className="panel">
      <h2>{t.refusedNotices}</h2>
      <p className="quiet">{t.refusedNoticesHint}</p>
      <ul>
        {notices.map(({ kind, result, outTradeNo, count, lastAt }) => (
          <li key={`${kind} ${result} ${outTradeNo}`} className="breakable">
            {t.refusedNotice(count, result)} · <span className="mono quiet">{outTradeNo}</span> ·{' '}
            <Instant at={lastAt} />
          </li>
        ))}
      </ul>
    </div>
  );
}
