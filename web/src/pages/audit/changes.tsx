import type { ReactNode } from 'react';
import { yuan } from '../../money.js';
import { useWords } from '../../words/words.js';

type Snapshot = Record<string, unknown> | null;

/** The fields in which before and after differ. What one of them does not speak of has not changed. */
export function Changes({ before, after }: { before: Snapshot; after: Snapshot }): ReactNode {
  const { audit: words } = useWords();
  const names = Object.keys(after ?? before ?? {});
  const changed = names.filter((name) => textOf(name, before?.[name]) !== textOf(name, after?.[name]));
  if (changed.length === 0) return <span className="quiet">–</span>;
  return (
    <ul className="changes">
      {changed.map((name) => (
        <li key={name}>
          <span className="quiet">{words.fields[name] ?? name}</span> <del>{textOf(name, before?.[name])}</del>{' '}
          <ins>{textOf(name, after?.[name])}</ins>
        </li>
      ))}
    </ul>
  );
}

/** Nothing for what is not there. */
function textOf(name: string, value: unknown): string {
  if (value === undefined || value === null) return '';
  if (name.endsWith('Fen') && typeof value === 'number') return yuan(value);
  return typeof value === 'string' ? value : JSON.stringify(value);
}
