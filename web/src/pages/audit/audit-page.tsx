import { Select } from 'antd';
import type { ReactNode } from 'react';
import { answered, api, type Schemas } from '../../api/client.js';
import { Instant } from '../../shared/bits.js';
import { DayRange, useDayRange } from '../../shared/day-range.js';
import { type RecordColumn, RecordList } from '../../shared/record-list.js';
import { SearchBox } from '../../shared/search-box.js';
import { useFilters } from '../../shared/use-filters.js';
import { usePages } from '../../shared/use-pages.js';
import { useWords } from '../../words/words.js';
import { Changes } from './changes.js';

type Line = Schemas['AuditView'];

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

function useColumns(): RecordColumn<Line>[] {
  const { audit: words, common } = useWords();
  return [
    { key: 'at', title: common.time, render: ({ at }) => <Instant at={at} /> },
    { key: 'actor', title: words.actor, render: ({ actor }) => <span className="breakable">{actor.username}</span> },
    { key: 'action', title: words.action, render: ({ action }) => words.actions[action] ?? action },
    { key: 'subject', title: words.subject, render: ({ subject }) => <span className="mono">{subject}</span> },
    { key: 'change', title: words.change, render: ({ before, after }) => <Changes before={before} after={after} /> },
    { key: 'ip', title: words.ip, render: ({ ip }) => <span className="mono">{ip}</span> },
  ];
}
