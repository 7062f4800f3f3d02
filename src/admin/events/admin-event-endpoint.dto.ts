import { ApiProperty } from '@nestjs/swagger';
import { BooleanFilter, SearchFilter } from '../../common/paging/list-filters.js';
import { CountedPageQuery } from '../../common/paging/paging.js';
import { ChoiceField } from '../../common/validation/fields.js';
import { EventEndpointView, eventEndpointView } from '../../event/endpoints/event-endpoint.dto.js';
import {
  ENDPOINT_STATUSES,
  type EndpointStatus,
  type EventEndpoint,
} from '../../event/endpoints/event-endpoint.entity.js';

const DISABLED_REASONS = ['GONE', 'BY_REQUEST'] as const;

export class AdminEventEndpointQuery extends CountedPageQuery {
  @SearchFilter('The id, or a part of the URL or the description.')
  readonly q?: string;

  @ChoiceField(ENDPOINT_STATUSES, { optional: true })
  readonly status?: EndpointStatus;

  @ChoiceField(DISABLED_REASONS, { optional: true, description: '`GONE`: as counted in `to-do`.' })
  readonly disabledReason?: (typeof DISABLED_REASONS)[number];

  @BooleanFilter('With or without `FAILED` deliveries.')
  readonly hasFailed?: boolean;
}

/** Numbers of deliveries of an endpoint. */
export interface DeliveryCounts {
  waitingCount: number;
  failedCount: number;
}

/** An endpoint with the numbers of its deliveries. */
export class AdminEventEndpointView extends EventEndpointView implements DeliveryCounts {
  @ApiProperty({ description: 'Deliveries that are `WAITING`.' })
  waitingCount!: number;

  @ApiProperty({ description: 'Deliveries that `FAILED` after all attempts in the last 30 days.' })
  failedCount!: number;
}

export function adminEventEndpointView(endpoint: EventEndpoint, counts: DeliveryCounts): AdminEventEndpointView {
  const { waitingCount, failedCount } = counts;
  return { ...eventEndpointView(endpoint), waitingCount, failedCount };
}
