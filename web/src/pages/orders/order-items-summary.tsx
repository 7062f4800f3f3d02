import type { ReactNode } from 'react';
import { useTranslations } from '../../i18n/language-provider.js';
import type { OrderRow } from './use-orders.js';

/** The first product with its own quantity, and the number of others. Staff pack parcels by this text. */
export function OrderItemsSummary({ items }: { items: OrderRow['items'] }): ReactNode {
  const { orders: t } = useTranslations();
  const [first] = items;
  if (!first) return null;
  const pieces = items.reduce((sum, { quantity }) => sum + quantity, 0);
  return (
    <span className="order-items-summary">
      <span>{first.name}</span> <span>×{first.quantity}</span>
      {items.length > 1 && <span className="quiet"> {t.moreItems(items.length, pieces)}</span>}
    </span>
  );
}
