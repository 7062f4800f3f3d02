import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsIn, IsString, MaxLength } from 'class-validator';
import { ApiTime } from '../../common/time/api-time.js';
import { IfDefined } from '../../common/if-defined.js';
import { PageQuery } from '../../common/paging/paging.js';
import type { Event } from '../event.entity.js';
import { EVENT_TYPES, type EventType } from '../event-types.js';

/** `?types=a,b` and `?types=a&types=b`. */
function splitTypes(value: unknown): unknown {
  if (typeof value === 'string') return value.split(',');
  return Array.isArray(value) ? value.flatMap((part: unknown) => splitTypes(part)) : value;
}

export class EventFeedQuery extends PageQuery {
  @ApiPropertyOptional({
    description:
      'The `nextCursor` of the previous answer, or the id of an event: only later events are returned. Without it, the ' +
      'list begins with the oldest event.',
  })
  @IfDefined()
  @IsString()
  @MaxLength(64)
  readonly after?: string;

  @ApiPropertyOptional({ type: String, description: 'Event types, separated by commas. Default: all.' })
  @IfDefined()
  @Transform(({ value }: { value: unknown }) => splitTypes(value))
  @IsArray()
  @ArrayMaxSize(50)
  @IsIn(EVENT_TYPES, { each: true })
  readonly types?: EventType[];
}

/** An event, as it is delivered. */
export class FeedEventView {
  @ApiProperty({ example: 'evt_K7Q2M9XWPA0B4D1E', description: 'Also the `webhook-id` of its deliveries.' })
  id!: string;

  @ApiProperty({ enum: EVENT_TYPES })
  type!: string;

  @ApiTime('When the change happened.')
  timestamp!: Date;

  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    description: '`object`, `version` and the fields of the resource as the API shows it. Keep the highest `version`.',
  })
  data!: object;
}

/** Events in the order of their positions. */
export class EventFeedPage {
  @ApiProperty({ type: [FeedEventView] })
  items!: FeedEventView[];

  @ApiProperty({
    type: String,
    nullable: true,
    description:
      'The value of `after` for the next call, also at the end of the list, so that polling can continue there. Null only ' +
      'while there is no event at all.',
  })
  nextCursor!: string | null;

  @ApiProperty({ description: 'Whether later events exist now. False at the end of the list.' })
  hasMore!: boolean;
}

export function eventView({ eventId, type, createdAt, data }: Event): FeedEventView {
  return { id: eventId, type, timestamp: createdAt, data: JSON.parse(data) as object };
}
