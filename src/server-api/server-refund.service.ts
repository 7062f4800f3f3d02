import { Injectable } from '@nestjs/common';
import type { Actor } from '../audit/audit-log.js';
import type { CreateMerchantRefundInput } from '../refund/request/insert-refund.js';
import { RefundService } from '../refund/request/refund.service.js';
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
  constructor(private readonly refunds: RefundService) {}

  /** @throws the errors of `RefundService.createMerchantRefund` and `chargeDailyRefundLimit`. */
  create(
    orderNo: string,
    input: CreateMerchantRefundInput,
    { actor, idempotencyKey }: { actor: Actor; idempotencyKey: string | undefined },
  ): Promise<Refund> {
    return this.refunds.createMerchantRefund(orderNo, input, {
      actor,
      idempotencyKey,
      idempotencyKeyOwner: IDEMPOTENCY_KEY_OWNER,
      validate: (tx, now) => chargeDailyRefundLimit(tx, actor.id, input.amountFen, now),
    });
  }
}
