import { Tag } from 'antd';
import type { ReactNode } from 'react';
import { useTranslations } from '../../../i18n/language-provider.js';
import type { Translations } from '../../../i18n/zh.js';
import type { RefundFilter, RefundListState } from './use-refund-list.js';

/** Shows that a search covers all refunds, or the active filters, each with a button to remove it. */
export function RefundFilterChips({ list: { search, filters, removeFilter } }: { list: RefundListState }): ReactNode {
  const { common, refunds: t } = useTranslations();
  if (search !== '')
    return (
      <p className="filter-chips quiet" role="status">
        {t.searchesAll}
      </p>
    );
  if (filters.length === 0) return null;
  return (
    <div className="filter-chips" role="group" aria-label={common.filters}>
      {filters.map(({ name, value }) => {
        const text = filterText(name, value, t);
        return (
          <Tag
            key={name}
            closable={{ 'aria-label': common.removeFilter(text) }}
            onClose={(event) => {
              event.preventDefault(); // the tag disappears when the URL changes
              removeFilter(name);
            }}
          >
            {text}
          </Tag>
        );
      })}
    </div>
  );
}

function filterText(name: RefundFilter, value: string, t: Translations['refunds']): string {
  switch (name) {
    case 'wait':
      return t.waitReasons[value as keyof typeof t.waitReasons];
    case 'kind':
      return t.kinds[value as keyof typeof t.kinds];
    case 'from':
      return t.since(value);
    case 'unresolved':
      return t.unresolvedOnly;
    case 'toPayOtherwise':
      return t.toPayOtherwiseOnly;
  }
}
