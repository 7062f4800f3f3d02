import { Column, Generated, PrimaryColumn } from 'typeorm';

/** A time in milliseconds since 1970, for columns that SQL calculates with. Conditions may give a `Date`. */
export const MillisecondsColumn = (): PropertyDecorator =>
  Column('bigint', {
    transformer: { from: Number, to: (value: unknown) => (value instanceof Date ? value.getTime() : value) },
  });

const AS_NUMBER_OR_NULL = {
  from: (value: string | number | null) => (value === null ? null : Number(value)),
  to: (value: unknown) => value,
};

/** A number that may exceed 32 bits, such as the sum of a day in fen. */
export const BigintColumn = (): PropertyDecorator => Column('bigint', { transformer: AS_NUMBER });

export const NullableBigintColumn = (): PropertyDecorator =>
  Column('bigint', { nullable: true, transformer: AS_NUMBER_OR_NULL });

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
