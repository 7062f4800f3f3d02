import { Injectable } from '@nestjs/common';
import type { Actor } from '../audit/audit-log.js';
import { Clock } from '../common/clock.js';
import type { CreateMerchantRefundInput } from '../refund/refund-decision.service.js';
import { MerchantRefundService } from '../refund/merchant-refund.service.js';
import type { Refund } from '../refund/refund.entity.js';
import { chargeDailyRefundLimit } from './charge-daily-refund-limit.js';

/**
 * Whose the idempotency keys are: the shop's, not the API key's. A program that is given a new API key between two tries
 * must not refund twice.
 */
const IDEMPOTENCY_KEY_OWNER = 'server-api';

/** Refunds that the shop's own programs give. */
@Injectable()
export class ServerRefundService {
  constructor(
    private readonly clock: Clock,
    private readonly merchantRefunds: MerchantRefundService,
  ) {}

  /** @throws what `RefundDesk.give` and `spendOfDay` throw. */
  create(orderNo: string, wish: CreateMerchantRefundInput, actor: Actor, key: string | undefined): Promise<Refund> {
    return this.merchantRefunds.createMerchantRefund(orderNo, wish, {
      ...{ actor, idempotencyKey: key, idempotencyKeyOwner: IDEMPOTENCY_KEY_OWNER },
      validate: (tx) => chargeDailyRefundLimit(tx, actor.id, wish.amountFen, this.clock.now()),
    });
  }
}
