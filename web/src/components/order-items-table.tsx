import type { ReactNode } from 'react';
import type { Schemas } from '../api/client.js';
import { useTranslations } from '../i18n/language-provider.js';
import { Money } from './values.js';

/** The items of an order, at the prices at which they were ordered. */
export function OrderItemsTable({ items }: { items: Schemas['OrderView']['items'] }): ReactNode {
  const { orders } = useTranslations();
  const isDiscounted = items.some(({ discountFen }) => discountFen > 0);
  return (
    <table className="lines">
      <thead>
        <tr>
          <th>{orders.items}</th>
          <th className="right">{orders.unit}</th>
          <th className="right">{orders.quantity}</th>
          {isDiscounted && <th className="right">{orders.discount}</th>}
          {isDiscounted && <th className="right">{orders.linePaid}</th>}
        </tr>
      </thead>
      <tbody>
        {items.map(({ name, unitFen, quantity, discountFen, payableFen, returnedQuantity }, at) => (
          <tr key={at}>
            <td>{name}</td>
            <td className="right">
              <Money fen={unitFen} />
            </td>
            <td className="right number">
              × {quantity}
              {returnedQuantity > 0 && <div className="quiet">{orders.returned(returnedQuantity)}</div>}
            </td>
            {isDiscounted && (
              <td className="right">
                <Money fen={-discountFen} />
              </td>
            )}
            {isDiscounted && (
              <td className="right">
                <Money fen={payableFen} />
              </td>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
