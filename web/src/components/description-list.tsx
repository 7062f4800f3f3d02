import type { ReactNode } from 'react';
import { CopyableText, Instant } from './values.js';

export type Description = [name: string, value: ReactNode];

/** Names and values, side by side. Items without a value (null, undefined or false) are omitted. */
export function DescriptionList({ items }: { items: Description[] }): ReactNode {
  const shownItems = items.filter(([, value]) => value !== undefined && value !== null && value !== false);
  return (
    <dl className="description-list">
      {shownItems.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Values of a DescriptionList. Null stays null, so that the item is omitted. */
export const instant = (at: string | null): ReactNode => at !== null && <Instant at={at} />;
export const copyable = (text: string | null): ReactNode => text !== null && <CopyableText text={text} />;
export const breakable = (text: string | null): ReactNode => text !== null && <span className="breakable">{text}</span>;
