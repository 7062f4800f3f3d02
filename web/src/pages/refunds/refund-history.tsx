import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { Schemas } from '../../api/client.js';
import { Instant, Money, RefundStatusTag } from '../../components/status-tags.js';
import { useTranslations } from '../../i18n/language-provider.js';

interface RefundHistoryProps {
  title: string;
  refunds: Schemas['RefundView'][];
  /** How many there are, shown or not. */
  count: number;
  /** What loads those that are not shown. */
  more: ReactNode;
  /** What to say of none; null shows nothing then. */
  empty: string | null;
}

/** Other refunds that a decision should know of. */
export function RefundHistory({ title, refunds, count, more, empty }: RefundHistoryProps): ReactNode {
  const { common, refunds: words } = useTranslations();
  if (refunds.length === 0 && empty === null) return null;
  return (
    <div className="panel">
      <h2>
        {title} {count > 0 && <span className="quiet">({count})</span>}
      </h2>
      {more}
      {refunds.length === 0 ? (
        <span className="quiet">{empty}</span>
      ) : (
        <table className="lines">
          <thead>
            <tr>
              <th>{common.time}</th>
              <th>{words.reason}</th>
              <th>{common.status}</th>
              <th className="right">{common.amount}</th>
            </tr>
          </thead>
          <tbody>
            {refunds.map((refund) => (
              <tr key={refund.refundNo}>
                <td>
                  <Link to={`/refunds/${refund.refundNo}`}>
                    <Instant at={refund.requestedAt} />
                  </Link>
                </td>
                <td className="breakable">{refund.reason}</td>
                <td>
                  <RefundStatusTag refund={refund} />
                </td>
                <td className="right">
                  <Money fen={refund.amountFen} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  );
}
