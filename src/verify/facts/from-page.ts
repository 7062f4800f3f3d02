import type { CheckedTable } from '../invariant.js';
import { ORDER_FACTS } from './order-facts.js';
import { PAYMENT_FACTS } from './payment-facts.js';
import type { Facts } from './facts.js';

const FACTS: Partial<Record<CheckedTable, Readonly<Record<string, Facts>>>> = {
  orders: ORDER_FACTS,
  payments: PAYMENT_FACTS,
};

/** A range of row ids: greater than the first, up to the second. */
export type IdRange = readonly [after: number, upTo: number];

/** `FROM … WHERE …` for the rows of a page, under the alias `row`, with their facts. */
export function fromPage(table: CheckedTable, row: string, [after, upTo]: IdRange): string {
  const page = `${row}.id > ${after} AND ${row}.id <= ${upTo}`;
  const joins = Object.entries(FACTS[table] ?? {}).map(([name, { join, columns }]) => {
    const aggregates = Object.entries(columns).map(([column, aggregate]) => `${aggregate} AS ${column}`);
    return `LEFT JOIN (SELECT ${row}.id AS row_id, ${aggregates.join(', ')} FROM ${table} ${row} JOIN ${join(page)}
      WHERE ${page} GROUP BY ${row}.id) ${name} ON ${name}.row_id = ${row}.id`;
  });
  return `FROM ${table} ${row} ${joins.join(' ')} WHERE ${page}`;
}
