import { Generated, PrimaryColumn } from 'typeorm';

/** The MySQL driver returns 64-bit values as text. Ids stay far below 2^53, up to which numbers are exact. */
const AS_NUMBER = { from: Number, to: (value: unknown) => value };

/**
 * The id of a table that only grows, such as a log: 64 bits, because after 2^31 rows, or inserts that were rolled back,
 * every payment would fail. A number in TypeScript and in JSON.
 */
export function LargeRowId(): PropertyDecorator {
  const [column, generated] = [PrimaryColumn('bigint', { transformer: AS_NUMBER }), Generated('increment')];
  return (target, property) => {
    column(target, property);
    generated(target, property);
  };
}
