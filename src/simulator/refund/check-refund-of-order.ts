import { CallResult, fail } from '../pay/call-result.js';
import { BehaviourSettings } from '../state/behaviour-settings.js';
import { RefundStore } from '../state/refund-store.js';
import { Transaction, WechatOrder } from '../state/wechat-order.js';
import { RefundLimits } from './refund-limits.js';

const DAY_MS = 86_400_000;
const REFUNDABLE_DAYS = 365;
const OLD_ORDER_DAYS = 30;
const MAX_REFUNDS_PER_ORDER = 50;

/** A new refund of a paid order, and the data to check it. */
export interface RefundCheckInput {
  readonly order: WechatOrder;
  readonly transaction: Transaction;
  readonly totalFen: number;
  readonly refundFen: number;
  readonly now: Date;
  readonly refunds: RefundStore;
}

/** Why a refund of this order is refused now; undefined when it is accepted. Source: WeChat Pay v2, refund, limits. */
export function checkRefundOfOrder(
  input: RefundCheckInput,
  behaviours: Readonly<BehaviourSettings>,
  limits: RefundLimits,
): CallResult | undefined {
  const ageMs = input.now.getTime() - input.transaction.paidAt.getTime();
  if (input.totalFen !== input.transaction.totalFen) {
    return fail('REFUND_FEE_MISMATCH', '订单金额或退款金额与之前请求不一致，请核实后再试');
  }
  if (ageMs > REFUNDABLE_DAYS * DAY_MS) return fail('TRADE_OVERDUE', '订单已经超过退款期限');
  return (
    checkAmount(input, behaviours) ??
    checkFrequency(input, behaviours) ??
    (ageMs > OLD_ORDER_DAYS * DAY_MS ? limits.countAndCheckOldOrderLimit() : undefined)
  );
}

function checkAmount(
  { order, refundFen, refunds }: RefundCheckInput,
  { fullyRefunded, tooMuchRefunded }: Readonly<BehaviourSettings>,
): CallResult | undefined {
  const leftFen = refunds.refundableFen(order);
  if (leftFen === 0) {
    return fullyRefunded === 'ERROR' ? fail('ERROR', '订单已全额退款') : fail('TRADE_STATE_ERROR', '订单状态错误');
  }
  if (refundFen <= leftFen) return undefined;
  return tooMuchRefunded === 'REFUND_FEE_INVALID'
    ? fail('REFUND_FEE_INVALID', '累计退款金额大于支付金额')
    : fail('INVALID_REQUEST', 'refund_fee大于可退金额');
}

/** At most 50 refunds of an order, including closed ones, and at most one a minute. */
function checkFrequency(
  { order, now, refunds }: RefundCheckInput,
  { refundSpacingSeconds }: Readonly<BehaviourSettings>,
): CallResult | undefined {
  const earlier = refunds.listByOrder(order);
  if (earlier.length >= MAX_REFUNDS_PER_ORDER) return fail('INVALID_REQUEST', '单个订单退款次数超过50次');
  const last = earlier.at(-1);
  const isTooSoon = last !== undefined && now.getTime() - last.acceptedAt.getTime() < refundSpacingSeconds * 1000;
  return isTooSoon ? fail('FREQUENCY_LIMITED', '频率限制') : undefined;
}
