import type { DataSource } from 'typeorm';
import { PaymentAttempt } from '../../payment/attempt/payment-attempt.entity.js';

/** Times of plain SQL statements, which SQLite stores as text. */
export interface TimeValues {
  toSql(at: Date): unknown;
  /** @throws TypeError for a value that is no time. */
  fromSql(value: unknown): Date;
}

export function timeValuesOf(dataSource: DataSource): TimeValues {
  const column = dataSource.getMetadata(PaymentAttempt).findColumnWithPropertyName('createdAt');
  if (!column) throw new Error('payments has no column for createdAt.');
  const { driver } = dataSource;
  return {
    toSql: (at) => driver.preparePersistentValue(at, column) as unknown,
    fromSql: (value) => {
      const at: unknown = driver.prepareHydratedValue(value, column);
      if (!(at instanceof Date)) throw new TypeError('The value is not a time.');
      return at;
    },
  };
}
