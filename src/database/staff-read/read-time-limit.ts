import { type DataSource, QueryFailedError, type QueryRunner } from 'typeorm';

/** MariaDB 1969, MySQL 3024: the statement exceeded the time limit of its session. */
const TIMEOUT_CODES: readonly unknown[] = [1969, 3024];

/** True if the database stopped a statement that exceeded its time limit. */
export function isStatementTimeout(error: unknown): boolean {
  const cause: unknown = error instanceof QueryFailedError ? error.driverError : error;
  return typeof cause === 'object' && cause !== null && TIMEOUT_CODES.includes(Reflect.get(cause, 'errno'));
}

/** Sets the statement time limit of a connection. SQLite has no such limit, because it runs in our process. */
export class ReadTimeLimit {
  private isMariaDb: boolean | null = null;

  constructor(private readonly dataSource: DataSource) {}

  /** @param seconds the limit of each statement of `work`. It is reset afterwards, also after an error. */
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
