import { CouponType } from '../state/wechat-order.js';

/** `before-answer`: the merchant has replied to the notice before whoever paid hears of it. */
export const NOTIFY_MODES = ['normal', 'lost', 'before-answer'] as const;

export interface PaymentInput {
  /** Who pays; otherwise the openid of the order, or a new person. */
  openid?: string | undefined;
  couponFen?: number | undefined;
  /** How many coupons share `couponFen`; default 1. */
  couponCount?: number | undefined;
  couponType?: CouponType | undefined;
  /** Virtual seconds for which orderquery still says NOTPAY. The notice waits as long. */
  visibleAfterSeconds?: number | undefined;
  notify?: (typeof NOTIFY_MODES)[number] | undefined;
}
