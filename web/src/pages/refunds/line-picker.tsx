import { InputNumber } from 'antd';
import { type ReactNode, useState } from 'react';
import type { Schemas } from '../../api/client.js';
import { Money } from '../../components/status-tags.js';
import { useTranslations } from '../../i18n/language-provider.js';
import { piecesFen } from './pieces.js';

type Item = Schemas['OrderView']['items'][number];

/** Pieces of one line: how many shall be given back, and how many have been. */
interface Pick {
  pieces: number;
  before: number;
}

const NO_PIECES: Pick = { pieces: 0, before: 0 };

interface LinePickerProps {
  items: Item[];
  /** Money of this order has gone back before: some pieces may have gone with it. */
  hasEarlier: boolean;
  onPick: (fen: number) => void;
}

/** Adds up what lines and pieces were paid with, after the discount, so that a part of an order goes back to the fen. */
export function LinePicker({ items, hasEarlier, onPick }: LinePickerProps): ReactNode {
  const { refunds: words, orders } = useTranslations();
  const [picks, setPicks] = useState<Record<string, Pick>>({});
  const pick = ({ productId }: Item, change: Partial<Pick>): void => {
    const after = { ...picks, [productId]: { ...NO_PIECES, ...picks[productId], ...change } };
    setPicks(after);
    onPick(items.reduce((sum, item) => sum + pickedFen(item, after), 0));
  };
  const count = (item: Item, what: keyof Pick, most: number, label: string): ReactNode => (
    <InputNumber
      size="small"
      aria-label={`${label}: ${item.name}`}
      min={0}
      max={most}
      precision={0}
      // Enter takes the number over and changes the amount: the amount is looked at before it is sent.
      onPressEnter={(event) => event.preventDefault()}
      value={picks[item.productId]?.[what] ?? 0}
      onChange={(value) => pick(item, { [what]: value ?? 0 })}
    />
  );
  return (
    <details className="gap-below">
      <summary>{words.byLine}</summary>
      <table className="lines">
        <thead>
          <tr>
            <th>{orders.items}</th>
            <th className="right">{orders.linePaid}</th>
            {hasEarlier && <th className="right">{words.piecesBefore}</th>}
            <th className="right">{words.pieces}</th>
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
                {hasEarlier && <td className="right">{count(item, 'before', item.quantity, words.piecesBefore)}</td>}
                <td className="right">{count(item, 'pieces', item.quantity - before, words.pieces)}</td>
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
