import type { ReactNode } from 'react';
import type { BillRecord } from '../../../api/client.js';
import { useTranslations } from '../../../i18n/language-provider.js';
import { bridgeLines } from './bridge.js';
import { BridgeTable } from './bridge-table.js';

/** How our total of the day becomes WeChat's, and the net amount. Only for a bill that was compared. */
export function BridgePanel({ bill }: { bill: BillRecord }): ReactNode {
  const { bills: t } = useTranslations();
  if (bill.status !== 'BALANCED' && bill.status !== 'DIFFERENCES') return null;
  return (
    <section className="panel">
      <h2>{t.bridge}</h2>
      <p className="quiet">{t.bridgeHint}</p>
      <BridgeTable name={t.bridge} lines={bridgeLines(bill, t)} />
    </section>
  );
}
