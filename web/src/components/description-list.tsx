import type { ReactNode } from 'react';

/** Names and values, side by side. Items with an undefined value are left out. */
export function DescriptionList({ items: facts }: { items: [name: string, value: ReactNode][] }): ReactNode {
  const known = facts.filter(([, value]) => value !== undefined);
  return (
    <dl className="facts">
      {known.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
