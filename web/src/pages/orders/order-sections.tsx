import type { ReactNode } from 'react';
import { unwrap, api } from '../../api/client.js';
import { CopyableText } from '../../components/copyable-text.js';
import { Instant } from '../../components/instant.js';
import { Money } from '../../components/money.js';
import { DescriptionList } from '../../components/description-list.js';
import { useOlderRows } from '../../hooks/use-older-rows.js';
import { useTranslations } from '../../i18n/language-provider.js';
import { RefundHistory } from '../refunds/refund-history.js';
import type { OrderRecord } from './order-details.js';
import { RefundDue } from './refund-due.js';
import { Timeline } from './timeline.js';

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
    <div className="panel wide-facts">
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

function Payment({ payment }: { payment: OrderRecord['payments'][number] }): ReactNode {
  const { common, orders: t, refunds } = useTranslations();
  const { outTradeNo, status, tradeType, amountFen, createdAt, paidAt, transactionId } = payment;
  return (
    <>
      <DescriptionList
        items={[
          [refunds.outTradeNo, <CopyableText key="no" text={outTradeNo} />],
          [common.status, `${t.paymentStatuses[status]} · ${t.tradeTypes[tradeType] ?? tradeType}`],
          [common.amount, <Money key="amount" fen={amountFen} />],
          [t.startedAt, <Instant key="created" at={createdAt} />],
          [t.paidAt, paidAt === null ? undefined : <Instant key="paid" at={paidAt} />],
          [refunds.transactionId, transactionId === null ? undefined : <CopyableText key="id" text={transactionId} />],
        ]}
      />
      <RefundDue payment={payment} />
    </>
  );
}
