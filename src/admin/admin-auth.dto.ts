import { ApiProperty, OmitType } from '@nestjs/swagger';
import { IsString, Length, MaxLength } from 'class-validator';
import { type Admin, ROLES, type Role } from './admin.entity.js';

export class AdminLoginBody {
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

export class AdminView {
  @ApiProperty()
  id!: string;

  @ApiProperty()
  username!: string;

  @ApiProperty({ enum: ROLES })
  role!: Role;
}

export class AdminLoginResponse {
  @ApiProperty()
  token!: string;

  @ApiProperty({ description: 'Seconds until the token expires.' })
  expiresIn!: number;

  @ApiProperty({ type: AdminView })
  admin!: AdminView;
}

export class ConsoleSessionResponse extends OmitType(AdminLoginResponse, ['token']) {}

export function adminView({ id, username, role }: Admin): AdminView {
  return { id, username, role };
}
