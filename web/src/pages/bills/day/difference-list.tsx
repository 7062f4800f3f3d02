import { Empty } from 'antd';
import type { ReactNode } from 'react';
import { api, type BillRecord, unwrap } from '../../../api/client.js';
import { FilterSelect } from '../../../components/filters.js';
import { LoadMore, PagedRows } from '../../../components/paged-rows.js';
import { oneOf, useFilters } from '../../../hooks/use-filters.js';
import { usePagedList } from '../../../hooks/use-paged-list.js';
import { useTranslations } from '../../../i18n/language-provider.js';
import { DifferenceCard } from './difference-card.js';
import { ExplainDialog } from './explain-dialog.js';

const SECTION_ID = 'differences';

export function showDifferences(): void {
  document.getElementById(SECTION_ID)?.scrollIntoView();
}

/** The differences of a day, with a filter by status. The dialog's difference is in the URL, so that it opens again after a login. */
export function DifferenceList({ bill: { date, reconciledAt } }: { bill: BillRecord }): ReactNode {
  const { bills: t, common } = useTranslations();
  const { get, set } = useFilters();
  const status = oneOf(['OPEN', 'RESOLVED', 'EXPLAINED'], get('status'));
  const key = `bill-differences ${date} ${reconciledAt ?? ''}`; // a new comparison replaces the differences
  const list = usePagedList(key, status === undefined ? {} : { status }, (query) =>
    unwrap(api.GET('/admin/api/bills/{date}/differences', { params: { path: { date }, query } })),
  );
  if (reconciledAt === null) return null;
  const explained = list.rows.find(({ id }) => String(id) === get('explain'));
  return (
    <section id={SECTION_ID} className="panel" aria-label={t.differences}>
      <div className="page-head">
        <h2>{t.differences}</h2>
        <span className="grow" />
        <div className="filters">
          <FilterSelect name="status" label={common.status} texts={t.differenceStatuses} />
        </div>
      </div>
      <PagedRows list={list} empty={<Empty description={status === undefined ? t.noDifferences : common.noMatch} />}>
        <ul className="cards">
          {list.rows.map((difference) => (
            <li key={difference.id} className="panel">
              <DifferenceCard difference={difference} onExplain={() => set('explain', String(difference.id))} />
            </li>
          ))}
        </ul>
        <LoadMore list={list} />
      </PagedRows>
      {explained && explained.status !== 'RESOLVED' && (
        <ExplainDialog date={date} difference={explained} onClose={() => set('explain', '')} />
      )}
    </section>
  );
}
