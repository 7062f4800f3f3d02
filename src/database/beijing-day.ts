import type { EntityManager } from 'typeorm';

/**
 * An expression for the day, `yyyy-MM-dd`, in which an instant falls in Beijing: the day of WeChat's bills. The dialects
 * have no way to say it that both understand.
 * @param column as the statement names it, such as `payment.paid_at`; never from outside.
 */
export function beijingDay({ dataSource }: EntityManager, column: string): string {
  return dataSource.options.type === 'better-sqlite3'
    ? `date(${column}, '+8 hours')`
    : `DATE_FORMAT(DATE_ADD(${column}, INTERVAL 8 HOUR), '%Y-%m-%d')`;
}
