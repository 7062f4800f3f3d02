import { useQuery } from '@tanstack/react-query';
import { Alert, Skeleton } from 'antd';
import type { ReactNode } from 'react';
import { unwrap, api, type EventEndpoint } from '../../api/client.js';
import { BackLink } from '../../components/back-link.js';
import { breakable, copyable, DescriptionList, instant } from '../../components/description-list.js';
import { ProblemPanel } from '../../components/problem-panel.js';
import { useTranslations } from '../../i18n/language-provider.js';
import { DeliveryList } from './delivery-list.js';
import { EndpointActions } from './endpoint-actions.js';
import { EndpointStatus, EventTypes } from './endpoint-values.js';

/** The status changes when a delivery fails or succeeds. */
const REFETCH_INTERVAL_MS = 5_000;

/** One endpoint with its deliveries. */
export function EndpointDetails({ endpointId }: { endpointId: string }): ReactNode {
  const { eventEndpoints: t } = useTranslations();
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['event-endpoint', endpointId],
    queryFn: () => unwrap(api.GET('/admin/api/event-endpoints/{id}', { params: { path: { id: endpointId } } })),
    refetchInterval: ({ state }) => (state.status === 'error' ? false : REFETCH_INTERVAL_MS),
  });
  if (isPending) return <Skeleton active paragraph={{ rows: 10 }} />;
  if (!data) {
    return (
      <>
        <BackLink fallback="/events" />
        <ProblemPanel error={error} onRetry={() => void refetch()} />
      </>
    );
  }
  return (
    <>
      <BackLink fallback="/events" />
      <div className="page-head">
        <h1>{t.details}</h1>
        <EndpointStatus endpoint={data} />
        <span className="grow" />
        <EndpointActions endpoint={data} />
      </div>
      {data.status === 'DISABLED' && (
        <Alert
          className="gap-below"
          type={data.disabledReason === 'GONE' ? 'error' : 'info'}
          showIcon
          title={data.disabledReason === 'GONE' ? t.goneHint : t.disabledHint}
        />
      )}
      <EndpointSummary endpoint={data} />
      <DeliveryList endpoint={data} />
    </>
  );
}

function EndpointSummary({ endpoint }: { endpoint: EventEndpoint }): ReactNode {
  const { eventEndpoints: t } = useTranslations();
  const { id, url, description, types, waitingCount, failedCount, previousSecretUntil, createdAt } = endpoint;
  return (
    <div className="panel wide-descriptions">
      <DescriptionList
        items={[
          [t.endpoint, breakable(url)],
          [t.description, breakable(description === '' ? null : description)],
          [t.types, <EventTypes types={types} />],
          [t.deliveryCounts, `${waitingCount} / ${failedCount}`],
          [t.previousSecretUntil, instant(previousSecretUntil)],
          [t.createdAt, instant(createdAt)],
          [t.id, copyable(id)],
        ]}
      />
    </div>
  );
}
