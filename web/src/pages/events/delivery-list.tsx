import { App, Button, Empty, Popconfirm } from 'antd';
import type { ReactNode } from 'react';
import { unwrap, api, type EventDelivery, type EventEndpoint } from '../../api/client.js';
import { FilterSelect } from '../../components/filters.js';
import { DescriptionList, instant } from '../../components/description-list.js';
import { Label, type LabelTone } from '../../components/label.js';
import { LoadMore, PagedRows } from '../../components/paged-rows.js';
import { CopyableText } from '../../components/values.js';
import { useAction } from '../../hooks/use-action.js';
import { oneOf, useFilters } from '../../hooks/use-filters.js';
import { usePagedList } from '../../hooks/use-paged-list.js';
import { useTranslations } from '../../i18n/language-provider.js';
import { lookUp } from '../../utils/look-up.js';
import { DeliveryAttempts } from './delivery-attempts.js';

const REFETCH_INTERVAL_MS = 5_000;
const TONES: Record<EventDelivery['status'], LabelTone> = { WAITING: 'progress', DELIVERED: 'good', FAILED: 'bad' };

/** The deliveries of an endpoint, newest event first, with a filter by status. */
export function DeliveryList({ endpoint: { id, status: endpointStatus } }: { endpoint: EventEndpoint }): ReactNode {
  const { common, eventEndpoints: t } = useTranslations();
  const status = oneOf(['WAITING', 'DELIVERED', 'FAILED'], useFilters().get('status'));
  const list = usePagedList(
    `event-deliveries ${id}`,
    { status },
    // Without the total, because this list may be very long.
    ({ status, limit, cursor }) => {
      const query = { limit, ...(status && { status }), ...(cursor !== undefined && { cursor }) };
      return unwrap(api.GET('/admin/api/event-endpoints/{id}/deliveries', { params: { path: { id }, query } }));
    },
    REFETCH_INTERVAL_MS,
  );
  return (
    <section className="panel" aria-label={t.deliveries}>
      <h2>{t.deliveries}</h2>
      <div className="filters">
        <FilterSelect name="status" label={common.status} texts={t.deliveryStatuses} />
      </div>
      <PagedRows list={list} empty={<Empty description={status === undefined ? t.deliveriesEmpty : common.noMatch} />}>
        <ul className="cards">
          {list.rows.map((delivery) => (
            <li key={delivery.eventId} className="panel">
              <Delivery delivery={delivery} canRedeliver={endpointStatus === 'ENABLED'} />
            </li>
          ))}
        </ul>
        <LoadMore list={list} />
      </PagedRows>
    </section>
  );
}

function Delivery({ delivery, canRedeliver }: { delivery: EventDelivery; canRedeliver: boolean }): ReactNode {
  const { eventEndpoints: t } = useTranslations();
  const { eventId, type, status, createdAt, nextAttemptAt, endedAt } = delivery;
  return (
    <>
      <div className="page-head">
        <h3 className="breakable">{lookUp(t.typeNames, type) ?? type}</h3>
        <span className="mono quiet">{type}</span>
        <Label tone={TONES[status]}>{t.deliveryStatuses[status]}</Label>
        <span className="grow" />
        {canRedeliver && <RedeliverButton eventId={eventId} />}
      </div>
      <DescriptionList
        items={[
          [t.createdEvent, instant(createdAt)],
          [t.nextAttempt, instant(nextAttemptAt)],
          [t.endedAt, instant(endedAt)],
          [t.id, <CopyableText text={eventId} />],
        ]}
      />
      <DeliveryAttempts delivery={delivery} />
    </>
  );
}

/** Delivers the event again to every enabled endpoint that receives it, after a confirmation that says so. */
function RedeliverButton({ eventId }: { eventId: string }): ReactNode {
  const { common, eventEndpoints: t } = useTranslations();
  const { message } = App.useApp();
  const { run, isRunning } = useAction({
    request: () => unwrap(api.POST('/admin/api/events/{id}/redeliver', { params: { path: { id: eventId } } })),
    onSuccess: ({ count }) =>
      void (count === 0 ? message.info(t.redeliveredNowhere) : message.success(t.redeliveredToast(count))),
  });
  return (
    <Popconfirm title={t.confirmRedeliver} okText={t.redeliver} cancelText={common.cancel} onConfirm={() => run()}>
      <Button size="small" loading={isRunning} aria-label={`${t.redeliver}: ${eventId}`}>
        {t.redeliver}
      </Button>
    </Popconfirm>
  );
}
