import type { ReactNode } from 'react';
import type { Schemas } from '../api/client.js';
import { useWords } from '../words/words.js';
import { Money } from './bits.js';

/** What was bought, at the prices of that moment. */
export function OrderLines({ items }: { items: Schemas['OrderView']['items'] }): ReactNode {
  const { orders } = useWords();
  return (
    <table className="lines">
      <thead>
        <tr>
          <th>{orders.items}</th>
          <th className="right">{orders.unit}</th>
          <th className="right">{orders.quantity}</th>
        </tr>
      </thead>
      <tbody>
        {items.map(({ productId, name, unitFen, quantity }) => (
          <tr key={productId}>
            <td>{name}</td>
            <td className="right">
              <Money fen={unitFen} />
            </td>
            <td className="right number">× {quantity}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
