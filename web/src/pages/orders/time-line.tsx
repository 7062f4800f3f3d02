import type { ReactNode } from 'react';
import { yuan } from '../../money.js';
import { Instant } from '../../shared/bits.js';
import { useWords } from '../../words/words.js';
import { lineOf, type OrderEvent } from './event-line.js';

/** What WeChat said and what was decided, in order. */
export function TimeLine({ events }: { events: OrderEvent[] }): ReactNode {
  const words = useWords();
  if (events.length === 0) return <span className="quiet">{words.orders.timelineEmpty}</span>;
  return (
    <ol className="timeline">
      {events.map((event, index) => {
        const { text, tone } = lineOf(event, words.events);
        return (
          // The journal is only ever added to at its end.
          <li key={index} className={tone}>
            <div>
              <Instant at={event.at} /> <strong>{text}</strong>
            </div>
            {typeof event.data['detail'] === 'string' && (
              <div className="quiet breakable">{inYuan(event.data['detail'])}</div>
            )}
          </li>
        );
      })}
    </ol>
  );
}

/** The journal counts in fen. */
function inYuan(detail: string): string {
  return detail.replaceAll(/\b(\d{1,12}) fen\b/g, (_words, fen: string) => yuan(Number.parseInt(fen, 10)));
}
