import type { ReactNode } from 'react';
import { fullTime } from '../utils/time.js';

/** A time in the browser's time zone, which the footer of every page names. */
export function Instant({ at }: { at: string | null }): ReactNode {
  if (at === null) return <span className="quiet">–</span>;
  return (
    <time dateTime={at} className="number">
      {fullTime(at)}
    </time>
  );
}
