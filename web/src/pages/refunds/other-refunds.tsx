import type { ReactNode } from 'react';
import { answered, api, type Schemas } from '../../api/client.js';
import { type OlderPage, useOlder } from '../../shared/use-older.js';
import type { Page } from '../../shared/use-pages.js';
import { useWords } from '../../words/words.js';
import type { RefundCase } from './case.js';
import { RefundHistory } from './refund-history.js';

/** How far back the service looks at a buyer's refunds, in milliseconds. */
const HISTORY_MS = 90 * 86_400_000;

/** The order's other refunds, in the order in which they were asked for; older ones when asked for. */
export function OtherRefunds({ refund }: { refund: RefundCase }): ReactNode {
  const { refunds: words } = useWords();
  const { refundNo, orderNo, parts, partsCount: count, partsNextCursor: nextCursor } = refund;
  const { older, button } = useOlder(['refund', refundNo, 'parts'], { rows: parts, count, nextCursor }, (page) =>
    fetchOthers(refundNo, { ...page, orderNo }),
  );
  const shown = [...older.toReversed(), ...parts];
  return <RefundHistory title={words.parts} refunds={shown} count={count} more={button} empty={null} />;
}

/** The buyer's other refunds of the last 90 days, newest first; older ones when asked for. */
export function BuyersRefunds({ refund }: { refund: RefundCase }): ReactNode {
  const { refunds: words } = useWords();
  const { refundNo, userId, userRefunds: rows, userRefundsCount: count, userRefundsNextCursor: nextCursor } = refund;
  const { older, button } = useOlder(['refund', refundNo, 'buyer'], { rows, count, nextCursor }, (page) =>
    fetchOthers(refundNo, { ...page, userId, from: new Date(Date.now() - HISTORY_MS).toISOString() }),
  );
  const shown = [...rows, ...older];
  return <RefundHistory title={words.history} refunds={shown} count={count} more={button} empty={words.noHistory} />;
}

/** The list of refunds without the one that is looked at. */
async function fetchOthers(
  refundNo: string,
  query: OlderPage & { orderNo?: string; userId?: string; from?: string },
): Promise<Page<Schemas['RefundView']>> {
  const page = await answered(api.GET('/admin/api/refunds', { params: { query } }));
  return { ...page, items: page.items.filter((each) => each.refundNo !== refundNo) };
}
