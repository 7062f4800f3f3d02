import { Tag } from 'antd';
import type { ReactNode } from 'react';
import { useTranslations } from '../../i18n/language-provider.js';
import type { Translations } from '../../i18n/zh.js';
import type { RefundFilter, RefundListState } from './use-refund-list.js';

/** Says where a search looks, or what narrows the queue, each with a cross that takes it away. */
export function RefundFilterChips({
  queue: { search, filters: narrowings, removeFilter: drop },
}: {
  queue: RefundListState;
}): ReactNode {
  const { common, refunds: words } = useTranslations();
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
        const text = filterText(name, value, words);
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

function filterText(name: RefundFilter, value: string, words: Translations['refunds']): string {
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
