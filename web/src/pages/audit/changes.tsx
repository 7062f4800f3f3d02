import type { ReactNode } from 'react';
import { yuan } from '../../money.js';

type Snapshot = Record<string, unknown> | null;

/** The fields in which before and after differ. */
export function Changes({ before, after }: { before: Snapshot; after: Snapshot }): ReactNode {
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  const changed = names.filter((name) => JSON.stringify(before?.[name]) !== JSON.stringify(after?.[name]));
  if (changed.length === 0) return <span className="quiet">–</span>;
  return (
    <ul className="changes">
      {changed.map((name) => (
        <li key={name}>
          <span className="quiet">{name}</span> {before && name in before && <del>{shown(name, before[name])}</del>}{' '}
          {after && name in after && <ins>{shown(name, after[name])}</ins>}
        </li>
      ))}
    </ul>
  );
}

function shown(name: string, value: unknown): string {
  if (name.endsWith('Fen') && typeof value === 'number') return yuan(value);
  return typeof value === 'string' ? value : JSON.stringify(value);
}
