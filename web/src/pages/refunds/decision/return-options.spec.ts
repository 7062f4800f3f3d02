import { describe, expect, it } from '@jest/globals';
import { toReturnFieldsBody, DEFAULT_RETURN_OPTIONS } from './return-options.js';

describe('refund dialog: stock and coupon', () => {
  it('omits the fields of choices that are auto', () => {
    expect(toReturnFieldsBody(DEFAULT_RETURN_OPTIONS)).toEqual({});
    expect(toReturnFieldsBody({ stock: 'auto', quantities: { TEA: 1 } })).toEqual({});
  });

  it('sends only the entered quantities', () => {
    const quantities = { TEA: 2, PEN: 0, CAKE: null };
    expect(toReturnFieldsBody({ stock: 'items', quantities })).toEqual({
      returnItems: [{ productId: 'TEA', quantity: 2 }],
    });
    expect(toReturnFieldsBody({ stock: 'items' })).toEqual({ returnItems: [] });
  });

  it('sends the choices for stock and coupon independently', () => {
    expect(toReturnFieldsBody({ stock: 'none', coupon: 'yes' })).toEqual({ returnStock: false, returnCoupon: true });
    expect(toReturnFieldsBody({ stock: 'auto', coupon: 'no' })).toEqual({ returnCoupon: false });
  });
});
