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
  @ApiPropertyOptional({ enum: ROLES, description: 'A lower role ends the sessions of this person.' })
  @IfGiven()
  @IsIn(ROLES)
  readonly role?: Role;

  @ApiPropertyOptional({ format: 'password', minLength: 8, maxLength: 128, description: 'Ends their sessions.' })
  @IfGiven()
  @IsString()
  @Length(8, 128)
  readonly password?: string;

  @ApiPropertyOptional({ description: 'True ends their sessions, and lets them in no more.' })
  @IfGiven()
  @IsBoolean()
  readonly disabled?: boolean;

  @ApiPropertyOptional({
    enum: API_KEY_ACTIONS,
    description:
      'What becomes of the live API keys that this account answers for when it is disabled or demoted below ADMIN: they end, ' +
      'or you answer for them. This person may know them, so they end when nothing is said.',
  })
  @IfGiven()
  @IsIn(API_KEY_ACTIONS)
  readonly apiKeys?: ApiKeyAction;
}

/** An account as administrators see it. Never its password, nor the hash of it. */
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

/** An account after a change. */
export class ChangedStaffView extends StaffView {
  @ApiProperty({
    type: [ApiKeyView],
    description: 'The API keys that were revoked or taken over with it, as they are now.',
  })
  apiKeys!: ApiKeyView[];
}

export function staffView({ id, username, role, isDisabled, createdAt }: Admin): StaffView {
  return { id, username, role, disabled: isDisabled, createdAt };
}
