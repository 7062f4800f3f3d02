import { ApiProperty, OmitType } from '@nestjs/swagger';
import { IsString, Length, MaxLength } from 'class-validator';
import { type StaffAccount, ROLES, type Role } from '../accounts/staff-account.entity.js';

export class StaffLoginBody {
  @ApiProperty()
  @IsString()
  @MaxLength(64)
  readonly username!: string;

  @ApiProperty({ format: 'password' })
  @IsString()
  @MaxLength(128)
  readonly password!: string;
}

export class ChangePasswordBody {
  @ApiProperty({ format: 'password' })
  @IsString()
  @MaxLength(128)
  readonly oldPassword!: string;

  @ApiProperty({ format: 'password', minLength: 8 })
  @IsString()
  @Length(8, 128)
  readonly newPassword!: string;
}

export class CurrentStaffView {
  @ApiProperty()
  id!: string;

  @ApiProperty()
  username!: string;

  @ApiProperty({ enum: ROLES })
  role!: Role;
}

export class StaffLoginResponse {
  @ApiProperty()
  token!: string;

  @ApiProperty({ description: 'Seconds until the token expires.' })
  expiresIn!: number;

  @ApiProperty({ type: CurrentStaffView })
  admin!: CurrentStaffView;
}

export class ConsoleSessionResponse extends OmitType(StaffLoginResponse, ['token']) {}

export function currentStaffView({ id, username, role }: StaffAccount): CurrentStaffView {
  return { id, username, role };
}
