/** A text in both languages of the panel: Chinese first. */
export type Words = readonly [zh: string, en: string];

export type Language = 'zh' | 'en';

export const say = ([zh, en]: Words, language: Language): string => (language === 'zh' ? zh : en);

/** 1234 → '12.34'. */
export function yuan(fen: number): string {
  const digits = String(fen).padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
