import { Select } from 'antd';
import type { ReactNode } from 'react';
import { unwrap, api } from '../../api/client.js';
import { Instant } from '../../components/instant.js';
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

/** Prefix of the actor's name if the actor is an API key. */
const API_KEY_PREFIX = 'key:';

/** The audit log, newest first. */
export default function AuditPage(): ReactNode {
  const { audit: t } = useTranslations();
  const { get } = useFilters();
  const [q, action] = [get('q'), get('action')];
  const filters = {
    ...(q !== '' && { q }),
    ...(action !== '' && { action }),
    ...useDayRange(),
  };
  const list = usePagedList(['audit', filters], (page) =>
    unwrap(api.GET('/admin/api/audit-log', { params: { query: { ...filters, ...page } } })),
  );
  return (
    <>
      <div className="page-head">
        <h1>{t.title}</h1>
      </div>
      <Filters />
      <RecordList list={list} columns={useColumns()} rowKey={({ id }) => id} empty={t.empty} label={t.title} />
    </>
  );
}

function Filters(): ReactNode {
  const { audit: t, common } = useTranslations();
  const { get, set } = useFilters();
  const actions = Object.entries(t.actions).map(([value, label]) => ({ value, label }));
  return (
    <div className="filters">
      <div className="filter-search">
        <SearchBox value={get('q')} hint={t.searchHint} onSearch={(text) => set('q', text)} />
      </div>
      <label>
        {t.action}
        <Select
          value={get('action')}
          aria-label={t.action}
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
  const context = useFieldTextContext();
  const { audit: t, common } = useTranslations();
  return [
    { key: 'at', title: common.time, render: ({ at }) => <Instant at={at} /> },
    {
      ...{ key: 'actor', title: t.actor },
      render: ({ actor: { username } }) => (
        <span className="breakable">
          {username.startsWith(API_KEY_PREFIX) ? t.byKey(username.slice(API_KEY_PREFIX.length)) : username}
        </span>
      ),
    },
    { key: 'action', title: t.action, render: ({ action }) => lookUp(t.actions, action) ?? t.otherAction },
    { key: 'subject', title: t.subject, render: (entry) => <Subject entry={entry} context={context} /> },
    { key: 'change', title: t.change, render: (entry) => <Changes entry={entry} context={context} /> },
    { key: 'ip', title: t.ip, render: ({ ip }) => <span className="mono">{ip}</span> },
  ];
}
