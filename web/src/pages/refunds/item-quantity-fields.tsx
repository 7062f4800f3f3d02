import { InputNumber } from 'antd';
import { type ReactNode, useState } from 'react';
import type { Schemas } from '../../api/client.js';
import { Money } from '../../components/money.js';
import { useTranslations } from '../../i18n/language-provider.js';
import { partialPriceFen } from './partial-price.js';

type Item = Schemas['OrderView']['items'][number];

/** Quantities of one item: to refund now, and refunded before. */
interface QuantitySelection {
  refundNow: number;
  refundedBefore: number;
}

const NO_SELECTION: QuantitySelection = { refundNow: 0, refundedBefore: 0 };

interface ItemQuantityFieldsProps {
  items: Item[];
  /** True if the order has earlier refunds, which may have covered some quantities. */
  hasEarlier: boolean;
  onSelect: (fen: number) => void;
}

/** Adds up the paid prices of the selected quantities, after the discount, exact to the fen. */
export function ItemQuantityFields({ items, hasEarlier, onSelect }: ItemQuantityFieldsProps): ReactNode {
  const { refunds: t, orders } = useTranslations();
  const [selections, setSelections] = useState<Record<string, QuantitySelection>>({});
  const select = ({ productId }: Item, change: Partial<QuantitySelection>): void => {
    const after = { ...selections, [productId]: { ...NO_SELECTION, ...selections[productId], ...change } };
    setSelections(after);
    onSelect(items.reduce((sum, item) => sum + selectedFen(item, after), 0));
  };
  const quantityInput = (item: Item, field: keyof QuantitySelection, max: number, label: string): ReactNode => (
    <InputNumber
      size="small"
      aria-label={`${label}: ${item.name}`}
      min={0}
      max={max}
      precision={0}
      // Enter only applies the quantity to the amount. Staff check the amount before they submit it.
      onPressEnter={(event) => event.preventDefault()}
      value={selections[item.productId]?.[field] ?? 0}
      onChange={(value) => select(item, { [field]: value ?? 0 })}
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
            const { refundedBefore: before } = selections[item.productId] ?? NO_SELECTION;
            return (
              <tr key={item.productId}>
                <td>{item.name}</td>
                <td className="right">
                  <Money fen={item.payableFen} /> <span className="quiet">/ {item.quantity}</span>
                </td>
                {hasEarlier && (
                  <td className="right">
                    {quantityInput(item, 'refundedBefore', item.quantity, t.quantityRefundedBefore)}
                  </td>
                )}
                <td className="right">
                  {quantityInput(item, 'refundNow', item.quantity - before, t.quantityToRefund)}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </details>
  );
}

function selectedFen(item: Item, selections: Record<string, QuantitySelection>): number {
  const { refundNow, refundedBefore } = selections[item.productId] ?? NO_SELECTION;
  return partialPriceFen(item, refundedBefore, refundNow);
}
