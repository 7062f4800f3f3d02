import { Tag } from 'antd';
import type { ReactNode } from 'react';
import { useWords } from '../../words/words.js';
import type { Words } from '../../words/zh.js';
import type { Narrowing, RefundQueue } from './use-queue.js';

/** Says where a search looks, or what narrows the queue, each with a cross that takes it away. */
export function QueueChips({ queue: { search, narrowings, drop } }: { queue: RefundQueue }): ReactNode {
  const { common, refunds: words } = useWords();
  if (search !== '')
    return (
      <p className="queue-chips quiet" role="status">
        {words.searchesAll}
      </p>
    );
  if (narrowings.length === 0) return null;
  return (
    <div className="queue-chips" role="group" aria-label={common.filters}>
      {narrowings.map(({ name, value }) => {
        const text = textOf(name, value, words);
        return (
          <Tag
            key={name}
            closable={{ 'aria-label': common.removeFilter(text) }}
            onClose={(event) => {
              event.preventDefault(); // it goes when the address has changed
              drop(name);
            }}
          >
            {text}
          </Tag>
        );
      })}
    </div>
  );
}

function textOf(name: Narrowing, value: string, words: Words['refunds']): string {
  switch (name) {
    case 'wait':
      return words.waits[value as keyof typeof words.waits];
    case 'kind':
      return words.kinds[value as keyof typeof words.kinds];
    case 'from':
      return words.since(value);
    case 'unresolved':
      return words.unresolvedOnly;
  }
}
