import { createRequire } from 'node:module';
import type { DataSource, EntitySubscriberInterface } from 'typeorm';
import { isOnMysql } from './scratch-database.js';

export interface Statement {
  query: string;
  parameters: unknown[];
}

type Query = (this: unknown, ...parameters: unknown[]) => unknown;

/** The statements that the service sends while `work` runs and that match the pattern, on either database. */
export async function recordStatements(
  dataSource: DataSource,
  pattern: RegExp,
  work: () => Promise<unknown>,
): Promise<Statement[]> {
  const statements: Statement[] = [];
  const record = (query: unknown, parameters: unknown): void => {
    if (typeof query !== 'string' || !pattern.test(query)) return;
    statements.push({ query, parameters: Array.isArray(parameters) ? parameters : [] });
  };
  const stop = isOnMysql ? recordConnections(record) : recordDataSource(dataSource, record);
  try {
    await work();
  } finally {
    stop();
  }
  return statements;
}

/** The service does not call TypeORM's subscribers on MySQL, so the statements are seen where the driver sends them. */
function recordConnections(record: (query: unknown, parameters: unknown) => void): () => void {
  const { Connection } = createRequire(import.meta.url)('mysql2') as { Connection: { prototype: object } };
  const base = Object.getPrototypeOf(Connection.prototype) as { query: Query };
  const original = base.query;
  base.query = function (...parameters) {
    record(parameters[0], parameters[1]);
    return original.apply(this, parameters);
  };
  return () => {
    base.query = original;
  };
}

function recordDataSource(
  { subscribers }: DataSource,
  record: (query: unknown, parameters: unknown) => void,
): () => void {
  const recorder: EntitySubscriberInterface = {
    beforeQuery: ({ query, parameters }) => {
      record(query, parameters);
    },
  };
  subscribers.push(recorder);
  return () => subscribers.splice(subscribers.indexOf(recorder), 1);
}
