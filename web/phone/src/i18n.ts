/** A text in Chinese and English. */
export type BilingualText = readonly [zh: string, en: string];

export type Language = 'zh' | 'en';

export const t = ([zh, en]: BilingualText, language: Language): string => (language === 'zh' ? zh : en);

/** Formats fen as yuan: 1234 → '12.34'. */
export function formatYuan(fen: number): string {
  const digits = String(fen).padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
