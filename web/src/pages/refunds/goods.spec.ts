import { describe, expect, it } from '@jest/globals';
import { goodsBody, DEFAULT_GOODS } from './goods.js';

describe('refund dialog: goods and coupon', () => {
  it('omits the fields of choices that are auto', () => {
    expect(goodsBody(DEFAULT_GOODS)).toEqual({});
    expect(goodsBody({ goods: 'auto', pieces: { TEA: 1 } })).toEqual({});
  });

  it('sends only the entered quantities', () => {
    const pieces = { TEA: 2, PEN: 0, CAKE: null };
    expect(goodsBody({ goods: 'items', pieces })).toEqual({ returnItems: [{ productId: 'TEA', quantity: 2 }] });
    expect(goodsBody({ goods: 'items' })).toEqual({ returnItems: [] });
  });

  it('sends the choices for goods and coupon independently', () => {
    expect(goodsBody({ goods: 'none', coupon: 'yes' })).toEqual({ returnStock: false, returnCoupon: true });
    expect(goodsBody({ goods: 'auto', coupon: 'no' })).toEqual({ returnCoupon: false });
  });
});
