import type { RefundDestination } from '../../wechat/pay/payment-types.js';
import type { Refund, RefundRecipient } from '../refund.entity.js';

/** The part of a destination that is stored. */
interface StoredDestination {
  redirectTo: RefundDestination['to'];
  redirectBankType: string | null;
}

/** The columns of a destination: without the card and its holder. */
export function storedDestinationOf(destination: RefundDestination): StoredDestination {
  const redirectBankType = destination.to === 'USER_BANK_CARD' ? destination.bankType : null;
  return { redirectTo: destination.to, redirectBankType };
}

/** False when WeChat accepted another destination of the refund, or may have accepted it. */
export function allowsDestination(refund: Pick<Refund, keyof StoredDestination>, wanted: StoredDestination): boolean {
  if (refund.redirectTo === null) return true;
  return refund.redirectTo === wanted.redirectTo && refund.redirectBankType === wanted.redirectBankType;
}

/**
 * Who receives the money. The merchant also while the outcome of the call is unknown: better one question too many for
 * staff than a buyer who waits in vain.
 */
export function recipientOf({ redirectTo }: Pick<Refund, 'redirectTo'>): RefundRecipient {
  return redirectTo === 'MERCHANT' ? 'MERCHANT' : 'BUYER';
}

type RedirectableRefund = Refund & {
  status: 'ABNORMAL';
  wechatRefundId: string;
  channel: NonNullable<Refund['channel']>;
};

/** Whether WeChat has the refund and could not pay it out. Its protocol must have a call for it too. */
export function isRedirectable(refund: Refund): refund is RedirectableRefund {
  return refund.status === 'ABNORMAL' && refund.wechatRefundId !== null && refund.channel !== null;
}
