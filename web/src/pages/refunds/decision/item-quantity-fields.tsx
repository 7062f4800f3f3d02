import { InputNumber } from 'antd';
import { type ReactNode, useState } from 'react';
import type { Schemas } from '../../../api/client.js';
import { Money } from '../../../components/values.js';
import { useTranslations } from '../../../i18n/language-provider.js';
import { partialPriceFen } from '../../../utils/money.js';

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
  // By the place of the item, because lines of a payment order have no product.
  const [selections, setSelections] = useState<Record<number, QuantitySelection>>({});
  const select = (place: number, change: Partial<QuantitySelection>): void => {
    const after = { ...selections, [place]: { ...NO_SELECTION, ...selections[place], ...change } };
    setSelections(after);
    onSelect(items.reduce((sum, item, at) => sum + selectedFen(item, after[at]), 0));
  };
  const quantityInput = (
    place: number,
    item: Item,
    field: keyof QuantitySelection,
    max: number,
    label: string,
  ): ReactNode => (
    <InputNumber
      size="small"
      aria-label={`${label}: ${item.name}`}
      min={0}
      max={max}
      precision={0}
      // Enter only applies the quantity to the amount. Staff check the amount before they submit it.
      onPressEnter={(event) => event.preventDefault()}
      value={selections[place]?.[field] ?? 0}
      onChange={(value) => select(place, { [field]: value ?? 0 })}
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
          {items.map((item, place) => {
            const { refundedBefore: before } = selections[place] ?? NO_SELECTION;
            return (
              <tr key={place}>
                <td>{item.name}</td>
                <td className="right">
                  <Money fen={item.payableFen} /> <span className="quiet">/ {item.quantity}</span>
                </td>
                {hasEarlier && (
                  <td className="right">
                    {quantityInput(place, item, 'refundedBefore', item.quantity, t.quantityRefundedBefore)}
                  </td>
                )}
                <td className="right">
                  {quantityInput(place, item, 'refundNow', item.quantity - before, t.quantityToRefund)}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </details>
  );
}

function selectedFen(item: Item, { refundNow, refundedBefore } = NO_SELECTION): number {
  return partialPriceFen(item, refundedBefore, refundNow);
}
