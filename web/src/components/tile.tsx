import type { ReactNode } from 'react';
import { Link } from 'react-router';

interface TileProps {
  name: string;
  value: string;
  text: ReactNode;
  tone?: 'urgent' | 'plain' | 'calm';
  to?: string;
}

/** One figure, with a link to its details. */
export function Tile({ name, value, text, tone = 'plain', to }: TileProps): ReactNode {
  const content = (
    <>
      <span className="tile-name">{name}</span>
      <span className="tile-value">{value}</span>
      <span className="tile-text">{text}</span>
    </>
  );
  return to === undefined ? (
    <div className={`tile ${tone}`}>{content}</div>
  ) : (
    <Link className={`tile ${tone}`} to={to}>
      {content}
    </Link>
  );
}
