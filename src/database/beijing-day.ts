import type { EntityManager } from 'typeorm';

/**
 * An SQL expression for the Beijing day, `yyyy-MM-dd`, of an instant: the day of WeChat's bills. The two dialects have no
 * common expression for it.
 * @param column the column as named in the statement, such as `payment.paid_at`; never user input.
 */
export function beijingDay({ dataSource }: EntityManager, column: string): string {
  return dataSource.options.type === 'better-sqlite3'
    ? `date(${column}, '+8 hours')`
    : `DATE_FORMAT(DATE_ADD(${column}, INTERVAL 8 HOUR), '%Y-%m-%d')`;
}
