import type { ReactNode } from 'react';

export type LabelTone = 'wait' | 'good' | 'bad' | 'move' | 'warn' | 'plain' | 'play';

/** A state in a word or two, on a ground that says how urgent it is. Every tone keeps 4.5 : 1, which antd's tags do not. */
export function Label({ tone, children }: { tone: LabelTone; children: ReactNode }): ReactNode {
  return <span className={`label label-${tone}`}>{children}</span>;
}
