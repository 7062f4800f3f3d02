import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMinSize, ArrayUnique, IsArray, IsIn, IsString, Length, Matches } from 'class-validator';
import { InstantField, IntegerField } from '../common/validation/fields.js';
import { ApiTime, ApiTimeOrNull } from '../common/time/api-time.js';
import { IfDefined } from '../common/if-defined.js';
import { SearchFilter } from '../common/paging/list-filters.js';
import { CountedPageQuery } from '../common/paging/paging.js';
import { IsSingleLineText } from '../common/validation/validation-decorators.js';
import { type ApiKey, isActive, type Scope, SCOPES, scopesOf } from './api-key.entity.js';

const NAME_PATTERN = /^[\p{L}\p{N}](?:[\p{L}\p{N} ._@+-]{0,38}[\p{L}\p{N}])?$/u;

/** Default limit of a key's refunds per day: 10,000 yuan. */
const DEFAULT_DAILY_LIMIT_FEN = 1_000_000;
/** 20 million yuan, which fits the integer column. */
const MAX_DAILY_LIMIT_FEN = 2_000_000_000;

export class ApiKeyQuery extends CountedPageQuery {
  @SearchFilter("A key's `id` or its name.")
  readonly q?: string;

  @ApiPropertyOptional({ description: 'Only keys with this responsible account.' })
  @IfDefined()
  @IsString()
  @Length(1, 24)
  readonly responsibleId?: string;
}

export class NewApiKeyBody {
  @ApiProperty({
    minLength: 1,
    maxLength: 40,
    description: 'The purpose of the key. Letters of any script, digits, ` . _ @ + -`.',
  })
  @IsSingleLineText({ max: 40 })
  @Matches(NAME_PATTERN, { message: 'name must be 1 to 40 letters, digits, spaces or . _ @ + -' })
  readonly name!: string;

  @ApiProperty({ enum: SCOPES, isArray: true, minItems: 1 })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayUnique()
  @IsIn(SCOPES, { each: true })
  readonly scopes!: Scope[];

  @IntegerField({
    min: 1,
    max: MAX_DAILY_LIMIT_FEN,
    optional: true,
    default: DEFAULT_DAILY_LIMIT_FEN,
    description: 'Maximum refunds with this key per Beijing day, in fen. Limits the damage of a leaked key.',
  })
  readonly maxRefundFenPerDay: number = DEFAULT_DAILY_LIMIT_FEN;

  @InstantField({ optional: true, description: 'Default: one year from now.' })
  readonly expiresAt?: string;
}

/** An API key in the admin API. Contains neither the secret nor its hash. */
export class ApiKeyView {
  @ApiProperty({ description: 'The id of the key in the audit log and in `decidedBy` of a refund.' })
  id!: string;

  @ApiProperty()
  name!: string;

  @ApiProperty({ example: 'wxk_live_K7Q2M9XWPA0B4D1E', description: 'The beginning of the key.' })
  prefix!: string;

  @ApiProperty({ enum: SCOPES, isArray: true })
  scopes!: Scope[];

  @ApiProperty({ enum: ['ACTIVE', 'EXPIRED', 'REVOKED'] })
  status!: 'ACTIVE' | 'EXPIRED' | 'REVOKED';

  @ApiProperty({ description: 'Maximum refunds with this key per Beijing day, in fen.' })
  maxRefundFenPerDay!: number;

  @ApiProperty({ description: 'The username of the creator at that time.' })
  createdBy!: string;

  @ApiProperty({ type: String, nullable: true, description: "The creator's account." })
  createdById!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'The responsible account.' })
  responsibleId!: string | null;

  @ApiTime()
  createdAt!: Date;

  @ApiTimeOrNull('Accurate to one minute.')
  lastUsedAt!: Date | null;

  @ApiTimeOrNull()
  expiresAt!: Date | null;

  @ApiTimeOrNull()
  revokedAt!: Date | null;
}

export class NewApiKeyView extends ApiKeyView {
  @ApiProperty({ description: 'The key itself. Only this response contains it.' })
  key!: string;
}

export function apiKeyView(key: ApiKey, now: Date): ApiKeyView {
  const { keyId: id, name, prefix, maxRefundFenPerDay, createdBy, createdById, responsibleId } = key;
  const { createdAt, lastUsedAt, expiresAt, revokedAt } = key;
  const status = isActive(key, now) ? 'ACTIVE' : revokedAt === null ? 'EXPIRED' : 'REVOKED';
  return {
    id,
    name,
    prefix,
    scopes: scopesOf(key),
    status,
    maxRefundFenPerDay,
    createdBy,
    createdById,
    responsibleId,
    createdAt,
    lastUsedAt,
    expiresAt,
    revokedAt,
  };
}
