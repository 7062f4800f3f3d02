import type { ReactNode } from 'react';
import { useWords } from '../../words/words.js';
import { fieldText } from './field-text.js';

type Snapshot = Record<string, unknown> | null;

/** The fields in which before and after differ. What one of them does not speak of has not changed. */
export function Changes({ before, after }: { before: Snapshot; after: Snapshot }): ReactNode {
  const { audit: words } = useWords();
  const names = Object.keys(after ?? before ?? {});
  const changed = names.filter((name) => fieldText(name, before?.[name]) !== fieldText(name, after?.[name]));
  if (changed.length === 0) return <span className="quiet">–</span>;
  return (
    <ul className="changes">
      {changed.map((name) => (
        <li key={name}>
          <span className="quiet">{words.fields[name] ?? name}</span> <del>{fieldText(name, before?.[name])}</del>{' '}
          <ins>{fieldText(name, after?.[name])}</ins>
        </li>
      ))}
    </ul>
  );
}
