import type { ReactNode } from 'react';
import type { Schemas } from '../../api/client.js';
import { Instant } from '../../components/instant.js';
import { useTranslations } from '../../i18n/language-provider.js';

/** Rejected notices that name this order. They are not in the timeline because anyone can send them. */
export function RefusedNotices({ notices }: { notices: Schemas['RefusedNoticesView'][] }): ReactNode {
  const { orders: t } = useTranslations();
  if (notices.length === 0) return null;
  return (
    <div className="panel">
      <h2>{t.refusedNotices}</h2>
      <p className="quiet">{t.refusedNoticesHint}</p>
      <ul>
        {notices.map(({ kind, result, outTradeNo, count, lastAt }) => (
          <li key={`${kind} ${result} ${outTradeNo}`} className="breakable">
            {t.refusedNotice(count, result)} · <span className="mono quiet">{outTradeNo}</span> ·{' '}
            <Instant at={lastAt} />
          </li>
        ))}
      </ul>
    </div>
  );
}
