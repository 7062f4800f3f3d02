import type { ReactNode } from 'react';

/** Names and what they are, side by side. A fact that is undefined is none. */
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
