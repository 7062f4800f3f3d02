import { describe, expect, it } from '@jest/globals';
import { goodsBody, DEFAULT_GOODS } from './goods.js';

describe('refund dialog: goods and coupon', () => {
  it('leaves out what is left to the rule', () => {
    expect(goodsBody(DEFAULT_GOODS)).toEqual({});
    expect(goodsBody({ goods: 'auto', pieces: { TEA: 1 } })).toEqual({});
  });

  it('sends the named pieces, and no others', () => {
    const pieces = { TEA: 2, PEN: 0, CAKE: null };
    expect(goodsBody({ goods: 'items', pieces })).toEqual({ returnItems: [{ productId: 'TEA', quantity: 2 }] });
    expect(goodsBody({ goods: 'items' })).toEqual({ returnItems: [] });
  });

  it('says no to goods and coupon on their own', () => {
    expect(goodsBody({ goods: 'none', coupon: 'yes' })).toEqual({ returnStock: false, returnCoupon: true });
    expect(goodsBody({ goods: 'auto', coupon: 'no' })).toEqual({ returnCoupon: false });
  });
});
