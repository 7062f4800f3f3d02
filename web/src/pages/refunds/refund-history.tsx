import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { Schemas } from '../../api/client.js';
import { Instant } from '../../components/instant.js';
import { Money } from '../../components/money.js';
import { RefundStatusTag } from '../../components/status-tags.js';
import { useTranslations } from '../../i18n/language-provider.js';

interface RefundHistoryProps {
  title: string;
  refunds: Schemas['RefundView'][];
  /** Total number of refunds, loaded or not. */
  count: number;
  /** The button that loads more. */
  more: ReactNode;
  /** Text for an empty list; null hides the empty list. */
  empty: string | null;
}

/** A table of other refunds that matter for a decision. */
export function RefundHistory({ title, refunds, count, more, empty }: RefundHistoryProps): ReactNode {
  const { common, refunds: t } = useTranslations();
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
              <th>{t.reason}</th>
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
