import { Grid } from 'antd';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { Schemas } from '../../api/client.js';
import { Dash, Money } from '../../components/values.js';
import { useTranslations } from '../../i18n/language-provider.js';

/** The amounts of each day, newest first. A phone shows the fees below the net income. */
export function DayTable({ days }: { days: Schemas['SummaryView']['days'] }): ReactNode {
  const { dashboard: t } = useTranslations();
  const isWide = Grid.useBreakpoint().md ?? true;
  return (
    <div className="panel">
      <h2>{t.table}</h2>
      <table className="lines">
        <thead>
          <tr>
            <th>{t.date}</th>
            <th className="right">{t.paid}</th>
            <th className="right">{t.refunded}</th>
            <th className="right">{t.net}</th>
            {isWide && <th className="right">{t.fees}</th>}
          </tr>
        </thead>
        <tbody>
          {days.toReversed().map(({ date, paidFen, refundedFen, netFen, feesFen }) => (
            <tr key={date}>
              <td className="number">
                <Link to={`/bills/${date}`}>{date}</Link>
              </td>
              <td className="right">
                <Money fen={paidFen} />
              </td>
              <td className="right">
                <Money fen={refundedFen} />
              </td>
              <td className="right">
                <Money fen={netFen} />
                {!isWide && feesFen !== null && (
                  <div className="quiet">
                    {t.fees} <Money fen={feesFen} />
                  </div>
                )}
              </td>
              {isWide && <td className="right">{feesFen === null ? <Dash /> : <Money fen={feesFen} />}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
