import type { ReactNode } from 'react';
import type { BillRecord } from '../../../api/client.js';
import { DescriptionList, instant } from '../../../components/description-list.js';
import { Instant, Money } from '../../../components/values.js';
import { useToDo } from '../../../hooks/use-to-do.js';
import { useTranslations } from '../../../i18n/language-provider.js';

/** The day in figures by WeChat's bill, and how far it is reconciled. */
export function SummaryPanel({ bill }: { bill: BillRecord }): ReactNode {
  const { bills: t } = useTranslations();
  const { payments, refunds, feesFen, status, tradeState, fundState } = bill;
  const isCompared = status === 'BALANCED' || status === 'DIFFERENCES';
  return (
    <section className="panel" aria-label={t.summary}>
      <DescriptionList
        items={[
          [t.paymentsOf(payments.count), isCompared && <Money fen={payments.fen} />],
          [t.refundsOf(refunds.count), isCompared && <Money fen={refunds.fen} />],
          [t.fees, isCompared && <Money fen={feesFen} />],
          [t.netAmount, isCompared && <Money fen={payments.fen - refunds.fen - feesFen} isBold />],
          [t.tradeState, tradeState !== null && t.fileStates[tradeState]],
          [t.fundState, fundState !== null && t.fileStates[fundState]],
          [t.downloadedAt, instant(bill.downloadedAt)],
          [t.reconciledAt, instant(bill.reconciledAt)],
          [t.nextCheck, <NextCheck bill={bill} />],
        ]}
      />
    </section>
  );
}

function NextCheck({ bill: { isInProgress, nextCheckAt: at } }: { bill: BillRecord }): ReactNode {
  const { bills: t } = useTranslations();
  const now = useToDo().data?.now;
  if (isInProgress) return t.inProgress;
  if (at === null) return <span className="quiet">{t.nextCheckNone}</span>;
  return now !== undefined && at <= now ? t.nextCheckNow : <Instant at={at} />;
}
