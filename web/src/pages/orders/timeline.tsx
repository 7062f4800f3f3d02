import type { ReactNode } from 'react';
import { Instant } from '../../components/instant.js';
import { useTranslations } from '../../i18n/language-provider.js';
import { formatEvent, type OrderEvent } from './format-event.js';
import { useCarrierNames } from './use-carrier-names.js';

interface TimelineProps {
  /** Older events that were loaded on demand, shown first. */
  older: OrderEvent[];
  events: OrderEvent[];
}

/** The events of an order in chronological order. */
export function Timeline({ older, events }: TimelineProps): ReactNode {
  const t = useTranslations();
  const carriers = useCarrierNames();
  if (events.length === 0) return <span className="quiet">{t.orders.timelineEmpty}</span>;
  return (
    <ol className="timeline">
      {[...older, ...events].map((event, index) => {
        const { text, tone, facts } = formatEvent(event, t, carriers);
        return (
          // Events are only appended at the end, and older ones are loaded at the start.
          <li key={index - older.length} className={tone}>
            <div>
              <Instant at={event.at} /> <strong>{text}</strong>
            </div>
            {facts.length > 0 && <div className="quiet breakable">{facts.join(' · ')}</div>}
          </li>
        );
      })}
    </ol>
  );
}
