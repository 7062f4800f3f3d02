/** What is chosen in a refund dialog about goods and coupon: two things beside the amount. */
export interface GoodsDraft {
  /** `auto`: by the rule of the service · `items`: the pieces below · `none`. */
  goods: 'auto' | 'items' | 'none';
  /** Pieces that return to stock, by product. */
  pieces?: Record<string, number | null>;
  coupon?: 'auto' | 'yes' | 'no';
}

export const DEFAULT_GOODS: GoodsDraft = { goods: 'auto', coupon: 'auto' };

interface GoodsBody {
  returnStock?: boolean;
  returnItems?: { productId: string; quantity: number }[];
  returnCoupon?: boolean;
}

/** The fields of the call. What is left to the rule is left out. */
export function goodsBody({ goods, pieces = {}, coupon = 'auto' }: GoodsDraft): GoodsBody {
  const named = Object.entries(pieces).flatMap(([productId, quantity]) =>
    quantity !== null && quantity > 0 ? [{ productId, quantity }] : [],
  );
  return {
    ...(goods === 'none' && { returnStock: false }),
    ...(goods === 'items' && { returnItems: named }),
    ...(coupon !== 'auto' && { returnCoupon: coupon === 'yes' }),
  };
}
