import type { Rule } from 'antd/es/form';
import { fenOf } from '../money.js';

interface YuanRule {
  /** Fen. */
  most?: number;
  wrong: string;
  tooMuch?: string;
}

/** What was typed must be an amount of yuan above nothing, and no more than `most`. */
export function yuanRule({ most, wrong, tooMuch = wrong }: YuanRule): Rule {
  return {
    validator: (_rule, typed: unknown) => {
      const fen = typeof typed === 'string' ? fenOf(typed) : null;
      if (fen === null || fen < 1) return Promise.reject(new Error(wrong));
      return most !== undefined && fen > most ? Promise.reject(new Error(tooMuch)) : Promise.resolve();
    },
  };
}
