import { ApiProperty } from '@nestjs/swagger';
import type { User } from '../auth/user.entity.js';

/** A buyer as staff see them. */
export class AdminUserView {
  @ApiProperty()
  id!: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'Null when not blocked.' })
  blockedAt!: Date | null;

  @ApiProperty({ type: String, format: 'date-time', description: 'The first login.' })
  createdAt!: Date;
}

export function adminUserView({ id, blockedAt, createdAt }: User): AdminUserView {
  return { id, blockedAt, createdAt };
}
