import { Injectable } from '@nestjs/common';
import type { Actor } from '../audit/audit-log.js';
import { Clock } from '../common/clock.js';
import type { CreateMerchantRefundInput } from '../refund/refund-decision.service.js';
import { MerchantRefundService } from '../refund/merchant-refund.service.js';
import type { Refund } from '../refund/refund.entity.js';
import { chargeDailyRefundLimit } from './charge-daily-refund-limit.js';

/**
 * The owner of idempotency keys in the server API. All API keys share it, so that a program that receives a new API key
 * between two tries does not refund twice.
 */
const IDEMPOTENCY_KEY_OWNER = 'server-api';

/** Creates refunds for the merchant's own programs, within the daily limit of their API key. */
@Injectable()
export class ServerRefundService {
  constructor(
    private readonly clock: Clock,
    private readonly merchantRefunds: MerchantRefundService,
  ) {}

  /** @throws what `MerchantRefundService.createMerchantRefund` and `chargeDailyRefundLimit` throw. */
  create(orderNo: string, input: CreateMerchantRefundInput, actor: Actor, key: string | undefined): Promise<Refund> {
    return this.merchantRefunds.createMerchantRefund(orderNo, input, {
      ...{ actor, idempotencyKey: key, idempotencyKeyOwner: IDEMPOTENCY_KEY_OWNER },
      validate: (tx) => chargeDailyRefundLimit(tx, actor.id, input.amountFen, this.clock.now()),
    });
  }
}
