import type { ReactNode } from 'react';
import type { BillRecord } from '../../../api/client.js';
import { useTranslations } from '../../../i18n/language-provider.js';
import { fundLines } from './bridge.js';
import { BridgeTable } from './bridge-table.js';

/** How the balance of the merchant account has changed on the day. */
export function FundsPanel({ bill }: { bill: BillRecord }): ReactNode {
  const { bills: t } = useTranslations();
  if (bill.status !== 'BALANCED' && bill.status !== 'DIFFERENCES') return null;
  const lines = fundLines(bill, t);
  return (
    <section className="panel">
      <h2>{t.funds}</h2>
      {lines === null ? <p className="quiet">{t.fundsMissing}</p> : <BridgeTable name={t.funds} lines={lines} />}
    </section>
  );
}
