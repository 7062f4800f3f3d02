import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Skeleton } from 'antd';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { api, ApiError, type BillRecord, unwrap } from '../../../api/client.js';
import { useHasRole } from '../../../auth/session.js';
import { BackLink } from '../../../components/back-link.js';
import { ProblemPanel } from '../../../components/problem-panel.js';
import { useToDo } from '../../../hooks/use-to-do.js';
import { useTranslations } from '../../../i18n/language-provider.js';
import { beijingDay } from '../../../utils/time.js';
import { BillStatusLabel } from '../bill-status-label.js';
import { addDays, monthOf } from '../calendar/month.js';
import { BridgePanel } from './bridge-panel.js';
import { DifferenceList, showDifferences } from './difference-list.js';
import { FundsPanel } from './funds-panel.js';
import { FileButtons, ReconcileButton } from './day-actions.js';
import { SummaryPanel } from './summary-panel.js';

const REFETCH_INTERVAL_MS = 15_000;

/** One day: WeChat's bill, the bridge from our total to WeChat's, the account, and the differences. */
export function DayPage({ date }: { date: string }): ReactNode {
  const { bills: t } = useTranslations();
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['bill', date],
    queryFn: () => unwrap(api.GET('/admin/api/bills/{date}', { params: { path: { date } } })),
    refetchInterval: ({ state }) => (state.status === 'error' ? false : REFETCH_INTERVAL_MS),
  });
  const isMissing = error instanceof ApiError && error.code === 'BILL_NOT_FOUND';
  return (
    <>
      <BackLink fallback={`/bills?month=${monthOf(date)}`} />
      <div className="page-head">
        <h1>{t.dayTitle(date)}</h1>
        {data && <BillStatusLabel status={data.status} />}
        <span className="grow" />
        {(data !== undefined || isMissing) && <DayActions date={date} bill={data} />}
      </div>
      {isPending && <Skeleton active paragraph={{ rows: 10 }} />}
      {!isPending && !data && !isMissing && <ProblemPanel error={error} onRetry={() => void refetch()} />}
      {!data && isMissing && <Alert type="info" showIcon title={t.noBill} />}
      {data && (
        <>
          <StatusAlert bill={data} />
          <SummaryPanel bill={data} />
          <div className="columns">
            <BridgePanel bill={data} />
            <FundsPanel bill={data} />
          </div>
          <DifferenceList bill={data} />
        </>
      )}
    </>
  );
}

function DayActions({ date, bill }: { date: string; bill: BillRecord | undefined }): ReactNode {
  const hasRole = useHasRole();
  return (
    <>
      <DayLinks date={date} />
      {bill && <FileButtons bill={bill} />}
      {hasRole('OPERATOR') && <ReconcileButton date={date} isFirst={bill?.reconciledAt == null} />}
    </>
  );
}

/** Links to the day before and, if it is over, the day after. They replace the page, so that "back" leads to the calendar. */
function DayLinks({ date }: { date: string }): ReactNode {
  const { bills: t } = useTranslations();
  const now = useToDo().data?.now;
  const next = addDays(date, 1);
  return (
    <nav className="day-links">
      <Link to={`/bills/${addDays(date, -1)}`} replace>
        ‹ {t.previousDay}
      </Link>
      {now !== undefined && next < beijingDay(now) && (
        <Link to={`/bills/${next}`} replace>
          {t.nextDay} ›
        </Link>
      )}
    </nav>
  );
}

/** What staff must know first, and what to do. */
function StatusAlert({ bill: { status, openDifferences, problem, waitingEntries } }: { bill: BillRecord }): ReactNode {
  const { bills: t } = useTranslations();
  const reason = problem !== null && (
    <>
      {t.problem}: <span lang="en">{problem}</span>
    </>
  );
  return (
    <>
      {status === 'WAITING' && (
        <Alert className="gap-below" type="info" showIcon title={t.alerts.WAITING} description={reason} />
      )}
      {status === 'INCOMPLETE' && (
        <Alert className="gap-below" type="warning" showIcon title={t.alerts.INCOMPLETE} description={reason} />
      )}
      {status === 'DIFFERENCES' && (
        <Alert
          className="gap-below"
          type="error"
          showIcon
          title={t.alerts.DIFFERENCES(openDifferences)}
          description={reason}
          action={
            <Button size="small" onClick={showDifferences}>
              {t.showDifferences}
            </Button>
          }
        />
      )}
      {status === 'BALANCED' && problem !== null && <Alert className="gap-below" type="info" showIcon title={reason} />}
      {waitingEntries > 0 && (
        <Alert className="gap-below" type="info" showIcon title={t.waitingEntries(waitingEntries)} />
      )}
    </>
  );
}
