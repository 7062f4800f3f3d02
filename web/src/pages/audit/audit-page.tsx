import { Select } from 'antd';
import type { ReactNode } from 'react';
import { unwrap, api } from '../../api/client.js';
import { Instant } from '../../components/status-tags.js';
import { DayRange, useDayRange } from '../../components/day-range.js';
import { type RecordColumn, RecordList } from '../../components/record-list.js';
import { SearchBox } from '../../components/search-box.js';
import { useFilters } from '../../hooks/use-filters.js';
import { usePagedList } from '../../hooks/use-paged-list.js';
import { useTranslations } from '../../i18n/language-provider.js';
import { Changes } from './changes.js';
import { lookUp } from './format-field.js';
import { type AuditEntry, Subject } from './subject.js';
import { useFieldTextContext } from './use-field-text-context.js';

/** How the name of an actor begins that is a program of the shop with an API key. */
const API_KEY_PREFIX = 'key:';

/** Who did what, newest first. */
export default function AuditPage(): ReactNode {
  const { audit: words } = useTranslations();
  const { get } = useFilters();
  const [q, action] = [get('q'), get('action')];
  const wanted = {
    ...(q !== '' && { q }),
    ...(action !== '' && { action }),
    ...useDayRange(),
  };
  const list = usePagedList(['audit', wanted], (page) =>
    unwrap(api.GET('/admin/api/audit-log', { params: { query: { ...wanted, ...page } } })),
  );
  return (
    <>
      <div className="page-head">
        <h1>{words.title}</h1>
      </div>
      <Filters />
      <RecordList list={list} columns={useColumns()} rowKey={({ id }) => id} empty={words.empty} label={words.title} />
    </>
  );
}

function Filters(): ReactNode {
  const { audit: words, common } = useTranslations();
  const { get, set } = useFilters();
  const actions = Object.entries(words.actions).map(([value, label]) => ({ value, label }));
  return (
    <div className="filters">
      <div className="filter-search">
        <SearchBox value={get('q')} hint={words.searchHint} onSearch={(text) => set('q', text)} />
      </div>
      <label>
        {words.action}
        <Select
          value={get('action')}
          aria-label={words.action}
          options={[{ value: '', label: common.all }, ...actions]}
          popupMatchSelectWidth={false}
          onChange={(value: string) => set('action', value)}
        />
      </label>
      <DayRange />
    </div>
  );
}

function useColumns(): RecordColumn<AuditEntry>[] {
  const reader = useFieldTextContext();
  const { audit: words, common } = useTranslations();
  return [
    { key: 'at', title: common.time, render: ({ at }) => <Instant at={at} /> },
    {
      ...{ key: 'actor', title: words.actor },
      render: ({ actor: { username } }) => (
        <span className="breakable">
          {username.startsWith(API_KEY_PREFIX) ? words.byKey(username.slice(API_KEY_PREFIX.length)) : username}
        </span>
      ),
    },
    { key: 'action', title: words.action, render: ({ action }) => lookUp(words.actions, action) ?? words.otherAction },
    { key: 'subject', title: words.subject, render: (line) => <Subject line={line} reader={reader} /> },
    { key: 'change', title: words.change, render: (line) => <Changes line={line} reader={reader} /> },
    { key: 'ip', title: words.ip, render: ({ ip }) => <span className="mono">{ip}</span> },
  ];
}
