import { Injectable } from '@nestjs/common';
import { type Actor, AuditLog } from '../../audit/audit-log.js';
import { blockUser, unblockUser } from '../../auth/user.service.js';
import { User } from '../../auth/user.entity.js';
import { ApiTime, ApiTimeOrNull } from '../../common/time/api-time.js';
import { Clock } from '../../common/time/clock.js';
import { DomainError } from '../../common/problem/domain-error.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { ApiProperty } from '@nestjs/swagger';

/** A buyer in the admin API. */
export class AdminUserView {
  @ApiProperty()
  id!: string;

  @ApiTimeOrNull('Null when the buyer is not blocked.')
  blockedAt!: Date | null;

  @ApiTime('When the buyer first logged in.')
  createdAt!: Date;
}

function adminUserView({ id, blockedAt, createdAt }: User): AdminUserView {
  return { id, blockedAt, createdAt };
}

/** Blocks and unblocks buyers. Payments and refunds of a blocked buyer are still processed. */
@Injectable()
export class AdminUserService {
  constructor(
    private readonly clock: Clock,
    private readonly unitOfWork: UnitOfWork,
    private readonly audit: AuditLog,
  ) {}

  /** Ends the buyer's sessions at once. Safe to repeat. @throws DomainError USER_NOT_FOUND. */
  blockUser(actor: Actor, id: string): Promise<AdminUserView> {
    return this.setBlocked(actor, id, true);
  }

  /** Lets the buyer log in again. Safe to repeat. @throws DomainError USER_NOT_FOUND. */
  unblockUser(actor: Actor, id: string): Promise<AdminUserView> {
    return this.setBlocked(actor, id, false);
  }

  private setBlocked(actor: Actor, id: string, blocked: boolean): Promise<AdminUserView> {
    return this.unitOfWork.run(async (tx) => {
      const isChanged = blocked ? await blockUser(tx, id, this.clock.now()) : await unblockUser(tx, id);
      const user = await tx.findOneBy(User, { id });
      if (!user) throw new DomainError('USER_NOT_FOUND', { params: { userId: id } });
      if (isChanged) {
        const action = blocked ? 'user.block' : 'user.unblock';
        const [before, after] = [{ blocked: !blocked }, { blocked }];
        await this.audit.write(tx, { actor, action, subject: id, before, after });
      }
      return adminUserView(user);
    });
  }
}
