import type { ReactNode } from 'react';
import { formatYuan } from '../utils/money.js';

/** An amount in fen, shown in yuan. */
export function Money({ fen, isBold = false }: { fen: number; isBold?: boolean }): ReactNode {
  return <span className="number">{isBold ? <strong>{formatYuan(fen)}</strong> : formatYuan(fen)}</span>;
}
