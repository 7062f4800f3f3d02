import { CouponType } from './wechat-order.js';

/** `before-answer`: the merchant responds to the notice before the payer receives the result. */
export const NOTIFY_MODES = ['normal', 'lost', 'before-answer'] as const;

/** How a buyer pays an order. */
export interface PaymentInput {
  /** Who pays. Default: the openid of the order, or a new person. */
  openid?: string | undefined;
  couponFen?: number | undefined;
  /** Number of coupons that share `couponFen`; default 1. */
  couponCount?: number | undefined;
  couponType?: CouponType | undefined;
  /** Virtual seconds during which orderquery still responds with NOTPAY. The notice waits until then. */
  visibleAfterSeconds?: number | undefined;
  notify?: (typeof NOTIFY_MODES)[number] | undefined;
}
