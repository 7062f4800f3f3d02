import type { ReactNode } from 'react';

export type LabelTone = 'wait' | 'good' | 'bad' | 'move' | 'warn' | 'plain' | 'play';

/** A short status on a coloured background. Each tone has a contrast of at least 4.5 : 1, unlike antd's tags. */
export function Label({ tone, children }: { tone: LabelTone; children: ReactNode }): ReactNode {
  return <span className={`label label-${tone}`}>{children}</span>;
}
