import { useQuery } from '@tanstack/react-query';
import { Empty, Segmented, Skeleton } from 'antd';
import type { ReactNode } from 'react';
import { unwrap, api, type Schemas } from '../../api/client.js';
import { formatYuan } from '../../utils/money.js';
import { Money, useDuration } from '../../components/status-tags.js';
import { ProblemPanel } from '../../components/problem-panel.js';
import { Tile } from '../../components/tile.js';
import { useFilters } from '../../hooks/use-filters.js';
import { useTranslations } from '../../i18n/language-provider.js';
import { DayChart } from './day-chart.js';
import { fillDays, percent, periodOf } from './days.js';

type Summary = Schemas['SummaryView'];

const PERIODS = ['7', '30', '90'];

/** What came in and went back, and how well payments and notices work. */
export default function DashboardPage(): ReactNode {
  const { dashboard: words } = useTranslations();
  const { get, set } = useFilters();
  const span = PERIODS.includes(get('days')) ? get('days') : '30';
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['summary', span],
    queryFn: async () => {
      const { now } = await unwrap(api.GET('/admin/api/to-do')); // the shop's clock, which may not be this one
      return unwrap(api.GET('/admin/api/summary', { params: { query: periodOf(now, Number(span)) } }));
    },
  });
  return (
    <>
      <div className="page-head">
        <h1>{words.title}</h1>
        <span className="quiet">{words.beijing}</span>
        <span className="grow" />
        <Segmented
          value={span}
          aria-label={words.date}
          options={PERIODS.map((value) => ({ value, label: words.days[Number(value)] }))}
          onChange={(value) => set('days', value)}
        />
      </div>
      {isPending && <Skeleton active paragraph={{ rows: 8 }} />}
      {!isPending && !data && <ProblemPanel error={error} onRetry={() => void refetch()} />}
      {data && <SummaryPanels summary={data} />}
    </>
  );
}

function SummaryPanels({ summary }: { summary: Summary }): ReactNode {
  const { dashboard: words } = useTranslations();
  const days = fillDays(summary);
  return (
    <>
      <div className="tiles">
        <Tile name={words.paid} value={formatYuan(summary.paidFen)} text={`${words.count}: ${summary.paidCount}`} />
        <Tile
          name={words.refunded}
          value={formatYuan(summary.refundedFen)}
          text={`${words.count}: ${summary.refundedCount}`}
        />
        <Tile name={words.net} value={formatYuan(summary.netFen)} text="" />
        <Tile
          name={words.pending}
          value={formatYuan(summary.pendingRefundFen)}
          text={`${words.count}: ${summary.pendingRefunds}`}
          to="/refunds?queue=REQUESTED"
        />
        <PaymentHealthTiles summary={summary} />
      </div>
      <div className="panel">
        <h2>{words.perDay}</h2>
        {summary.days.length === 0 ? <Empty description={words.empty} /> : <DayChart days={days} />}
      </div>
      {summary.days.length > 0 && <DayTable days={summary.days} />}
    </>
  );
}

/** How many attempts succeed, and whether WeChat's notices arrive. */
function PaymentHealthTiles({ summary: { attempts, heard } }: { summary: Summary }): ReactNode {
  const { dashboard: words } = useTranslations();
  const duration = useDuration();
  const decided = attempts.started - attempts.open;
  const { medianNoticeDelayMs: delay } = heard;
  return (
    <>
      <Tile
        name={words.success}
        value={percent(attempts.paid, decided)}
        text={words.successText(attempts.paid, decided)}
      />
      <Tile
        name={words.delay}
        value={delay === null ? '–' : duration(delay / 1000)}
        text={words.delayText(heard.byNotice)}
      />
      <Tile
        name={words.rescued}
        value={percent(heard.byQuery, heard.payments)}
        text={words.rescuedText(heard.byQuery, heard.payments)}
      />
    </>
  );
}

function DayTable({ days }: { days: Summary['days'] }): ReactNode {
  const { dashboard: words } = useTranslations();
  return (
    <div className="panel">
      <h2>{words.table}</h2>
      <table className="lines">
        <thead>
          <tr>
            <th>{words.date}</th>
            <th className="right">{words.paid}</th>
            <th className="right">{words.refunded}</th>
            <th className="right">{words.net}</th>
          </tr>
        </thead>
        <tbody>
          {days.toReversed().map(({ date, paidFen, refundedFen, netFen }) => (
            <tr key={date}>
              <td className="number">{date}</td>
              <td className="right">
                <Money fen={paidFen} />
              </td>
              <td className="right">
                <Money fen={refundedFen} />
              </td>
              <td className="right">
                <Money fen={netFen} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
