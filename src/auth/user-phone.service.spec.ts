import { describe, expect, it } from '@jest/globals';
import { maskPhoneNumber, formatPhoneNumber, parsePhoneNumber } from './user-phone.service.js';

describe('phone number', () => {
  it.each([
    ['86', '13800138000', '138****8000'],
    ['852', '91234567', '+852 ****4567'],
    ['1', '2025550143', '+1 20****0143'],
    ['49', '15123456789', '+49 151****6789'],
    ['44', '20719460958123', '+44 207****8123'],
    ['376', '312345', '+376 ****45'],
  ])('phone number: masks +%s %s as %s', (countryCode, number, shown) => {
    expect(maskPhoneNumber({ countryCode, number })).toBe(shown);
  });

  it('phone number: is unchanged after formatting and parsing', () => {
    const number = { countryCode: '852', number: '91234567' };
    expect(parsePhoneNumber(formatPhoneNumber(number))).toEqual(number);
    expect(parsePhoneNumber('13800138000')).toBeNull();
  });
});
