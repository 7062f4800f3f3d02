import { QueryFailedError, QueryResult, type QueryRunner, QueryRunnerAlreadyReleasedError } from 'typeorm';

/** The part of a mysql2 connection that is used here. */
interface MysqlConnection {
  query(statement: string, values: unknown, callback: (error: Error | null, result: unknown) => void): void;
}

type Query = (statement: string, values?: unknown, isStructured?: boolean) => Promise<unknown>;

/**
 * Replaces the `query` method of a query runner for MySQL. TypeORM's makes a new wrapper of the connection for each statement,
 * with listeners of its events, and calls loggers and subscribers, which this service does not have.
 */
export function usePlainQueries(runner: QueryRunner): QueryRunner {
  const query: Query = async (statement, values, isStructured = false) => {
    if (runner.isReleased) throw new QueryRunnerAlreadyReleasedError();
    const connection = (await runner.connect()) as MysqlConnection;
    try {
      const raw = await new Promise((resolve, reject) => {
        connection.query(statement, values, (error, result) => (error ? reject(error) : resolve(result)));
      });
      return isStructured ? structured(raw) : raw;
    } catch (error) {
      throw new QueryFailedError(statement, values as unknown[] | undefined, error as Error);
    }
  };
  return Object.assign(runner, { query });
}

/** @param raw rows, or what a change has returned. */
function structured(raw: unknown): QueryResult {
  const result = new QueryResult();
  result.raw = raw;
  if (Array.isArray(raw)) result.records = raw as unknown[];
  else if (typeof raw === 'object' && raw !== null && 'affectedRows' in raw) result.affected = Number(raw.affectedRows);
  return result;
}
