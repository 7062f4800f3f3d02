import { InputNumber } from 'antd';
import { type ReactNode, useState } from 'react';
import type { Schemas } from '../../api/client.js';
import { Money } from '../../components/money.js';
import { useTranslations } from '../../i18n/language-provider.js';
import { piecesFen } from './pieces.js';

type Item = Schemas['OrderView']['items'][number];

/** Quantities of one item: to refund now, and refunded before. */
interface Pick {
  pieces: number;
  before: number;
}

const NO_PIECES: Pick = { pieces: 0, before: 0 };

interface LinePickerProps {
  items: Item[];
  /** True if the order has earlier refunds, which may have covered some quantities. */
  hasEarlier: boolean;
  onPick: (fen: number) => void;
}

/** Adds up the paid prices of the selected quantities, after the discount, exact to the fen. */
export function LinePicker({ items, hasEarlier, onPick }: LinePickerProps): ReactNode {
  const { refunds: t, orders } = useTranslations();
  const [picks, setPicks] = useState<Record<string, Pick>>({});
  const pick = ({ productId }: Item, change: Partial<Pick>): void => {
    const after = { ...picks, [productId]: { ...NO_PIECES, ...picks[productId], ...change } };
    setPicks(after);
    onPick(items.reduce((sum, item) => sum + pickedFen(item, after), 0));
  };
  const quantityInput = (item: Item, field: keyof Pick, max: number, label: string): ReactNode => (
    <InputNumber
      size="small"
      aria-label={`${label}: ${item.name}`}
      min={0}
      max={max}
      precision={0}
      // Enter only applies the quantity to the amount. Staff check the amount before they submit it.
      onPressEnter={(event) => event.preventDefault()}
      value={picks[item.productId]?.[field] ?? 0}
      onChange={(value) => pick(item, { [field]: value ?? 0 })}
    />
  );
  return (
    <details className="gap-below">
      <summary>{t.byItem}</summary>
      <table className="lines">
        <thead>
          <tr>
            <th>{orders.items}</th>
            <th className="right">{orders.linePaid}</th>
            {hasEarlier && <th className="right">{t.quantityRefundedBefore}</th>}
            <th className="right">{t.quantityToRefund}</th>
          </tr>
        </thead>
        <tbody>
          {items.map((item) => {
            const { before } = picks[item.productId] ?? NO_PIECES;
            return (
              <tr key={item.productId}>
                <td>{item.name}</td>
                <td className="right">
                  <Money fen={item.payableFen} /> <span className="quiet">/ {item.quantity}</span>
                </td>
                {hasEarlier && (
                  <td className="right">{quantityInput(item, 'before', item.quantity, t.quantityRefundedBefore)}</td>
                )}
                <td className="right">{quantityInput(item, 'pieces', item.quantity - before, t.quantityToRefund)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </details>
  );
}

function pickedFen(item: Item, picks: Record<string, Pick>): number {
  const { pieces, before } = picks[item.productId] ?? NO_PIECES;
  return piecesFen(item, before, pieces);
}
