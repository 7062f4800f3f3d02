import type { PopulatedShop } from './populated-shop.js';

/** A manipulation that violates exactly one invariant. */
export interface InvariantBreak {
  name: string;
  what: string;
  /** @returns the numbers that the report must list. */
  apply: (shop: PopulatedShop) => Promise<string[]>;
}

/** The number that the report must list. */
export type NumberOf = (shop: PopulatedShop) => string;

/** Statements in which `#` is replaced by the expected number. */
export const breakBySql = (name: string, what: string, number: NumberOf, ...statements: string[]): InvariantBreak => ({
  name,
  what,
  apply: async (shop) => {
    const named = number(shop);
    await shop.fixture.shop.rawUpdate(...statements.map((statement) => statement.replaceAll('#', named)));
    return [named];
  },
});
