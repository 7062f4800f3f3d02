import type { CashierDecision } from '../../tools/client/simulator-client.ts';
import type { Random } from './random.ts';

/**
 * Random options of a payment: the notice is lost or sent before the response, orderquery lags, WeChat applies a
 * coupon.
 */
export function randomCashierInput(random: Random): CashierDecision {
  return {
    ...(random.chance(0.15) && { notify: random.pick(['lost', 'before-answer'] as const) }),
    ...(random.chance(0.05) && { visibleAfterSeconds: random.int(1, 8) }),
    ...(random.chance(0.05) && { couponFen: 1 }),
  };
}
