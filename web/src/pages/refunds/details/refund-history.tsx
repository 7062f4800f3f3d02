import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { unwrap, api, type RefundRecord, type Schemas } from '../../../api/client.js';
import { RefundStatusTag } from '../../../components/label.js';
import { Instant, Money } from '../../../components/values.js';
import { type OlderPageQuery, useOlderRows } from '../../../hooks/use-older-rows.js';
import type { Page } from '../../../hooks/use-paged-list.js';
import { useTranslations } from '../../../i18n/language-provider.js';

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

/** Age in milliseconds up to which the service lists a buyer's refunds. */
const HISTORY_MS = 90 * 86_400_000;

/** The order's other refunds, sorted by request time. Older ones are loaded on demand. */
export function OtherRefunds({ refund }: { refund: RefundRecord }): ReactNode {
  const { refunds: t } = useTranslations();
  const {
    refundNo,
    orderNo,
    otherRefunds: rows,
    otherRefundsCount: count,
    otherRefundsNextCursor: nextCursor,
  } = refund;
  const { older, button } = useOlderRows(['refund', refundNo, 'others'], { rows, count, nextCursor }, (page) =>
    fetchOthers(refundNo, { ...page, orderNo }),
  );
  const shown = [...older.toReversed(), ...rows];
  return <RefundHistory title={t.otherRefunds} refunds={shown} count={count} more={button} empty={null} />;
}

/** The buyer's other refunds of the last 90 days, newest first. Older ones are loaded on demand. */
export function BuyerRefunds({ refund }: { refund: RefundRecord }): ReactNode {
  return refund.userId !== null && <RefundsOfBuyer refund={refund} userId={refund.userId} />;
}

function RefundsOfBuyer({ refund, userId }: { refund: RefundRecord; userId: string }): ReactNode {
  const { refunds: t } = useTranslations();
  const { refundNo, userRefunds: rows, userRefundsCount: count, userRefundsNextCursor: nextCursor } = refund;
  const { older, button } = useOlderRows(['refund', refundNo, 'buyer'], { rows, count, nextCursor }, (page) =>
    fetchOthers(refundNo, { ...page, userId, from: new Date(Date.now() - HISTORY_MS).toISOString() }),
  );
  const shown = [...rows, ...older];
  return <RefundHistory title={t.history} refunds={shown} count={count} more={button} empty={t.noHistory} />;
}

/** One page of refunds without the refund that is shown. */
async function fetchOthers(
  refundNo: string,
  query: OlderPageQuery & { orderNo?: string; userId?: string; from?: string },
): Promise<Page<Schemas['RefundView']>> {
  const page = await unwrap(api.GET('/admin/api/refunds', { params: { query } }));
  return { ...page, items: page.items.filter((each) => each.refundNo !== refundNo) };
}
