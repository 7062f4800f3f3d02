import { Select } from 'antd';
import type { ReactNode } from 'react';
import { answered, api } from '../../api/client.js';
import { Instant } from '../../shared/bits.js';
import { DayRange, useDayRange } from '../../shared/day-range.js';
import { type RecordColumn, RecordList } from '../../shared/record-list.js';
import { SearchBox } from '../../shared/search-box.js';
import { useFilters } from '../../shared/use-filters.js';
import { usePages } from '../../shared/use-pages.js';
import { useWords } from '../../words/words.js';
import { Changes } from './changes.js';
import { lookUp } from './field-text.js';
import { type AuditLine, Subject } from './subject.js';
import { useReader } from './use-reader.js';

/** How the name of an actor begins that is a program of the shop with an API key. */
const BY_KEY = 'key:';

/** Who did what, newest first. */
export default function AuditPage(): ReactNode {
  const { audit: words } = useWords();
  const { get } = useFilters();
  const [q, action] = [get('q'), get('action')];
  const wanted = {
    ...(q !== '' && { q }),
    ...(action !== '' && { action }),
    ...useDayRange(),
  };
  const list = usePages(['audit', wanted], (page) =>
    answered(api.GET('/admin/api/audit-log', { params: { query: { ...wanted, ...page } } })),
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
  const { audit: words, common } = useWords();
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

function useColumns(): RecordColumn<AuditLine>[] {
  const reader = useReader();
  const { audit: words, common } = useWords();
  return [
    { key: 'at', title: common.time, render: ({ at }) => <Instant at={at} /> },
    {
      ...{ key: 'actor', title: words.actor },
      render: ({ actor: { username } }) => (
        <span className="breakable">
          {username.startsWith(BY_KEY) ? words.byKey(username.slice(BY_KEY.length)) : username}
        </span>
      ),
    },
    { key: 'action', title: words.action, render: ({ action }) => lookUp(words.actions, action) ?? words.otherAction },
    { key: 'subject', title: words.subject, render: (line) => <Subject line={line} reader={reader} /> },
    { key: 'change', title: words.change, render: (line) => <Changes line={line} reader={reader} /> },
    { key: 'ip', title: words.ip, render: ({ ip }) => <span className="mono">{ip}</span> },
  ];
}
