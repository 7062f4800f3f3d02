import mysql from 'mysql2/promise';
import { DATABASE_SERVER, ROOT } from './settings.ts';

// The parts of the built service that are used here.
interface OrmConfigModule {
  dataSourceOptionsFor: (settings: { DATABASE_URL: string; DATABASE_POOL_SIZE: number }) => object;
}
interface OlderOrmConfigModule {
  optionsFor: (settings: { DATABASE_URL: string; DATABASE_POOL_SIZE: number }) => object;
}
interface DataSourceModule {
  openDataSource: (options: object) => Promise<{ destroy: () => Promise<void> }>;
}

/**
 * The benchmark's own databases, created with the service's migrations. Their names are `wxc_bench_…` with the process
 * number, so that two concurrent benchmarks do not collide.
 */
export class BenchDatabases {
  #createdNames: string[] = [];

  /** @returns migrated and empty */
  async create(purpose: string): Promise<{ url: string; connection: mysql.Connection }> {
    const url = await this.#createEmpty(purpose);
    await migrate(url);
    return { url, connection: await mysql.createConnection({ uri: url, timezone: 'Z' }) };
  }

  /** @param folder the root folder of the older commit, whose migrations are run */
  async createOlder(purpose: string, folder: string): Promise<{ url: string; connection: mysql.Connection }> {
    const url = await this.#createEmpty(purpose);
    const { optionsFor } = (await import(`${folder}/dist/ormconfig.js`)) as OlderOrmConfigModule;
    const { openDataSource } = (await import(`${folder}/dist/src/database/open-data-source.js`)) as DataSourceModule;
    await (await openDataSource(optionsFor({ DATABASE_URL: url, DATABASE_POOL_SIZE: 2 }))).destroy();
    return { url, connection: await mysql.createConnection({ uri: url, timezone: 'Z' }) };
  }

  async dropAll() {
    for (const name of this.#createdNames.splice(0)) await runOnServer(`DROP DATABASE ${name}`);
  }

  async #createEmpty(purpose: string): Promise<string> {
    const name = `wxc_bench_${purpose}_${process.pid}`;
    await runOnServer(`CREATE DATABASE ${name} CHARACTER SET utf8mb4`);
    this.#createdNames.push(name);
    return `${DATABASE_SERVER}/${name}`;
  }
}

/** Runs the service's pending migrations. */
export async function migrate(url: string): Promise<void> {
  const { dataSourceOptionsFor } = (await import(`${ROOT}dist/ormconfig.js`)) as OrmConfigModule;
  const { openDataSource } = (await import(
    `${ROOT}dist/src/database/data-source/open-data-source.js`
  )) as DataSourceModule;
  const dataSource = await openDataSource(dataSourceOptionsFor({ DATABASE_URL: url, DATABASE_POOL_SIZE: 2 }));
  await dataSource.destroy();
}

async function runOnServer(statement: string) {
  const connection = await mysql.createConnection({ uri: DATABASE_SERVER });
  try {
    await connection.query(statement);
  } finally {
    await connection.end();
  }
}
