import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import { IfDefined } from '../../common/if-defined.js';
import { PageQuery } from '../../common/paging/paging.js';
import { ApiTime, ApiTimeOrNull } from '../../common/time/api-time.js';
import { EVENT_TYPES } from '../event-types.js';
import type { DeliveryAttempt } from './delivery-attempt.entity.js';
import { DELIVERY_STATUSES, type DeliveryStatus } from './event-delivery.entity.js';

export class DeliveryListQuery extends PageQuery {
  @ApiPropertyOptional({ enum: DELIVERY_STATUSES })
  @IfDefined()
  @IsIn(DELIVERY_STATUSES)
  readonly status?: DeliveryStatus;
}

export class DeliveryAttemptView {
  @ApiTime()
  at!: Date;

  @ApiProperty({ type: Number, nullable: true, description: 'The HTTP status; null without an answer.' })
  statusCode!: number | null;

  @ApiProperty()
  durationMs!: number;

  @ApiProperty({ type: String, nullable: true, example: 'TIMEOUT', description: 'Why there is no answer; else null.' })
  errorCode!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'The first 2 kB of the answer.' })
  responseBody!: string | null;
}

/** A delivery with its attempts. `statusCode` to `responseBody` are those of the last attempt. */
export class EventDeliveryView {
  @ApiProperty({ example: 'evt_K7Q2M9XWPA0B4D1E' })
  eventId!: string;

  @ApiProperty({ enum: EVENT_TYPES })
  type!: string;

  @ApiProperty({ enum: DELIVERY_STATUSES })
  status!: DeliveryStatus;

  @ApiProperty({ description: 'Attempts since the delivery was requested last.' })
  attemptCount!: number;

  @ApiTimeOrNull('Null unless `WAITING`.')
  nextAttemptAt!: Date | null;

  @ApiProperty({ type: Number, nullable: true })
  statusCode!: number | null;

  @ApiProperty({ type: Number, nullable: true })
  durationMs!: number | null;

  @ApiProperty({ type: String, nullable: true })
  errorCode!: string | null;

  @ApiProperty({ type: String, nullable: true })
  responseBody!: string | null;

  @ApiProperty({ type: [DeliveryAttemptView], description: 'The newest 20 attempts, oldest first.' })
  attempts!: DeliveryAttemptView[];

  @ApiTime('When the event was written.')
  createdAt!: Date;

  @ApiTimeOrNull('When it was delivered or failed.')
  endedAt!: Date | null;
}

export function deliveryAttemptView(attempt: DeliveryAttempt): DeliveryAttemptView {
  const { at, statusCode, durationMs, errorCode, responseBody } = attempt;
  return { at, statusCode, durationMs, errorCode, responseBody };
}
