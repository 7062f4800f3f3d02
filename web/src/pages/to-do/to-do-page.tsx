import { useQuery } from '@tanstack/react-query';
import { Empty, Skeleton } from 'antd';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { unwrap, api, type Schemas } from '../../api/client.js';
import { Instant, Money } from '../../components/values.js';
import { useDuration } from '../../hooks/use-duration.js';
import { ProblemPanel } from '../../components/problem-panel.js';
import { beijingDay } from '../../utils/time.js';
import { useToDo } from '../../hooks/use-to-do.js';
import { formatYuan } from '../../utils/money.js';
import { useTranslations } from '../../i18n/language-provider.js';
import { Tile } from '../../components/tile.js';
import { BillTiles } from './bill-to-do.js';
import { EventTiles } from './event-to-do.js';
import { ShippingTiles, UnshippedOrders } from './shipping-to-do.js';

const MAX_SHOWN = 10;
const REFETCH_INTERVAL_MS = 30_000;
/** Remaining days from which the certificate is marked as urgent. */
const EXPIRY_WARNING_DAYS = 30;

/** All work that waits for staff, the most urgent kind first. */
export default function ToDoPage(): ReactNode {
  const { toDo: t } = useTranslations();
  const toDo = useToDo();
  if (toDo.isPending) return <Skeleton active />;
  if (toDo.isError) return <ProblemPanel error={toDo.error} onRetry={() => void toDo.refetch()} />;
  return (
    <>
      <div className="page-head">
        <h1>{t.title}</h1>
      </div>
      <ToDoTiles toDo={toDo.data} />
      <PendingRefunds />
      {toDo.data.shipping && <UnshippedOrders shipping={toDo.data.shipping} now={toDo.data.now} />}
    </>
  );
}

function ToDoTiles({ toDo }: { toDo: Schemas['ToDoView'] }): ReactNode {
  const { toDo: t } = useTranslations();
  const duration = useDuration();
  const since = (instant: string): string => duration((Date.parse(toDo.now) - Date.parse(instant)) / 1000);
  const { waiting, abnormal, failed, toPayOtherwise, unknown, outOfFunds, automaticToday, lastNoticeAt } = toDo;
  const refunds = [
    {
      ...waiting,
      name: t.waiting,
      text: waiting.oldestAt && t.waitingSince(since(waiting.oldestAt)),
      to: '?tab=REQUESTED',
    },
    { ...abnormal, name: t.abnormal, text: t.abnormalText, to: '?tab=ABNORMAL' },
    { ...failed, name: t.failed, text: t.failedText, to: '?tab=FAILED&unresolved=true' },
    {
      ...toPayOtherwise,
      name: t.toPayOtherwise,
      text: t.toPayOtherwiseText,
      to: '?tab=ALL&toPayOtherwise=true',
    },
    { ...unknown, name: t.unknown, text: t.unknownText, to: '?tab=PROCESSING&wait=UNKNOWN_OUTCOME' },
    {
      ...outOfFunds,
      name: t.outOfFunds,
      text: t.outOfFundsText,
      to: '?tab=PROCESSING&wait=NOT_ENOUGH_FUNDS',
    },
  ];
  return (
    <div className="tiles">
      {refunds.map(({ name, count, amountFen, text, to }) => (
        <Tile
          key={name}
          name={name}
          value={String(count)}
          text={count > 0 ? [formatYuan(amountFen), text].filter(Boolean).join(' · ') : t.allDone}
          tone={count > 0 ? 'urgent' : 'calm'}
          to={`/refunds${to}`}
        />
      ))}
      <ContradictionTile contradictions={toDo.contradictions} />
      <Tile
        name={t.automatic}
        value={String(automaticToday.count)}
        text={
          automaticToday.count > 0 ? `${formatYuan(automaticToday.amountFen)} · ${t.automaticText}` : t.automaticText
        }
        tone={automaticToday.count > 0 ? 'plain' : 'calm'}
        to={`/refunds?tab=ALL&kind=AUTOMATIC&from=${beijingDay(toDo.now)}`}
      />
      {toDo.stuckMessages > 0 && (
        <Tile name={t.failedMessages} value={String(toDo.stuckMessages)} text={t.failedMessagesText} tone="urgent" />
      )}
      <EventTiles events={toDo.events} />
      <BillTiles bills={toDo.bills} now={toDo.now} />
      {toDo.shipping && <ShippingTiles shipping={toDo.shipping} />}
      <CertificateTile daysLeft={toDo.certificateDaysLeft} />
      <Tile
        name={t.lastNotice}
        value={lastNoticeAt === null ? '–' : t.ago(since(lastNoticeAt))}
        text={lastNoticeAt === null ? t.noNotice : <Instant at={lastNoticeAt} />}
      />
    </div>
  );
}

/** Links to the order if there is one, and to the filtered list if there are several. */
function ContradictionTile({ contradictions }: Pick<Schemas['ToDoView'], 'contradictions'>): ReactNode {
  const { toDo: t } = useTranslations();
  const { count, orders } = contradictions;
  const [first] = orders;
  return (
    <Tile
      name={t.contradictions}
      value={String(count)}
      text={count > 0 ? t.contradictionsText : t.allDone}
      tone={count > 0 ? 'urgent' : 'calm'}
      to={count === 1 && first ? `/orders/${first.orderNo}` : '/orders?problem=contradiction'}
    />
  );
}

function CertificateTile({ daysLeft }: { daysLeft: number | null }): ReactNode {
  const { toDo: t, common } = useTranslations();
  if (daysLeft === null) return <Tile name={t.certificate} value="–" text={t.certificateMissing} tone="urgent" />;
  const isSoon = daysLeft < EXPIRY_WARNING_DAYS;
  const text = isSoon ? t.certificateSoon : t.certificateGood;
  return (
    <Tile
      name={t.certificate}
      value={common.days(Math.max(0, daysLeft))}
      text={daysLeft < 0 ? t.certificateEnded : text}
      tone={isSoon ? 'urgent' : 'plain'}
    />
  );
}

/** The newest refunds that await approval, each with a link. */
function PendingRefunds(): ReactNode {
  const { toDo: t, refunds } = useTranslations();
  const query = { status: 'REQUESTED', limit: MAX_SHOWN } as const;
  const { data, error, isPending, isError } = useQuery({
    queryKey: ['refunds', 'waiting'],
    queryFn: () => unwrap(api.GET('/admin/api/refunds', { params: { query } })),
    refetchInterval: REFETCH_INTERVAL_MS,
  });
  if (isPending) return <Skeleton active />;
  if (isError) return <ProblemPanel error={error} />;
  return (
    <section className="panel">
      <h2>{t.queue}</h2>
      {data.items.length === 0 && <Empty description={t.allDone} />}
      <ul className="cards">
        {data.items.map(({ refundNo, amountFen, reason, requestedAt }) => (
          <li key={refundNo} className="list-row">
            <Link to={`/refunds/${refundNo}?tab=REQUESTED`}>
              <span className="list-row-head">
                <Money fen={amountFen} />
                <Instant at={requestedAt} />
              </span>
              <span className="list-row-text">
                {refunds.reason}: {reason}
              </span>
            </Link>
          </li>
        ))}
      </ul>
      {data.items.length > 0 && (
        <p>
          <Link to="/refunds?tab=REQUESTED">{t.queueAll}</Link>
        </p>
      )}
    </section>
  );
}
