import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsIn, IsString, Length, Matches } from 'class-validator';
import { IfGiven } from '../common/if-given.js';
import { SearchFilter, WithTotal } from '../common/list-filters.js';
import { PageQuery } from '../common/paging.js';
import { type Admin, ROLES, type Role } from './admin.entity.js';
import { ApiKeyView } from '../server/api-key.dto.js';
import { API_KEY_ACTIONS, type ApiKeyAction } from '../server/revoke-or-take-over-keys.js';

const USERNAME = /^[\p{L}\p{N}._@+-]{1,64}$/u;

export class StaffQuery extends PageQuery {
  @SearchFilter('A username, or the `id` of an account.')
  readonly q?: string;

  @WithTotal()
  readonly withTotal?: boolean;
}

export class NewStaffBody {
  @ApiProperty({ minLength: 1, maxLength: 64, description: 'Letters of any script, digits and `. _ @ + -`.' })
  @IsString()
  @Matches(USERNAME, { message: 'username must be 1 to 64 letters, digits or . _ @ + -' })
  readonly username!: string;

  @ApiProperty({ format: 'password', minLength: 8, maxLength: 128 })
  @IsString()
  @Length(8, 128)
  readonly password!: string;

  @ApiProperty({ enum: ROLES })
  @IsIn(ROLES)
  readonly role!: Role;
}

export class StaffChangeBody {
  @ApiPropertyOptional({ enum: ROLES, description: 'A lower role ends the sessions of this account.' })
  @IfGiven()
  @IsIn(ROLES)
  readonly role?: Role;

  @ApiPropertyOptional({
    format: 'password',
    minLength: 8,
    maxLength: 128,
    description: 'Ends the sessions of this account.',
  })
  @IfGiven()
  @IsString()
  @Length(8, 128)
  readonly password?: string;

  @ApiPropertyOptional({ description: 'True ends the sessions of this account and refuses further logins.' })
  @IfGiven()
  @IsBoolean()
  readonly disabled?: boolean;

  @ApiPropertyOptional({
    enum: API_KEY_ACTIONS,
    description:
      'What happens to the active API keys of this account when it is disabled or demoted below ADMIN: `revoke` them, or ' +
      '`takeOver` the responsibility for them. The default is `revoke`, because the person may know these keys.',
  })
  @IfGiven()
  @IsIn(API_KEY_ACTIONS)
  readonly apiKeys?: ApiKeyAction;
}

/** A staff account in the admin API. Contains neither the password nor its hash. */
export class StaffView {
  @ApiProperty()
  id!: string;

  @ApiProperty()
  username!: string;

  @ApiProperty({ enum: ROLES })
  role!: Role;

  @ApiProperty()
  disabled!: boolean;

  @ApiProperty({ type: String, format: 'date-time' })
  createdAt!: Date;
}

/** A staff account after a change. */
export class ChangedStaffView extends StaffView {
  @ApiProperty({
    type: [ApiKeyView],
    description: 'The API keys that this change has revoked or taken over.',
  })
  apiKeys!: ApiKeyView[];
}

export function staffView({ id, username, role, isDisabled, createdAt }: Admin): StaffView {
  return { id, username, role, disabled: isDisabled, createdAt };
}
