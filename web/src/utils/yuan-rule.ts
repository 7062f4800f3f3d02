import type { Rule } from 'antd/es/form';
import { parseYuan } from './money.js';

interface YuanRule {
  /** Fen: 1 when absent. With 0, nothing may be typed too. */
  minFen?: number;
  /** Fen. */
  maxFen?: number;
  invalidText: string;
  tooLargeText?: string;
}

/** What was typed must be an amount of yuan above nothing, unless nothing is allowed, and no more than `most`. */
export function yuanRule({
  minFen: least = 1,
  maxFen: most,
  invalidText: wrong,
  tooLargeText: tooMuch = wrong,
}: YuanRule): Rule {
  return {
    validator: (_rule, typed: unknown) => {
      const fen = typeof typed === 'string' ? parseYuan(typed) : null;
      const isNothing = typed === undefined || (typeof typed === 'string' && typed.trim() === '');
      if (isNothing && least === 0) return Promise.resolve();
      if (fen === null || fen < least) return Promise.reject(new Error(wrong));
      return most !== undefined && fen > most ? Promise.reject(new Error(tooMuch)) : Promise.resolve();
    },
  };
}

/** Whether an amount, in fen and null when none was typed, would be accepted: what turns the button of a dialog on. */
export function isAmountAllowed(fen: number | null, most: number): boolean {
  return fen !== null && fen >= 1 && fen <= most;
}
