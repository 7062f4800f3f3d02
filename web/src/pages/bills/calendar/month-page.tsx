import { LeftOutlined, RightOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { App, Button, Skeleton } from 'antd';
import type { ReactNode } from 'react';
import { api, unwrap } from '../../../api/client.js';
import { ProblemPanel } from '../../../components/problem-panel.js';
import { Tile } from '../../../components/tile.js';
import { useFilters } from '../../../hooks/use-filters.js';
import { useToDo } from '../../../hooks/use-to-do.js';
import { useTranslations } from '../../../i18n/language-provider.js';
import { formatYuan } from '../../../utils/money.js';
import { downloadFile } from '../../../utils/save-file.js';
import { beijingDay, beijingMidnight } from '../../../utils/time.js';
import { type BillDay, totalsOf } from '../bill-status.js';
import { DownloadButton } from '../download-button.js';
import { CalendarGrid } from './calendar-grid.js';
import { addDays, addMonths, isMonth, monthOf, partsOf } from './month.js';

const REFETCH_INTERVAL_MS = 30_000;
/** More than a month has days. */
const MAX_DAYS = 31;

/** One month of WeChat's bills. The month is in the URL; without one, it is that of yesterday. */
export function MonthPage(): ReactNode {
  const { get } = useFilters();
  const toDo = useToDo(); // the service's clock, which may differ from the browser's
  if (toDo.isPending) return <Skeleton active paragraph={{ rows: 8 }} />;
  if (toDo.isError) return <ProblemPanel error={toDo.error} onRetry={() => void toDo.refetch()} />;
  const today = beijingDay(toDo.data.now);
  const month = isMonth(get('month')) ? get('month') : monthOf(addDays(today, -1));
  return <Month month={month} today={today} />;
}

function Month({ month, today }: { month: string; today: string }): ReactNode {
  const { bills: t } = useTranslations();
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['bills', month],
    queryFn: () => fetchMonth(month),
    refetchInterval: ({ state }) => (state.status === 'error' ? false : REFETCH_INTERVAL_MS),
  });
  return (
    <>
      <div className="page-head">
        <h1>{t.title}</h1>
        <span className="grow" />
        <MonthSwitch month={month} lastMonth={monthOf(today)} />
        <MonthDownload month={month} />
      </div>
      <p className="quiet">{t.hint}</p>
      {isPending && <Skeleton active paragraph={{ rows: 8 }} />}
      {!isPending && !data && <ProblemPanel error={error} onRetry={() => void refetch()} />}
      {data && (
        <>
          <CalendarGrid month={month} bills={data} today={today} />
          <MonthFigures bills={data} />
        </>
      )}
    </>
  );
}

async function fetchMonth(month: string): Promise<BillDay[]> {
  const from = beijingMidnight(`${month}-01`);
  const to = beijingMidnight(`${addMonths(month, 1)}-01`);
  const query = { from, to, limit: MAX_DAYS };
  return (await unwrap(api.GET('/admin/api/bills', { params: { query } }))).items;
}

function MonthSwitch({ month, lastMonth }: { month: string; lastMonth: string }): ReactNode {
  const { bills: t } = useTranslations();
  const { set } = useFilters();
  const { year, month: number } = partsOf(month);
  return (
    <div className="month-switch">
      <Button
        icon={<LeftOutlined aria-hidden />}
        aria-label={t.previousMonth}
        onClick={() => set('month', addMonths(month, -1))}
      />
      <h2 aria-live="polite">{t.month(year, number)}</h2>
      <Button
        icon={<RightOutlined aria-hidden />}
        aria-label={t.nextMonth}
        disabled={month >= lastMonth}
        onClick={() => set('month', addMonths(month, 1))}
      />
    </div>
  );
}

/** One line for each payment and refund, for accounting. */
function MonthDownload({ month }: { month: string }): ReactNode {
  const { bills: t } = useTranslations();
  const { message } = App.useApp();
  const params = { query: { month } };
  return (
    <DownloadButton
      text={t.monthCsv}
      download={() => downloadFile(api.GET('/admin/api/bills/export', { params, parseAs: 'blob' }))}
      onDone={(name) =>
        void (name.includes('-incomplete') ? message.warning(t.monthIncomplete, 8) : message.success(t.monthDone))
      }
    />
  );
}

function MonthFigures({ bills }: { bills: readonly BillDay[] }): ReactNode {
  const { bills: t } = useTranslations();
  const { days, paymentCount, paymentFen, refundCount, refundFen, feesFen } = totalsOf(bills);
  return (
    <section className="tiles gap-above" aria-label={t.monthTotals(days)}>
      <Tile name={t.payments} value={formatYuan(paymentFen)} text={t.paymentsOf(paymentCount)} />
      <Tile name={t.refunds} value={formatYuan(refundFen)} text={t.refundsOf(refundCount)} />
      <Tile name={t.fees} value={formatYuan(feesFen)} text="" />
      <Tile name={t.netAmount} value={formatYuan(paymentFen - refundFen - feesFen)} text={t.monthTotals(days)} />
    </section>
  );
}
