import { ApiProperty } from '@nestjs/swagger';
import type { User } from '../auth/user.entity.js';

/** A buyer in the admin API. */
export class AdminUserView {
  @ApiProperty()
  id!: string;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'Null when the buyer is not blocked.',
  })
  blockedAt!: Date | null;

  @ApiProperty({ type: String, format: 'date-time', description: 'When the buyer first logged in.' })
  createdAt!: Date;
}

export function adminUserView({ id, blockedAt, createdAt }: User): AdminUserView {
  return { id, blockedAt, createdAt };
}
