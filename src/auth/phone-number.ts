import type { PhoneNumber } from '../wechat/wechat-phones.js';

const MAINLAND = '86';
const MASK = '****';
/** Digits that stay at the end, and at most at the beginning. */
const [TAIL, HEAD] = [4, 3];

/** `138****0000`; of other countries `+852 ****4567`. At least four digits are hidden, or all but two of a short number. */
export function masked({ countryCode, number }: PhoneNumber): string {
  const head = number.slice(0, Math.min(HEAD, Math.max(0, number.length - TAIL - MASK.length)));
  const tail = number.slice(number.length < TAIL + MASK.length ? -2 : -TAIL);
  return `${countryCode === MAINLAND ? '' : `+${countryCode} `}${head}${MASK}${tail}`;
}

export function phoneText({ countryCode, number }: PhoneNumber): string {
  return `+${countryCode} ${number}`;
}

export function readPhoneText(text: string): PhoneNumber | null {
  const [, countryCode, number] = /^\+(\d+) (\d+)$/.exec(text) ?? [];
  return countryCode !== undefined && number !== undefined ? { countryCode, number } : null;
}
