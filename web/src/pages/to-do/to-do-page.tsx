import { Empty, Skeleton } from 'antd';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { unwrap, api, type Schemas } from '../../api/client.js';
import { Instant, Money, useDuration } from '../../components/status-tags.js';
import { ProblemPanel } from '../../components/problem-panel.js';
import { beijingDay } from '../../utils/time.js';
import { usePagedList } from '../../hooks/use-paged-list.js';
import { useToDo } from '../../hooks/use-to-do.js';
import { formatYuan } from '../../utils/money.js';
import { useTranslations } from '../../i18n/language-provider.js';
import { Tile } from '../../components/tile.js';
import { ShippingTiles, UnshippedOrders } from './shipping-to-do.js';

const MAX_SHOWN = 10;
const REFETCH_INTERVAL_MS = 30_000;
/** Days before the end of the certificate from which it is worth a colour. */
const EXPIRY_WARNING_DAYS = 30;

/** What waits for a person, the most urgent first. */
export default function ToDoPage(): ReactNode {
  const { toDo: words } = useTranslations();
  const toDo = useToDo();
  if (toDo.isPending) return <Skeleton active />;
  if (toDo.isError) return <ProblemPanel error={toDo.error} onRetry={() => void toDo.refetch()} />;
  return (
    <>
      <div className="page-head">
        <h1>{words.title}</h1>
      </div>
      <ToDoTiles toDo={toDo.data} />
      <PendingRefunds />
      {toDo.data.shipping && <UnshippedOrders shipping={toDo.data.shipping} now={toDo.data.now} />}
    </>
  );
}

function ToDoTiles({ toDo }: { toDo: Schemas['ToDoView'] }): ReactNode {
  const { toDo: words } = useTranslations();
  const duration = useDuration();
  const since = (instant: string): string => duration((Date.parse(toDo.now) - Date.parse(instant)) / 1000);
  const { waiting, abnormal, failed, unknown, outOfFunds, automaticToday, lastNoticeAt } = toDo;
  const refunds = [
    {
      ...waiting,
      name: words.waiting,
      text: waiting.oldestAt && words.waitingSince(since(waiting.oldestAt)),
      to: '?queue=REQUESTED',
    },
    { ...abnormal, name: words.abnormal, text: words.abnormalText, to: '?queue=ABNORMAL' },
    { ...failed, name: words.failed, text: words.failedText, to: '?queue=FAILED&unresolved=true' },
    { ...unknown, name: words.unknown, text: words.unknownText, to: '?queue=PROCESSING&wait=UNKNOWN_OUTCOME' },
    {
      ...outOfFunds,
      name: words.outOfFunds,
      text: words.outOfFundsText,
      to: '?queue=PROCESSING&wait=NOT_ENOUGH_FUNDS',
    },
  ];
  return (
    <div className="tiles">
      {refunds.map(({ name, count, amountFen, text, to }) => (
        <Tile
          key={name}
          name={name}
          value={String(count)}
          text={count > 0 ? [formatYuan(amountFen), text].filter(Boolean).join(' · ') : words.nothing}
          tone={count > 0 ? 'urgent' : 'calm'}
          to={`/refunds${to}`}
        />
      ))}
      <ContradictionTile contradictions={toDo.contradictions} />
      <Tile
        name={words.automatic}
        value={String(automaticToday.count)}
        text={
          automaticToday.count > 0
            ? `${formatYuan(automaticToday.amountFen)} · ${words.automaticText}`
            : words.automaticText
        }
        tone={automaticToday.count > 0 ? 'plain' : 'calm'}
        to={`/refunds?queue=ALL&kind=AUTOMATIC&from=${beijingDay(toDo.now)}`}
      />
      {toDo.stuckMessages > 0 && (
        <Tile
          name={words.stuckMessages}
          value={String(toDo.stuckMessages)}
          text={words.stuckMessagesText}
          tone="urgent"
        />
      )}
      {toDo.shipping && <ShippingTiles shipping={toDo.shipping} />}
      <CertificateTile daysLeft={toDo.certificateDaysLeft} />
      <Tile
        name={words.lastNotice}
        value={lastNoticeAt === null ? '–' : words.ago(since(lastNoticeAt))}
        text={lastNoticeAt === null ? words.noNotice : <Instant at={lastNoticeAt} />}
      />
    </div>
  );
}

/** One order is opened at once, several are listed. */
function ContradictionTile({ contradictions }: Pick<Schemas['ToDoView'], 'contradictions'>): ReactNode {
  const { toDo: words } = useTranslations();
  const { count, orders } = contradictions;
  const [first] = orders;
  return (
    <Tile
      name={words.contradictions}
      value={String(count)}
      text={count > 0 ? words.contradictionsText : words.nothing}
      tone={count > 0 ? 'urgent' : 'calm'}
      to={count === 1 && first ? `/orders/${first.orderNo}` : '/orders?problem=contradiction'}
    />
  );
}

function CertificateTile({ daysLeft }: { daysLeft: number | null }): ReactNode {
  const { toDo: words, common } = useTranslations();
  if (daysLeft === null)
    return <Tile name={words.certificate} value="–" text={words.certificateMissing} tone="urgent" />;
  const isSoon = daysLeft < EXPIRY_WARNING_DAYS;
  const text = isSoon ? words.certificateSoon : words.certificateGood;
  return (
    <Tile
      name={words.certificate}
      value={common.days(Math.max(0, daysLeft))}
      text={daysLeft < 0 ? words.certificateEnded : text}
      tone={isSoon ? 'urgent' : 'plain'}
    />
  );
}

/** The head of the queue, so that most days begin with one click. */
function PendingRefunds(): ReactNode {
  const { toDo: words, refunds } = useTranslations();
  const query = { status: 'REQUESTED', limit: MAX_SHOWN } as const;
  const list = usePagedList(
    ['refunds', 'waiting'],
    () => unwrap(api.GET('/admin/api/refunds', { params: { query } })),
    REFETCH_INTERVAL_MS,
  );
  if (list.query.isPending) return <Skeleton active />;
  if (list.query.isError) return <ProblemPanel error={list.query.error} />;
  return (
    <section className="panel">
      <h2>{words.queue}</h2>
      {list.rows.length === 0 && <Empty description={words.nothing} />}
      <ul className="cards">
        {list.rows.map(({ refundNo, amountFen, reason, requestedAt }) => (
          <li key={refundNo} className="queue-row">
            <Link to={`/refunds/${refundNo}?queue=REQUESTED`}>
              <span className="queue-top">
                <Money fen={amountFen} />
                <Instant at={requestedAt} />
              </span>
              <span className="queue-text">
                {refunds.reason}: {reason}
              </span>
            </Link>
          </li>
        ))}
      </ul>
      {list.rows.length > 0 && (
        <p>
          <Link to="/refunds?queue=REQUESTED">{words.queueAll}</Link>
        </p>
      )}
    </section>
  );
}
