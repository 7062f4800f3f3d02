import type { ReactNode } from 'react';
import { unwrap, api, type Schemas } from '../../api/client.js';
import { type OlderPageQuery, useOlderRows } from '../../hooks/use-older-rows.js';
import type { Page } from '../../hooks/use-paged-list.js';
import { useTranslations } from '../../i18n/language-provider.js';
import type { RefundRecord } from './refund-details.js';
import { RefundHistory } from './refund-history.js';

/** How far back the service looks at a buyer's refunds, in milliseconds. */
const HISTORY_MS = 90 * 86_400_000;

/** The order's other refunds, in the order in which they were asked for; older ones when asked for. */
export function OtherRefunds({ refund }: { refund: RefundRecord }): ReactNode {
  const { refunds: words } = useTranslations();
  const { refundNo, orderNo, parts, partsCount: count, partsNextCursor: nextCursor } = refund;
  const { older, button } = useOlderRows(['refund', refundNo, 'parts'], { rows: parts, count, nextCursor }, (page) =>
    fetchOthers(refundNo, { ...page, orderNo }),
  );
  const shown = [...older.toReversed(), ...parts];
  return <RefundHistory title={words.parts} refunds={shown} count={count} more={button} empty={null} />;
}

/** The buyer's other refunds of the last 90 days, newest first; older ones when asked for. */
export function BuyerRefunds({ refund }: { refund: RefundRecord }): ReactNode {
  const { refunds: words } = useTranslations();
  const { refundNo, userId, userRefunds: rows, userRefundsCount: count, userRefundsNextCursor: nextCursor } = refund;
  const { older, button } = useOlderRows(['refund', refundNo, 'buyer'], { rows, count, nextCursor }, (page) =>
    fetchOthers(refundNo, { ...page, userId, from: new Date(Date.now() - HISTORY_MS).toISOString() }),
  );
  const shown = [...rows, ...older];
  return <RefundHistory title={words.history} refunds={shown} count={count} more={button} empty={words.noHistory} />;
}

/** The list of refunds without the one that is looked at. */
async function fetchOthers(
  refundNo: string,
  query: OlderPageQuery & { orderNo?: string; userId?: string; from?: string },
): Promise<Page<Schemas['RefundView']>> {
  const page = await unwrap(api.GET('/admin/api/refunds', { params: { query } }));
  return { ...page, items: page.items.filter((each) => each.refundNo !== refundNo) };
}
