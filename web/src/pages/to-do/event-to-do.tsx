import type { ReactNode } from 'react';
import type { Schemas } from '../../api/client.js';
import { useHasRole } from '../../auth/session.js';
import { Tile } from '../../components/tile.js';
import { useTranslations } from '../../i18n/language-provider.js';

/** Disabled event endpoints and failed deliveries, if there are any. Only administrators see the page of the links. */
export function EventTiles({ events }: { events: Schemas['ToDoView']['events'] }): ReactNode {
  const { eventEndpoints: t } = useTranslations();
  const canOpen = useHasRole()('ADMIN');
  const tiles = [
    { name: t.toDoDisabled, count: events.disabledEndpoints, text: t.toDoDisabledText, to: '/events?state=GONE' },
    { name: t.toDoFailed, count: events.failedDeliveries, text: t.toDoFailedText, to: '/events?failed=true' },
  ];
  return tiles
    .filter(({ count }) => count > 0)
    .map(({ name, count, text, to }) => (
      <Tile key={name} name={name} value={String(count)} text={text} tone="urgent" {...(canOpen && { to })} />
    ));
}
