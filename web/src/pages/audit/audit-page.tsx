import { Input, Select } from 'antd';
import type { ReactNode } from 'react';
import { answered, api, type Schemas } from '../../api/client.js';
import { Instant } from '../../shared/bits.js';
import { type RecordColumn, RecordList } from '../../shared/record-list.js';
import { SearchBox } from '../../shared/search-box.js';
import { instantOfDay } from '../../shared/time.js';
import { useFilters } from '../../shared/use-filters.js';
import { usePages } from '../../shared/use-pages.js';
import { useWords } from '../../words/words.js';
import { Changes } from './changes.js';

type Line = Schemas['AuditView'];

const PAGE_SIZE = 50;
const DAY = /^\d{4}-\d\d-\d\d$/;

/** Who did what, newest first. */
export default function AuditPage(): ReactNode {
  const { audit: words } = useWords();
  const { get } = useFilters();
  const [q, action, from, to] = [get('q'), get('action'), get('from'), get('to')];
  const wanted = {
    ...(q !== '' && { q }),
    ...(action !== '' && { action }),
    ...(DAY.test(from) && { from: instantOfDay(from) }),
    ...(DAY.test(to) && { to: instantOfDay(to, 1) }),
  };
  const list = usePages(['audit', wanted], (cursor) => {
    const query = { ...wanted, limit: PAGE_SIZE, withTotal: true, ...(cursor !== undefined && { cursor }) };
    return answered(api.GET('/admin/api/audit-log', { params: { query } }));
  });
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
      <label>
        {common.from}
        <Input type="date" value={get('from')} onChange={({ target }) => set('from', target.value)} />
      </label>
      <label>
        {common.to}
        <Input type="date" value={get('to')} onChange={({ target }) => set('to', target.value)} />
      </label>
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
