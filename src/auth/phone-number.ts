import type { PhoneNumber } from '../wechat/wechat-phone.gateway.js';

const CHINA_COUNTRY_CODE = '86';
const MASK = '****';
/** Visible digits at the end, and at most at the beginning. */
const [TAIL, HEAD] = [4, 3];

/** `138****0000`, or `+852 ****4567` for other countries. Hides at least four digits, or all but two of a short number. */
export function maskPhoneNumber({ countryCode, number }: PhoneNumber): string {
  const head = number.slice(0, Math.min(HEAD, Math.max(0, number.length - TAIL - MASK.length)));
  const tail = number.slice(number.length < TAIL + MASK.length ? -2 : -TAIL);
  return `${countryCode === CHINA_COUNTRY_CODE ? '' : `+${countryCode} `}${head}${MASK}${tail}`;
}

export function formatPhoneNumber({ countryCode, number }: PhoneNumber): string {
  return `+${countryCode} ${number}`;
}

export function parsePhoneNumber(text: string): PhoneNumber | null {
  const [, countryCode, number] = /^\+(\d+) (\d+)$/.exec(text) ?? [];
  return countryCode !== undefined && number !== undefined ? { countryCode, number } : null;
}
