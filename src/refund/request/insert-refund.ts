import type { EntityManager } from 'typeorm';
import type { Actor } from '../../audit/audit-log.js';
import { DomainError } from '../../common/problem/domain-error.js';
import type { Order } from '../../order/order.entity.js';
import { countRefundRequest, type RefundRequestLimits } from '../../order/order-refund-totals.js';
import { PaymentAttempt } from '../../payment/attempt/payment-attempt.entity.js';
import { createRefund } from '../create-refund.js';
import type { RefundRecorder } from '../refund-recorder.js';
import { reserveReturns } from '../refund-returns.js';
import type { Refund } from '../refund.entity.js';
import { auditedReturnChoice, namesReturns, storedReturnChoice, type ReturnChoice } from '../rules/decide-return.js';
import { isOverpaymentOf } from '../rules/late-payment.js';
import {
  choosePaymentForAmount,
  refundableFenOf,
  refundAmountError,
  requireRefundable,
} from '../rules/refundable-amount.js';
import type { RefundSender } from '../sending/refund-sender.js';
import type { RequestRefundBody } from './refund.dto.js';

/** A refund request of a buyer, and the key under which the call can be repeated. */
export interface RequestRefundInput {
  userId: string;
  orderNo: string;
  body: RequestRefundBody;
  idempotencyKey: string | undefined;
}

/** An approval. Without `amountFen`, the full requested amount is refunded. `note` is visible to staff only. */
export interface ApproveRefundInput extends ReturnChoice {
  amountFen?: number | null;
  note?: string;
}

/** A merchant-initiated refund. */
export interface CreateMerchantRefundInput extends ApproveRefundInput {
  amountFen: number;
  reason: string;
  /** The payment to refund. By default the service chooses it. */
  outTradeNo?: string;
  /** The number in the merchant's own system: the same number is the same refund. */
  merchantRefundNo?: string;
}

/** Who creates a merchant-initiated refund, and its idempotency key. */
export interface MerchantRefundContext {
  actor: Actor;
  /** The `Idempotency-Key`: the same key of the same owner returns the same refund. */
  idempotencyKey: string | undefined;
  /** At most 24 characters. */
  idempotencyKeyOwner: string;
  /** Runs within the transaction of a new refund; throws to reject it. */
  validate?: (tx: EntityManager, now: Date) => Promise<void>;
}

/** English and Chinese. */
const TOO_MANY_REQUESTS_DETAIL = [
  'An order can have at most {open} undecided refund requests and {total} in total. Wait for the decision, or contact the shop.',
  '每笔订单最多有 {open} 个待处理的退款申请，累计不超过 {total} 个。请等待商家处理，或联系商家。',
] as const;

/**
 * Inserts the request of a buyer, reserves its amount and counts it against the limits.
 * @throws DomainError ORDER_NOT_REFUNDABLE, REFUND_EXCEEDS_PAYMENT or REFUND_LIMIT_REACHED.
 */
export async function insertRequestedRefund(
  tx: EntityManager,
  recorder: RefundRecorder,
  { order, body, limits, at }: { order: Order; body: RequestRefundBody; limits: RefundRequestLimits; at: Date },
): Promise<Refund> {
  const { orderNo, userId, status, transactionId } = order;
  const isPaid = status === 'PAID' && transactionId !== null;
  const paid = isPaid ? await tx.findOneBy(PaymentAttempt, { orderNo, transactionId }) : null;
  const payment = requireRefundable(order, paid, at);
  const { amountFen = refundableFenOf(payment, orderNo), reason, reasonCode = null, evidence = [] } = body;
  const fields = { amountFen, reason, reasonCode, evidence: JSON.stringify(evidence) };
  const refund = await createRefund(
    tx,
    payment,
    { kind: 'USER', status: 'REQUESTED', userId, isOverpayment: false, ...fields },
    at,
  );
  if (!refund) throw refundAmountError(payment, orderNo, amountFen);
  if (!(await countRefundRequest(tx, orderNo, limits))) {
    recorder.countLimitReached();
    throw new DomainError('REFUND_LIMIT_REACHED', { params: { ...limits }, detail: TOO_MANY_REQUESTS_DETAIL });
  }
  await recorder.recordRequest(tx, refund, 'REQUESTED', { reason });
  return refund;
}

/**
 * Inserts a merchant-initiated refund: approved, and ready to be sent.
 * @param order as it was read.
 * @throws the errors of `choosePaymentForAmount` and `reserveReturns`.
 */
export async function insertMerchantRefund(
  tx: EntityManager,
  { sender, recorder }: { sender: RefundSender; recorder: RefundRecorder },
  { order, input, actor, at }: { order: Order; input: CreateMerchantRefundInput; actor: Actor; at: Date },
): Promise<Refund> {
  const { orderNo, userId } = order;
  const { amountFen, outTradeNo, reason, note = null, merchantRefundNo = null } = input;
  const paid = await tx.find(PaymentAttempt, { where: { orderNo, status: 'PAID' }, order: { id: 'ASC' } });
  const payment = choosePaymentForAmount(order, paid, { amountFen, outTradeNo, namesReturns: namesReturns(input) }, at);
  const refund = await createRefund(
    tx,
    payment,
    {
      kind: 'MERCHANT',
      status: 'PROCESSING',
      userId,
      merchantRefundNo,
      isOverpayment: isOverpaymentOf(order, payment),
      amountFen,
      reason,
      note,
      ...storedReturnChoice(input),
      decidedBy: actor.id,
      decidedAt: at,
      nextCheckAt: sender.leaseEnd(),
    },
    at,
  );
  if (!refund) throw refundAmountError(payment, orderNo, amountFen);
  await reserveReturns(tx, refund, input);
  await sender.saveRequest(tx, refund, payment);
  await recorder.recordDecision(tx, refund, 'CREATED', {
    actor,
    action: 'refund.create',
    before: null,
    after: {
      orderNo,
      ...(merchantRefundNo !== null && { merchantRefundNo }),
      amountFen,
      reason,
      note,
      ...auditedReturnChoice(input),
    },
  });
  return refund;
}
