import type { AuditedFields } from '../../audit/audit-actions.js';
import type { StockLine } from '../../catalog/stock.js';

/** Which goods and whether the coupon return with a refund. Chosen with the decision; undefined means the default. */
export interface ReturnChoice {
  /** True: all remaining units return; only for a full refund of an unshipped order. False: nothing returns. */
  returnStock?: boolean | undefined;
  /** The units that return, by product. Items of the same product are merged. */
  returnItems?: readonly StockLine[] | undefined;
  /** Whether the coupon is released once the order is fully refunded. */
  returnCoupon?: boolean | undefined;
}

/** State of the order that the choice is validated against. */
export interface ReturnContext {
  /** The refunded payment has no goods: the order is closed, or the payment is an overpayment. */
  hasNoGoods: boolean;
  isShipped: boolean;
  /** With this refund, everything that was paid is refunded or being refunded. */
  isFull: boolean;
  hasCoupon: boolean;
  /** Units that can still return. */
  left: readonly StockLine[];
}

export type ReturnDecision =
  | { kind: 'ACCEPTED'; lines: StockLine[] }
  | { kind: 'NO_GOODS' | 'NEEDS_ITEMS' | 'COUPON_NOT_RETURNABLE' }
  | { kind: 'TOO_MANY'; productId: string; quantity: number; left: number };

/** The choice as stored in the refund. If units are named, nothing else returns. */
export function storedReturnChoice({ returnStock, returnItems, returnCoupon }: ReturnChoice): {
  returnStock: boolean | null;
  returnCoupon: boolean | null;
} {
  return {
    returnStock: returnItems === undefined ? (returnStock ?? null) : false,
    returnCoupon: returnCoupon ?? null,
  };
}

/** True when the choice says anything about goods or coupon, also that nothing returns. */
export function namesReturns({ returnStock, returnItems, returnCoupon }: ReturnChoice): boolean {
  return returnStock !== undefined || returnItems !== undefined || returnCoupon !== undefined;
}

type AuditedReturnChoice = Pick<AuditedFields<'refund.create'>, 'returnStock' | 'returnItems' | 'returnCoupon'>;

/** The choice for the audit log: the given fields, and always `returnStock`. */
export function auditedReturnChoice(choice: ReturnChoice): AuditedReturnChoice {
  const { returnItems } = choice;
  const { returnStock, returnCoupon } = storedReturnChoice(choice);
  return { returnStock, ...(returnItems && { returnItems }), ...(returnCoupon !== null && { returnCoupon }) };
}

/** The choice for an idempotency key. Empty when neither is given, so that keys older than these fields stay valid. */
export function idempotencyFieldsOfReturn({ returnItems, returnCoupon }: ReturnChoice): unknown[] {
  if (returnItems === undefined && returnCoupon === undefined) return [];
  const lines = returnItems?.map(({ productId, quantity }) => [productId, quantity]) ?? null;
  return [lines, returnCoupon ?? null];
}

/** The units that the refund reserves when it is decided, or the reason why it cannot. */
export function decideReturn(choice: ReturnChoice, context: ReturnContext): ReturnDecision {
  const named = mergeLines(choice.returnItems ?? []);
  const wantsAll = choice.returnStock === true;
  if (context.hasNoGoods && (wantsAll || named.length > 0 || choice.returnCoupon === true)) return { kind: 'NO_GOODS' };
  if (choice.returnCoupon === true && !(context.isFull && context.hasCoupon)) return { kind: 'COUPON_NOT_RETURNABLE' };
  if (wantsAll) {
    if (!context.isFull || context.isShipped) return { kind: 'NEEDS_ITEMS' };
    return { kind: 'ACCEPTED', lines: [...context.left] };
  }
  for (const { productId, quantity } of named) {
    const left = context.left.find((line) => line.productId === productId)?.quantity ?? 0;
    if (quantity > left) return { kind: 'TOO_MANY', productId, quantity, left };
  }
  return { kind: 'ACCEPTED', lines: named };
}

function mergeLines(lines: readonly StockLine[]): StockLine[] {
  const pieces = new Map<string, number>();
  for (const { productId, quantity } of lines) pieces.set(productId, (pieces.get(productId) ?? 0) + quantity);
  return [...pieces].map(([productId, quantity]) => ({ productId, quantity }));
}
