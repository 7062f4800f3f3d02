import type { Rule } from 'antd/es/form';
import { parseYuan } from './money.js';

interface YuanRule {
  /** Fen, 1 by default. With 0, the field may be empty. */
  minFen?: number;
  /** Fen. */
  maxFen?: number;
  invalidText: string;
  tooLargeText?: string;
}

/** Validates that the text is an amount of yuan from `minFen` to `maxFen`. */
export function yuanRule({ minFen = 1, maxFen, invalidText, tooLargeText = invalidText }: YuanRule): Rule {
  return {
    validator: (_rule, typed: unknown) => {
      const fen = typeof typed === 'string' ? parseYuan(typed) : null;
      const isEmpty = typed === undefined || (typeof typed === 'string' && typed.trim() === '');
      if (isEmpty && minFen === 0) return Promise.resolve();
      if (fen === null || fen < minFen) return Promise.reject(new Error(invalidText));
      return maxFen !== undefined && fen > maxFen ? Promise.reject(new Error(tooLargeText)) : Promise.resolve();
    },
  };
}

/** Whether an amount in fen is accepted (null: no valid amount was typed). Enables the dialog's button. */
export function isAmountAllowed(fen: number | null, maxFen: number): boolean {
  return fen !== null && fen >= 1 && fen <= maxFen;
}
