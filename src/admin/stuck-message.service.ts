import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type Actor, AuditLog } from '../audit/audit-log.js';
import { Clock } from '../common/clock.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { BUYER_TOPIC } from '../order/buyer-notification.js';
import { OutboxEntry } from '../outbox/outbox-entry.entity.js';

/** Buyer messages that a configuration error keeps from being sent. */
const STUCK_BUYER_MESSAGES = { topic: BUYER_TOPIC, status: 'STUCK' } as const;

/** Retries stuck buyer messages after staff have fixed the cause. */
@Injectable()
export class StuckMessageService {
  constructor(
    private readonly clock: Clock,
    private readonly unitOfWork: UnitOfWork,
    private readonly audit: AuditLog,
  ) {}

  count(manager: EntityManager): Promise<number> {
    return manager.countBy(OutboxEntry, STUCK_BUYER_MESSAGES);
  }

  /** Queues all of them for the next job tick, which drops those that are too old. @returns the number of messages. */
  async retryAll(actor: Actor): Promise<number> {
    return this.unitOfWork.run(async (tx) => {
      const now = this.clock.now();
      const again = { status: 'WAITING', nextCheckAt: now, endedAt: null } as const;
      const { affected } = await tx.update(OutboxEntry, STUCK_BUYER_MESSAGES, again);
      const retried = affected ?? 0;
      if (retried === 0) return 0;
      const [before, after] = [{ stuck: retried }, { stuck: 0 }];
      await this.audit.write(tx, { actor, action: 'message.retry', subject: BUYER_TOPIC, before, after });
      return retried;
    });
  }
}
