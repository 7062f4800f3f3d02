import type { ReactNode } from 'react';
import type { Schemas } from '../../api/client.js';
import { Instant } from '../../components/status-tags.js';
import { useTranslations } from '../../i18n/language-provider.js';

/** Refused notices that name this order. They are apart from the time line: anyone can send them. */
export function RefusedNotices({ notices }: { notices: Schemas['RefusedNoticesView'][] }): ReactNode {
  const { orders: words } = useTranslations();
  if (notices.length === 0) return null;
  return (
    <div className="panel">
      <h2>{words.refusedNotices}</h2>
      <p className="quiet">{words.refusedNoticesHint}</p>
      <ul>
        {notices.map(({ kind, result, outTradeNo, count, lastAt }) => (
          <li key={`${kind} ${result} ${outTradeNo}`} className="breakable">
            {words.refusedNotice(count, result)} · <span className="mono quiet">{outTradeNo}</span> ·{' '}
            <Instant at={lastAt} />
          </li>
        ))}
      </ul>
    </div>
  );
}
