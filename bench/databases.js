import mysql from 'mysql2/promise';
import { DATABASE_SERVER, ROOT } from './settings.js';

/**
 * The benchmark's own databases, created with the service's migrations. Their names are `wxc_bench_…` with the process
 * number, so that two concurrent benchmarks do not collide.
 */
export class BenchDatabases {
  /** @type {string[]} */
  #made = [];

  /**
   * @param {string} purpose
   * @returns {Promise<{ url: string, connection: mysql.Connection }>} migrated and empty
   */
  async create(purpose) {
    const name = `wxc_bench_${purpose}_${process.pid}`;
    await runOnServer(`CREATE DATABASE ${name} CHARACTER SET utf8mb4`);
    this.#made.push(name);
    const url = `${DATABASE_SERVER}/${name}`;
    const { optionsFor } = await import(`${ROOT}dist/ormconfig.js`);
    const { openDataSource } = await import(`${ROOT}dist/src/database/open-data-source.js`);
    const dataSource = await openDataSource(optionsFor({ DATABASE_URL: url, DATABASE_POOL_SIZE: 2 }));
    await dataSource.destroy();
    return { url, connection: await mysql.createConnection({ uri: url, timezone: 'Z' }) };
  }

  async dropAll() {
    for (const name of this.#made.splice(0)) await runOnServer(`DROP DATABASE ${name}`);
  }
}

/** @param {string} statement */
async function runOnServer(statement) {
  const connection = await mysql.createConnection({ uri: DATABASE_SERVER });
  try {
    await connection.query(statement);
  } finally {
    await connection.end();
  }
}
