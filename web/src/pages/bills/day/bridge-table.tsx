import type { ReactNode } from 'react';
import { Money } from '../../../components/values.js';

export interface BridgeLine {
  name: string;
  fen: number;
  /** True for a sum of the lines above it, or a balance. */
  isTotal?: boolean;
  /** True for a part of the total above it. */
  isPart?: boolean;
}

/** Lines that lead from one amount to another. */
export function BridgeTable({ name, lines }: { name: string; lines: readonly BridgeLine[] }): ReactNode {
  return (
    <table className="lines bridge" aria-label={name}>
      <tbody>
        {lines.map(({ name: line, fen, isTotal = false, isPart = false }) => (
          <tr key={line} className={isTotal ? 'total' : isPart ? 'part' : undefined}>
            <th scope="row">{line}</th>
            <td>
              <Money fen={fen} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
