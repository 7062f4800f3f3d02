import { useQuery } from '@tanstack/react-query';
import { Empty, Segmented, Skeleton } from 'antd';
import type { ReactNode } from 'react';
import { unwrap, api, type Schemas } from '../../api/client.js';
import { formatYuan } from '../../utils/money.js';
import { useDuration } from '../../hooks/use-duration.js';
import { ProblemPanel } from '../../components/problem-panel.js';
import { Tile } from '../../components/tile.js';
import { useFilters } from '../../hooks/use-filters.js';
import { useTranslations } from '../../i18n/language-provider.js';
import { DayChart } from './day-chart.js';
import { DayTable } from './day-table.js';
import { fillDays, percent, periodOf } from './days.js';

type Summary = Schemas['SummaryView'];

const PERIODS = ['7', '30', '90'];

/** Payments and refunds per day, the payment success rate and the notice delay. */
export default function DashboardPage(): ReactNode {
  const { dashboard: t } = useTranslations();
  const { get, set } = useFilters();
  const span = PERIODS.includes(get('days')) ? get('days') : '30';
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['summary', span],
    queryFn: async () => {
      const { now } = await unwrap(api.GET('/admin/api/to-do')); // the service's clock, which may differ from the browser's
      return unwrap(api.GET('/admin/api/summary', { params: { query: periodOf(now, Number(span)) } }));
    },
  });
  return (
    <>
      <div className="page-head">
        <h1>{t.title}</h1>
        <span className="quiet">{t.beijingDays}</span>
        <span className="grow" />
        <Segmented
          value={span}
          aria-label={t.date}
          options={PERIODS.map((value) => ({ value, label: t.days[Number(value)] }))}
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
  const { dashboard: t, toDo } = useTranslations();
  const days = fillDays(summary);
  return (
    <>
      <div className="tiles">
        <Tile name={t.paid} value={formatYuan(summary.paidFen)} text={`${t.count}: ${summary.paidCount}`} />
        <Tile name={t.refunded} value={formatYuan(summary.refundedFen)} text={`${t.count}: ${summary.refundedCount}`} />
        <Tile name={t.net} value={formatYuan(summary.netFen)} text="" />
        <FeeTiles summary={summary} />
        <Tile
          name={toDo.waiting}
          value={formatYuan(summary.pendingRefundFen)}
          text={`${t.count}: ${summary.pendingRefunds}`}
          to="/refunds?tab=REQUESTED"
        />
        <PaymentHealthTiles summary={summary} />
      </div>
      <div className="panel">
        <h2>{t.perDay}</h2>
        {summary.days.length === 0 ? <Empty description={t.empty} /> : <DayChart days={days} />}
      </div>
      {summary.days.length > 0 && <DayTable days={summary.days} />}
    </>
  );
}

/** WeChat's fees by its bills, and what is left of the net income. */
function FeeTiles({ summary: { feesFen, netFen, daysWithoutBill } }: { summary: Summary }): ReactNode {
  const { dashboard: t } = useTranslations();
  if (feesFen === null) return <Tile name={t.fees} value="–" text={t.noFees} tone="calm" to="/bills" />;
  const missing = daysWithoutBill > 0 ? t.feesMissing(daysWithoutBill) : '';
  return (
    <>
      <Tile name={t.fees} value={formatYuan(feesFen)} text={t.feesText} to="/bills" />
      <Tile name={t.afterFees} value={formatYuan(netFen - feesFen)} text={missing} />
    </>
  );
}

/** Payment success rate, and whether WeChat's notices arrive. */
function PaymentHealthTiles({ summary: { attempts, resultSources } }: { summary: Summary }): ReactNode {
  const { dashboard: t } = useTranslations();
  const duration = useDuration();
  const finished = attempts.started - attempts.open;
  const { medianNoticeDelayMs: delay } = resultSources;
  return (
    <>
      <Tile name={t.success} value={percent(attempts.paid, finished)} text={t.successText(attempts.paid, finished)} />
      <Tile
        name={t.delay}
        value={delay === null ? '–' : duration(delay / 1000)}
        text={t.delayText(resultSources.byNotice)}
      />
      <Tile
        name={t.recovered}
        value={percent(resultSources.byQuery, resultSources.payments)}
        text={t.recoveredText(resultSources.byQuery, resultSources.payments)}
      />
    </>
  );
}
