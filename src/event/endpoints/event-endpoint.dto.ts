import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayUnique, IsArray, IsIn, IsString, MaxLength } from 'class-validator';
import { IfDefined } from '../../common/if-defined.js';
import { ApiTime, ApiTimeOrNull } from '../../common/time/api-time.js';
import { BooleanField, ChoiceField, InstantField, IntegerField, LineField } from '../../common/validation/fields.js';
import { EVENT_TYPES, type EventType } from '../event-types.js';
import { ENDPOINT_STATUSES, type EndpointStatus, type EventEndpoint, typesOf } from './event-endpoint.entity.js';
import { MAX_URL_LENGTH } from './endpoint-url.js';

const MAX_DESCRIPTION_LENGTH = 200;
const DEFAULT_OVERLAP_HOURS = 24;
const MAX_OVERLAP_HOURS = 168;

function UrlField({ optional }: { optional: boolean }): PropertyDecorator {
  return applyDecorators(
    ApiProperty({
      maxLength: MAX_URL_LENGTH,
      example: 'https://erp.example.com/events',
      required: !optional,
      description: 'In production `https` to a public address. Without username, password and fragment.',
    }),
    ...(optional ? [IfDefined()] : []),
    IsString(),
    MaxLength(MAX_URL_LENGTH),
  );
}

function TypesField(description: string): PropertyDecorator {
  return applyDecorators(
    ApiProperty({ enum: EVENT_TYPES, isArray: true, required: false, description }),
    IfDefined(),
    IsArray(),
    ArrayMaxSize(EVENT_TYPES.length),
    ArrayUnique(),
    IsIn(EVENT_TYPES, { each: true }),
  );
}

export class NewEventEndpointBody {
  @UrlField({ optional: false })
  readonly url!: string;

  @TypesField('The types to receive. Default, and with an empty list: all.')
  readonly types?: EventType[];

  @LineField({ min: 0, max: MAX_DESCRIPTION_LENGTH, optional: true })
  readonly description?: string;
}

export class ChangeEventEndpointBody {
  @UrlField({ optional: true })
  readonly url?: string;

  @TypesField('The types to receive. An empty list: all.')
  readonly types?: EventType[];

  @LineField({ min: 0, max: MAX_DESCRIPTION_LENGTH, optional: true })
  readonly description?: string;

  @ChoiceField(ENDPOINT_STATUSES, {
    optional: true,
    description:
      'A disabled endpoint gets no new events. `ENABLED` continues with waiting deliveries and later events.',
  })
  readonly status?: EndpointStatus;
}

export class RotateSecretBody {
  @IntegerField({
    min: 0,
    max: MAX_OVERLAP_HOURS,
    optional: true,
    default: DEFAULT_OVERLAP_HOURS,
    description: 'Hours during which the previous secret signs too.',
  })
  readonly overlapHours: number = DEFAULT_OVERLAP_HOURS;
}

export class ReplayBody {
  @InstantField({ description: 'Events at or after this instant.' })
  readonly from!: string;

  @InstantField({ description: 'Events before this instant.' })
  readonly to!: string;

  @TypesField('Only these of the types that the endpoint receives. Default: all of them.')
  readonly types?: EventType[];

  @BooleanField({
    optional: true,
    default: false,
    description: 'Only events whose delivery to the endpoint has `FAILED`.',
  })
  readonly onlyFailed?: boolean;
}

export class ReplayView {
  @ApiProperty({ description: 'The number of events that are delivered again.' })
  count!: number;

  @ApiTimeOrNull('The `from` of the next call if the range has more events than one call takes; null at the end.')
  continueFrom!: Date | null;
}

export class RedeliveryView {
  @ApiProperty({ description: 'The number of endpoints to which the event is delivered again.' })
  count!: number;
}

/** An endpoint without its secret. */
export class EventEndpointView {
  @ApiProperty({ example: 'ep_K7Q2M9XWPA0B4D1E' })
  id!: string;

  @ApiProperty()
  url!: string;

  @ApiProperty({ enum: EVENT_TYPES, isArray: true, description: 'Empty for all types.' })
  types!: EventType[];

  @ApiProperty()
  description!: string;

  @ApiProperty({ enum: ENDPOINT_STATUSES })
  status!: EndpointStatus;

  @ApiProperty({
    enum: ['GONE', 'BY_REQUEST'],
    nullable: true,
    description: '`GONE`: the receiver answered 410. Null while enabled.',
  })
  disabledReason!: 'GONE' | 'BY_REQUEST' | null;

  @ApiProperty({ description: 'Failed attempts since the last success.' })
  failures!: number;

  @ApiTimeOrNull('No attempt before this time, after failures or because of `Retry-After`.')
  pausedUntil!: Date | null;

  @ApiTimeOrNull('Until when the previous secret signs too.')
  previousSecretUntil!: Date | null;

  @ApiTime()
  createdAt!: Date;

  @ApiTime()
  updatedAt!: Date;
}

export class EventEndpointWithSecretView extends EventEndpointView {
  @ApiProperty({ example: 'whsec_…', description: 'The secret of Standard Webhooks. Only this response contains it.' })
  secret!: string;
}

export function eventEndpointView(endpoint: EventEndpoint): EventEndpointView {
  const { endpointId: id, url, description, status, disabledReason, failures, pausedUntil } = endpoint;
  const { previousSecretUntil, createdAt, updatedAt } = endpoint;
  return {
    id,
    url,
    types: typesOf(endpoint),
    description,
    status,
    disabledReason,
    failures,
    pausedUntil,
    previousSecretUntil,
    createdAt,
    updatedAt,
  };
}
