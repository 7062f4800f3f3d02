import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsString, Length } from 'class-validator';
import { IfDefined } from '../common/if-defined.js';
import { FromFilter, ToFilter, WithTotal } from '../common/paging/list-filters.js';
import { PageQuery } from '../common/paging/paging.js';
import type { AuditEntry } from './audit-entry.entity.js';

export class AuditQuery extends PageQuery {
  @ApiPropertyOptional({ description: 'The number or id of the changed object, or the username of the actor.' })
  @IfDefined()
  @IsString()
  @Length(1, 64)
  readonly q?: string;

  @ApiPropertyOptional({ example: 'refund.approve' })
  @IfDefined()
  @IsString()
  @Length(1, 64)
  readonly action?: string;

  @FromFilter('Done')
  readonly from?: string;

  @ToFilter('Done')
  readonly to?: string;

  @WithTotal()
  readonly withTotal?: boolean;
}

class AuditActorView {
  @ApiProperty()
  id!: string;

  @ApiProperty({ description: 'The username at that time.' })
  username!: string;
}

/** One entry of the audit log. */
export class AuditView {
  @ApiProperty()
  id!: number;

  @ApiProperty({ type: String, format: 'date-time' })
  at!: Date;

  @ApiProperty({ type: AuditActorView })
  actor!: AuditActorView;

  @ApiProperty({ example: 'refund.approve' })
  action!: string;

  @ApiProperty({ description: 'The number or id of the changed object.' })
  subject!: string;

  @ApiProperty({ type: 'object', additionalProperties: true, nullable: true })
  before!: object | null;

  @ApiProperty({ type: 'object', additionalProperties: true, nullable: true })
  after!: object | null;

  @ApiProperty({ example: '203.0.113.7' })
  ip!: string;
}

export function auditView({
  id,
  at,
  actorId,
  actorUsername,
  action,
  subject,
  before,
  after,
  ip,
}: AuditEntry): AuditView {
  const actor = { id: actorId, username: actorUsername };
  return { id, at, actor, action, subject, before: parseJson(before), after: parseJson(after), ip };
}

function parseJson(json: string | null): object | null {
  return json === null ? null : (JSON.parse(json) as object);
}
