import { type DataSource, QueryFailedError, type QueryRunner } from 'typeorm';

/** MariaDB 1969, MySQL 3024: the statement took longer than its session allows. */
const TIMEOUT_CODES: readonly unknown[] = [1969, 3024];

/** True when the database stopped a statement that took longer than its limit. */
export function isStatementTimeout(error: unknown): boolean {
  const cause: unknown = error instanceof QueryFailedError ? error.driverError : error;
  return typeof cause === 'object' && cause !== null && TIMEOUT_CODES.includes(Reflect.get(cause, 'errno'));
}

/** Limits how long the statements of a connection may take. SQLite has no such limit: it computes within our process. */
export class ReadTimeLimit {
  private isMariaDb: boolean | null = null;

  constructor(private readonly dataSource: DataSource) {}

  /** @param seconds for each statement of `work`. The limit ends with `work`, also when that fails. */
  async runWithLimit<T>(runner: QueryRunner, seconds: number, work: () => Promise<T>): Promise<T> {
    if (this.dataSource.options.type !== 'mysql') return work();
    await this.setLimit(runner, seconds);
    try {
      return await work();
    } finally {
      await this.setLimit(runner, null);
    }
  }

  private async setLimit(runner: QueryRunner, seconds: number | null): Promise<void> {
    this.isMariaDb ??= await isMariaDb(runner);
    const [variable, value] = this.isMariaDb
      ? ['max_statement_time', seconds]
      : ['max_execution_time', seconds === null ? null : seconds * 1000];
    await runner.query(`SET SESSION ${variable} = ${value ?? 'DEFAULT'}`);
  }
}

async function isMariaDb(runner: QueryRunner): Promise<boolean> {
  const [row] = (await runner.query('SELECT VERSION() AS version')) as { version: string }[];
  return row?.version.includes('MariaDB') ?? false;
}
