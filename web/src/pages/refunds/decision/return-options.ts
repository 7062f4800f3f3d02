/** Choices of a refund dialog about stock and coupon, besides the amount. */
export interface ReturnOptions {
  /** `auto`: by the service's rule · `items`: the quantities below · `none`. */
  stock: 'auto' | 'items' | 'none';
  /** Quantities that return to stock, by product ID. */
  quantities?: Record<string, number | null>;
  coupon?: 'auto' | 'yes' | 'no';
}

export const DEFAULT_RETURN_OPTIONS: ReturnOptions = { stock: 'auto', coupon: 'auto' };

interface ReturnFieldsBody {
  returnStock?: boolean;
  returnItems?: { productId: string; quantity: number }[];
  returnCoupon?: boolean;
}

/** The request fields. A choice of `auto` is omitted, so that the service applies its rule. */
export function toReturnFieldsBody({ stock, quantities = {}, coupon = 'auto' }: ReturnOptions): ReturnFieldsBody {
  const named = Object.entries(quantities).flatMap(([productId, quantity]) =>
    quantity !== null && quantity > 0 ? [{ productId, quantity }] : [],
  );
  return {
    ...(stock === 'none' && { returnStock: false }),
    ...(stock === 'items' && { returnItems: named }),
    ...(coupon !== 'auto' && { returnCoupon: coupon === 'yes' }),
  };
}
