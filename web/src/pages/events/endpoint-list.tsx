import { type ReactNode, useState } from 'react';
import { Link } from 'react-router';
import { unwrap, api, type EventEndpoint } from '../../api/client.js';
import { FilterSelect } from '../../components/filters.js';
import { AddButton, ListPage, type RecordColumn } from '../../components/list-page.js';
import { Dash, Instant } from '../../components/values.js';
import { oneOf, useFilters, useSearch } from '../../hooks/use-filters.js';
import { usePagedList } from '../../hooks/use-paged-list.js';
import { useTranslations } from '../../i18n/language-provider.js';
import { NewEndpointDialog } from './dialogs/endpoint-dialog.js';
import { EndpointStatus, EventTypes } from './endpoint-values.js';

/** All endpoints, newest first. */
export function EndpointList(): ReactNode {
  const { eventEndpoints: t } = useTranslations();
  const [isAdding, setAdding] = useState(false);
  const list = usePagedList('event-endpoints', { ...useSearch(), ...useEndpointFilters() }, (query) =>
    unwrap(api.GET('/admin/api/event-endpoints', { params: { query } })),
  );
  return (
    <ListPage
      title={t.title}
      hint={t.hint}
      searchHint={t.searchHint}
      empty={t.empty}
      filters={
        <>
          <FilterSelect name="state" label={t.state} texts={t.states} hasLongTexts />
          <FilterSelect name="failed" label={t.failedFilter} texts={t.failedFilters} />
        </>
      }
      action={<AddButton text={t.add} onClick={() => setAdding(true)} />}
      list={list}
      columns={useColumns()}
      rowKey={({ id }) => id}
    >
      {isAdding && <NewEndpointDialog onClose={() => setAdding(false)} />}
    </ListPage>
  );
}

interface EndpointFilters {
  status?: 'ENABLED';
  disabledReason?: 'GONE' | 'BY_REQUEST';
  hasFailed?: boolean;
}

/** The filters in the URL as query parameters. */
function useEndpointFilters(): EndpointFilters {
  const { get } = useFilters();
  const disabledReason = oneOf(['GONE', 'BY_REQUEST'], get('state'));
  const hasFailed = oneOf(['true', 'false'], get('failed'));
  return {
    ...(get('state') === 'ENABLED' && { status: 'ENABLED' }),
    ...(disabledReason && { disabledReason }),
    ...(hasFailed && { hasFailed: hasFailed === 'true' }),
  };
}

function useColumns(): RecordColumn<EventEndpoint>[] {
  const { eventEndpoints: t } = useTranslations();
  return [
    {
      key: 'url',
      title: t.endpoint,
      render: ({ id, url, description }) => (
        <div className="product-text">
          <Link to={`/events/${id}`} className="breakable">
            {url}
          </Link>
          {description !== '' && <div className="quiet breakable">{description}</div>}
        </div>
      ),
    },
    { key: 'types', title: t.types, render: ({ types }) => <EventTypes types={types} maxShown={3} /> },
    { key: 'state', title: t.state, render: (endpoint) => <EndpointStatus endpoint={endpoint} /> },
    { key: 'counts', title: t.deliveries, render: (endpoint) => <DeliveryCounts endpoint={endpoint} /> },
    { key: 'createdAt', title: t.createdAt, render: ({ createdAt }) => <Instant at={createdAt} /> },
  ];
}

/** Links to the waiting and the failed deliveries. */
function DeliveryCounts({ endpoint: { id, waitingCount, failedCount } }: { endpoint: EventEndpoint }): ReactNode {
  const { eventEndpoints: t } = useTranslations();
  if (waitingCount + failedCount === 0) return <Dash />;
  return (
    <>
      {waitingCount > 0 && <Link to={`/events/${id}?status=WAITING`}>{t.waitingCount(waitingCount)}</Link>}
      {waitingCount > 0 && failedCount > 0 && ' · '}
      {failedCount > 0 && (
        <Link to={`/events/${id}?status=FAILED`} className="bad">
          {t.failedCount(failedCount)}
        </Link>
      )}
    </>
  );
}
