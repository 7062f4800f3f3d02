import type { ReactNode } from 'react';
import { useTranslations } from '../../i18n/language-provider.js';
import type { OrderRow } from './use-orders.js';

/** The first product with its own quantity, and how many more there are: a packer reads what to send from it. */
export function OrderItemsSummary({ items }: { items: OrderRow['items'] }): ReactNode {
  const { orders: words } = useTranslations();
  const [first] = items;
  if (!first) return null;
  const pieces = items.reduce((sum, { quantity }) => sum + quantity, 0);
  return (
    <span className="goods-gist">
      <span>{first.name}</span> <span>×{first.quantity}</span>
      {items.length > 1 && <span className="quiet"> {words.moreGoods(items.length, pieces)}</span>}
    </span>
  );
}
