import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { useTranslations } from '../../../i18n/language-provider.js';
import { type BillDay, DAY_STATUS_LOOKS, type DayStatus, dayStatusOf } from '../bill-status.js';
import { BillStatusLabel } from '../bill-status-label.js';
import { weeksOf } from './month.js';

interface CalendarGridProps {
  month: string;
  bills: readonly BillDay[];
  /** The day in Beijing by the service's clock. */
  today: string;
}

/** The days of a month, each with the colour, the shape and the text of its status, and linked to its page. */
export function CalendarGrid({ month, bills, today }: CalendarGridProps): ReactNode {
  const { bills: t } = useTranslations();
  const billOf = new Map(bills.map((bill) => [bill.date, bill]));
  return (
    <section className="panel">
      <table className="calendar">
        <caption className="visually-hidden">{t.title}</caption>
        <thead>
          <tr>
            {t.weekdays.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeksOf(month).map((week, at) => (
            <tr key={at}>
              {week.map((date, column) => (
                <td key={column}>{date !== null && <Day date={date} bill={billOf.get(date)} today={today} />}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <Legend />
    </section>
  );
}

function Day({ date, bill, today }: { date: string; bill: BillDay | undefined; today: string }): ReactNode {
  const { bills: t } = useTranslations();
  const status = dayStatusOf(date, bill, today);
  const { tone, symbol } = DAY_STATUS_LOOKS[status];
  const count = bill?.openDifferences ?? 0;
  // Screen readers hear a sentence instead of the number, the shape and the short text.
  const content = (
    <>
      <span className="visually-hidden">{t.dayName(date, t.statuses[status], count)}</span>
      <span aria-hidden className="calendar-date">
        {Number(date.slice(-2))}
      </span>
      <span aria-hidden className="calendar-symbol">
        {symbol}
      </span>
      <span aria-hidden className="calendar-text">
        {count > 0 ? t.openCount(count) : status !== 'NOT_YET' && t.statuses[status]}
      </span>
    </>
  );
  const className = `calendar-day label-${tone}`;
  if (status === 'NOT_YET') return <span className="calendar-day not-yet">{content}</span>;
  return (
    <Link className={className} to={`/bills/${date}`}>
      {content}
    </Link>
  );
}

/** Shown below the calendar because the days of a narrow one have no text. */
function Legend(): ReactNode {
  const { bills: t } = useTranslations();
  return (
    <ul className="calendar-legend" aria-label={t.legend}>
      {(Object.keys(DAY_STATUS_LOOKS) as DayStatus[]).map((status) => (
        <li key={status}>
          <BillStatusLabel status={status} />
        </li>
      ))}
    </ul>
  );
}
