import { Injectable } from '@nestjs/common';
import type { Actor } from '../audit/audit-log.js';
import { Clock } from '../common/clock.js';
import type { MerchantRefund } from '../refund/refund-decisions.js';
import { RefundDesk } from '../refund/refund-desk.js';
import type { Refund } from '../refund/refund.entity.js';
import { spendOfDay } from './refund-limit.js';

/**
 * Whose the idempotency keys are: the shop's, not the API key's. A program that is given a new API key between two tries
 * must not refund twice.
 */
export const KEY_OWNER = 'server-api';

/** Refunds that the shop's own programs give. */
@Injectable()
export class ServerRefunds {
  constructor(
    private readonly clock: Clock,
    private readonly desk: RefundDesk,
  ) {}

  /** @throws what `RefundDesk.give` and `spendOfDay` throw. */
  give(orderNo: string, wish: MerchantRefund, actor: Actor, key: string | undefined): Promise<Refund> {
    return this.desk.give(orderNo, wish, {
      ...{ actor, key, keyOwner: KEY_OWNER },
      admit: (tx) => spendOfDay(tx, actor.id, wish.amountFen, this.clock.now()),
    });
  }
}
