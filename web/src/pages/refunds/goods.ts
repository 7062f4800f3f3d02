/** Choices of a refund dialog about goods and coupon, besides the amount. */
export interface GoodsDraft {
  /** `auto`: by the service's rule · `items`: the quantities below · `none`. */
  goods: 'auto' | 'items' | 'none';
  /** Quantities that return to stock, by product ID. */
  pieces?: Record<string, number | null>;
  coupon?: 'auto' | 'yes' | 'no';
}

export const DEFAULT_GOODS: GoodsDraft = { goods: 'auto', coupon: 'auto' };

interface GoodsBody {
  returnStock?: boolean;
  returnItems?: { productId: string; quantity: number }[];
  returnCoupon?: boolean;
}

/** The request fields. A choice of `auto` is left out, so that the service applies its rule. */
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
