import type { AuditedFields } from '../audit/audit-actions.js';
import type { StockLine } from '../catalog/stock.js';

/** What staff or a program say about goods and coupon when they decide a refund. Absent means the default. */
export interface ReturnChoice {
  /** True: everything that is left of the order, with a full refund of an unshipped order. False: nothing. */
  returnStock?: boolean | undefined;
  /** The pieces that return, by product. Lines of the same product are added up. */
  returnItems?: readonly StockLine[] | undefined;
  /** Whether the coupon returns when all of the money is back. */
  returnCoupon?: boolean | undefined;
}

/** What of an order the choice is checked against. */
export interface ReturnContext {
  /** Money that no goods belong to: of a closed order, or beyond what the order cost. */
  hasNoGoods: boolean;
  isShipped: boolean;
  /** With this refund all of the order's money is given back or on its way. */
  isFull: boolean;
  hasCoupon: boolean;
  /** Pieces that can still return. */
  left: readonly StockLine[];
}

export type ReturnDecision =
  | { kind: 'ACCEPTED'; lines: StockLine[] }
  | { kind: 'NO_GOODS' | 'NEEDS_ITEMS' | 'COUPON_STAYS' }
  | { kind: 'TOO_MANY'; productId: string; quantity: number; left: number };

/** What the refund's row remembers of the choice: named pieces are all that returns with it. */
export function storedReturnChoice({ returnStock, returnItems, returnCoupon }: ReturnChoice): {
  returnStock: boolean | null;
  returnCoupon: boolean | null;
} {
  return {
    returnStock: returnItems === undefined ? (returnStock ?? null) : false,
    returnCoupon: returnCoupon ?? null,
  };
}

type AuditedReturnChoice = Pick<AuditedFields<'refund.give'>, 'returnStock' | 'returnItems' | 'returnCoupon'>;

/** For the audit log: the fields that were given, and `returnStock` in any case. */
export function auditedReturnChoice(choice: ReturnChoice): AuditedReturnChoice {
  const { returnItems } = choice;
  const { returnStock, returnCoupon } = storedReturnChoice(choice);
  return { returnStock, ...(returnItems && { returnItems }), ...(returnCoupon !== null && { returnCoupon }) };
}

/** For an idempotency key. Empty where neither is given, so that keys from before these fields existed stay good. */
export function idempotencyFieldsOfReturn({ returnItems, returnCoupon }: ReturnChoice): unknown[] {
  if (returnItems === undefined && returnCoupon === undefined) return [];
  const lines = returnItems?.map(({ productId, quantity }) => [productId, quantity]) ?? null;
  return [lines, returnCoupon ?? null];
}

/** Which pieces the refund names when it is decided, or why it cannot. */
export function decideReturn(choice: ReturnChoice, facts: ReturnContext): ReturnDecision {
  const named = mergeLines(choice.returnItems ?? []);
  const wantsAll = choice.returnStock === true;
  if (facts.hasNoGoods && (wantsAll || named.length > 0 || choice.returnCoupon === true)) return { kind: 'NO_GOODS' };
  if (choice.returnCoupon === true && !(facts.isFull && facts.hasCoupon)) return { kind: 'COUPON_STAYS' };
  if (wantsAll) {
    if (!facts.isFull || facts.isShipped) return { kind: 'NEEDS_ITEMS' };
    return { kind: 'ACCEPTED', lines: [...facts.left] };
  }
  for (const { productId, quantity } of named) {
    const left = facts.left.find((line) => line.productId === productId)?.quantity ?? 0;
    if (quantity > left) return { kind: 'TOO_MANY', productId, quantity, left };
  }
  return { kind: 'ACCEPTED', lines: named };
}

function mergeLines(lines: readonly StockLine[]): StockLine[] {
  const pieces = new Map<string, number>();
  for (const { productId, quantity } of lines) pieces.set(productId, (pieces.get(productId) ?? 0) + quantity);
  return [...pieces].map(([productId, quantity]) => ({ productId, quantity }));
}
