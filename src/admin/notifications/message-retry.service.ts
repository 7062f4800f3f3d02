import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type Actor, AuditLog } from '../../audit/audit-log.js';
import { Clock } from '../../common/time/clock.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { BUYER_TOPIC } from '../../order/buyer-notification.js';
import { OutboxEntry } from '../../outbox/outbox-entry.entity.js';

/** Subscribe messages (订阅消息) to buyers that a configuration error keeps from being sent. */
const MESSAGES_NEEDING_ATTENTION = { topic: BUYER_TOPIC, status: 'NEEDS_ATTENTION' } as const;

/** Counts and retries subscribe messages to buyers that need attention. Staff fix the cause before a retry. */
@Injectable()
export class MessageRetryService {
  constructor(
    private readonly clock: Clock,
    private readonly unitOfWork: UnitOfWork,
    private readonly audit: AuditLog,
  ) {}

  count(manager: EntityManager): Promise<number> {
    return manager.countBy(OutboxEntry, MESSAGES_NEEDING_ATTENTION);
  }

  /** Queues all of them for the next job run, which drops those that are too old. @returns the number of messages. */
  async retryAll(actor: Actor): Promise<number> {
    return this.unitOfWork.run(async (tx) => {
      const now = this.clock.now();
      const again = { status: 'WAITING', nextCheckAt: now, endedAt: null } as const;
      const { affected } = await tx.update(OutboxEntry, MESSAGES_NEEDING_ATTENTION, again);
      const retried = affected ?? 0;
      if (retried === 0) return 0;
      const [before, after] = [{ stuck: retried }, { stuck: 0 }];
      await this.audit.write(tx, { actor, action: 'message.retry', subject: BUYER_TOPIC, before, after });
      return retried;
    });
  }
}
