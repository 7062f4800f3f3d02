import { useQueries } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { unwrap, api } from '../../api/client.js';
import { DayRange, FilterSelect, useDayRange } from '../../components/filters.js';
import { ListPage, type RecordColumn } from '../../components/list-page.js';
import { Instant } from '../../components/values.js';
import { useFilters, useSearch } from '../../hooks/use-filters.js';
import { usePagedList } from '../../hooks/use-paged-list.js';
import { useTranslations } from '../../i18n/language-provider.js';
import { lookUp } from '../../utils/look-up.js';
import { useCarrierNames } from '../orders/shipping/use-carriers.js';
import { AuditChanges } from './audit-changes.js';
import { type AuditEntry, AuditSubject } from './audit-subject.js';
import type { FieldTextContext } from './format-field.js';

/** Prefix of the actor's name if the actor is an API key. */
const API_KEY_PREFIX = 'key:';

/** The audit log, newest first. */
export default function AuditPage(): ReactNode {
  const { audit: t } = useTranslations();
  const action = useFilters().get('action');
  const filters = { ...useSearch(), ...(action !== '' && { action }), ...useDayRange() };
  const list = usePagedList('audit', filters, (query) =>
    unwrap(api.GET('/admin/api/audit-log', { params: { query } })),
  );
  return (
    <ListPage
      title={t.title}
      searchHint={t.searchHint}
      empty={t.empty}
      filters={
        <>
          <FilterSelect name="action" label={t.action} texts={t.actions} hasLongTexts />
          <DayRange />
        </>
      }
      list={list}
      columns={useColumns()}
      rowKey={({ id }) => id}
    />
  );
}

function useColumns(): RecordColumn<AuditEntry>[] {
  const context = useFieldTextContext();
  const { audit: t, common } = useTranslations();
  return [
    { key: 'at', title: common.time, render: ({ at }) => <Instant at={at} /> },
    {
      key: 'actor',
      title: t.actor,
      render: ({ actor: { username } }) => (
        <span className="breakable">
          {username.startsWith(API_KEY_PREFIX) ? t.byKey(username.slice(API_KEY_PREFIX.length)) : username}
        </span>
      ),
    },
    { key: 'action', title: t.action, render: ({ action }) => lookUp(t.actions, action) ?? t.otherAction },
    { key: 'subject', title: t.subject, render: (entry) => <AuditSubject entry={entry} context={context} /> },
    { key: 'change', title: t.change, render: (entry) => <AuditChanges entry={entry} context={context} /> },
    { key: 'ip', title: t.ip, render: ({ ip }) => <span className="mono">{ip}</span> },
  ];
}

/** Only the newest records of each kind. Older ones are shown by ID. */
const query = { limit: 100 };
/** Milliseconds during which names are not fetched again. */
const staleTime = 60_000;

const LISTS = [
  { kind: 'staff', load: () => unwrap(api.GET('/admin/api/admins', { params: { query } })) },
  { kind: 'products', load: () => unwrap(api.GET('/admin/api/products', { params: { query } })) },
  { kind: 'coupons', load: () => unwrap(api.GET('/admin/api/coupons', { params: { query } })) },
  { kind: 'keys', load: () => unwrap(api.GET('/admin/api/api-keys', { params: { query } })) },
] as const;

/** Translations and the names behind IDs, as far as they are loaded. */
function useFieldTextContext(): FieldTextContext {
  const t = useTranslations();
  const carriers = useCarrierNames();
  const results = useQueries({
    queries: LISTS.map(({ kind, load }) => ({
      queryKey: ['names', kind],
      queryFn: async () => (await load()).items.map((item) => [item.id, nameOf(item)] as const),
      staleTime,
    })),
  });
  return { t, carriers, names: new Map(results.flatMap(({ data }) => data ?? [])) };
}

function nameOf(item: { username: string } | { name: string }): string {
  return 'username' in item ? item.username : item.name;
}
