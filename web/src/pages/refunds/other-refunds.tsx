import type { ReactNode } from 'react';
import { unwrap, api, type Schemas } from '../../api/client.js';
import { type OlderPageQuery, useOlderRows } from '../../hooks/use-older-rows.js';
import type { Page } from '../../hooks/use-paged-list.js';
import { useTranslations } from '../../i18n/language-provider.js';
import type { RefundRecord } from './refund-details.js';
import { RefundHistory } from './refund-history.js';

/** Age in milliseconds up to which the service lists a buyer's refunds. */
const HISTORY_MS = 90 * 86_400_000;

/** The order's other refunds, sorted by request time. Older ones are loaded on demand. */
export function OtherRefunds({ refund }: { refund: RefundRecord }): ReactNode {
  const { refunds: t } = useTranslations();
  const { refundNo, orderNo, parts, partsCount: count, partsNextCursor: nextCursor } = refund;
  const { older, button } = useOlderRows(['refund', refundNo, 'parts'], { rows: parts, count, nextCursor }, (page) =>
    fetchOthers(refundNo, { ...page, orderNo }),
  );
  const shown = [...older.toReversed(), ...parts];
  return <RefundHistory title={t.otherRefunds} refunds={shown} count={count} more={button} empty={null} />;
}

/** The buyer's other refunds of the last 90 days, newest first. Older ones are loaded on demand. */
export function BuyerRefunds({ refund }: { refund: RefundRecord }): ReactNode {
  const { refunds: t } = useTranslations();
  const { refundNo, userId, userRefunds: rows, userRefundsCount: count, userRefundsNextCursor: nextCursor } = refund;
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
