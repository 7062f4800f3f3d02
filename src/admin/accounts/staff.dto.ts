import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsString, Length, Matches } from 'class-validator';
import { BooleanField, ChoiceField } from '../../common/validation/fields.js';
import { ApiTime } from '../../common/time/api-time.js';
import { IfDefined } from '../../common/if-defined.js';
import { SearchFilter } from '../../common/paging/list-filters.js';
import { CountedPageQuery } from '../../common/paging/paging.js';
import { type StaffAccount, ROLES, type Role } from './staff-account.entity.js';
import { ApiKeyView } from '../../server-api/api-key.dto.js';
import { API_KEY_ACTIONS, type ApiKeyAction } from '../../server-api/revoke-or-take-over-keys.js';

const USERNAME = /^[\p{L}\p{N}._@+-]{1,64}$/u;

export class StaffQuery extends CountedPageQuery {
  @SearchFilter('A username, or the `id` of an account.')
  readonly q?: string;
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

  @ChoiceField(ROLES)
  readonly role!: Role;
}

export class StaffChangeBody {
  @ChoiceField(ROLES, { optional: true, description: 'A lower role ends the sessions of this account.' })
  readonly role?: Role;

  @ApiPropertyOptional({
    format: 'password',
    minLength: 8,
    maxLength: 128,
    description: 'Ends the sessions of this account.',
  })
  @IfDefined()
  @IsString()
  @Length(8, 128)
  readonly password?: string;

  @BooleanField({ optional: true, description: 'True ends the sessions of this account and rejects further logins.' })
  readonly disabled?: boolean;

  @ChoiceField(API_KEY_ACTIONS, {
    optional: true,
    description:
      'What happens to the active API keys of this account when it is disabled or demoted below ADMIN: `revoke` them, or ' +
      '`takeOver` the responsibility for them. The default is `revoke`, because the person may know these keys.',
  })
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

  @ApiTime()
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

export function staffView({ id, username, role, isDisabled, createdAt }: StaffAccount): StaffView {
  return { id, username, role, disabled: isDisabled, createdAt };
}
