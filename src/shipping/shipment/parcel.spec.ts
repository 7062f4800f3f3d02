import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DomainError } from '../../common/problem/domain-error.js';
import type { OrderItem } from '../../order/order-item.entity.js';
import { LOGISTICS_KINDS } from '../../wechat/mini-program/wechat-shipping.client.js';
import { validateParcel, parcelKeyOf, maskContact, type ParcelInput } from './parcel.js';

const goods = (...names: string[]): { items: OrderItem[]; description: null } => ({
  items: names.map((name, n) => ({ name, quantity: n + 1 }) as OrderItem),
  description: null,
});
const EXPRESS: ParcelInput = { kind: 'EXPRESS', carrier: 'ZTO', trackingNo: 'ZT1' };

/** The fields with an error. */
function errorFieldsOf(input: ParcelInput): string[] {
  try {
    validateParcel(input, goods('茶'));
    return [];
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return (error.context.errors ?? []).map(({ field }) => field);
  }
}

describe('parcel', () => {
  it("describes the order's items, truncated to WeChat's limit by whole characters", () => {
    expect(validateParcel(EXPRESS, goods('龙井茶', '白瓷盖碗')).itemDesc).toBe('龙井茶*1；白瓷盖碗*2');
    expect(validateParcel({ ...EXPRESS, itemDesc: '样品' }, goods('茶')).itemDesc).toBe('样品');
    expect(validateParcel(EXPRESS, { items: [], description: '礼盒' }).itemDesc).toBe('礼盒');
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme', minLength: 1 }), { minLength: 1 }), (names) => {
        const { itemDesc } = validateParcel(EXPRESS, goods(...names));
        expect([...itemDesc].length).toBeLessThanOrEqual(120);
        expect(itemDesc.isWellFormed()).toBe(true);
        expect(itemDesc).not.toBe('');
      }),
    );
  });

  it.each<[ParcelInput, string[]]>([
    [EXPRESS, []],
    [{ kind: 'EXPRESS' }, ['carrier', 'trackingNo']],
    [{ ...EXPRESS, carrier: 'SF' }, ['receiverContact']],
    [{ ...EXPRESS, carrier: 'SF', receiverContact: '138****8000' }, []],
    [{ kind: 'SAME_CITY' }, []],
    [{ kind: 'SAME_CITY', carrier: '闪送', trackingNo: '1' }, []],
    [{ ...EXPRESS, carrier: '圆通' }, ['carrier']],
    [{ kind: 'VIRTUAL', carrier: 'SF' }, ['carrier', 'receiverContact']],
    [{ kind: 'SELF_PICKUP', trackingNo: '1' }, ['trackingNo']],
  ])('%o has errors in: %o', (input, fields) => {
    expect(errorFieldsOf(input)).toEqual(fields);
  });

  it.each([
    ['13800138000', '138****8000'],
    ['138 0013-8000', '138****8000'],
    ['138****8000', '138****8000'],
    ['+8613800138000', '****8000'],
    ['*******8000', '****8000'],
    ['021-6688123', '****8123'],
    ['8000', null],
    ['Alice 8000', null],
    ['13800138***', null],
    ['', null],
  ])('masks the phone number %o as %o', (contact, masked) => {
    expect(maskContact(contact)).toBe(masked);
  });

  it('never shows more than seven digits of a phone number', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\d{7,24}$/), (number) => {
        const masked = maskContact(number);
        expect((masked ?? '').replaceAll('*', '').length).toBeLessThanOrEqual(7);
        expect(masked ?? '').not.toContain(number);
      }),
    );
  });

  it('has a key of its kind, carrier and tracking number only', () => {
    const part = fc.option(fc.string(), { nil: null });
    const parcel = fc.record({ kind: fc.constantFrom(...LOGISTICS_KINDS), carrier: part, trackingNo: part });
    fc.assert(
      fc.property(parcel, parcel, (one, other) => {
        const isSame = JSON.stringify(one) === JSON.stringify(other);
        expect(parcelKeyOf(one) === parcelKeyOf(other)).toBe(isSame);
      }),
    );
  });
});
