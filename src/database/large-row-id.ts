import { Generated, PrimaryColumn } from 'typeorm';

/** The MySQL driver returns 64-bit values as text. Ids stay far below 2^53, the limit of exact numbers. */
const AS_NUMBER = { from: Number, to: (value: unknown) => value };

/**
 * A 64-bit id for a table that only grows, such as a log. With 32 bits every payment would fail after 2^31 inserts, including
 * rolled-back ones. It is a number in TypeScript and JSON.
 */
export function LargeRowId(): PropertyDecorator {
  const [column, generated] = [PrimaryColumn('bigint', { transformer: AS_NUMBER }), Generated('increment')];
  return (target, property) => {
    column(target, property);
    generated(target, property);
  };
}
