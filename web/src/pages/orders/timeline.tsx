import type { ReactNode } from 'react';
import { Instant } from '../../components/status-tags.js';
import { useTranslations } from '../../i18n/language-provider.js';
import { formatEvent, type OrderEvent } from './format-event.js';
import { useCarrierNames } from './use-carrier-names.js';

interface TimelineProps {
  /** Loaded afterwards: they stand before the others. */
  older: OrderEvent[];
  events: OrderEvent[];
}

/** What WeChat said and what was decided, in order. */
export function Timeline({ older, events }: TimelineProps): ReactNode {
  const words = useTranslations();
  const carriers = useCarrierNames();
  if (events.length === 0) return <span className="quiet">{words.orders.timelineEmpty}</span>;
  return (
    <ol className="timeline">
      {[...older, ...events].map((event, index) => {
        const { text, tone, facts } = formatEvent(event, words, carriers);
        return (
          // The journal only grows at its end, and older lines are loaded in front.
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
