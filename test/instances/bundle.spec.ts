import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { sendRequest } from '../../tools/client/http.js';
import { dataSourceOptionsFor, migrations } from '../../src/tables.js';
import { createScratchDatabase, type ScratchDatabase } from '../support/database/scratch-database.js';
import { eventually } from '../support/eventually.js';
import type { ServiceProcess } from '../support/service-process.js';
import { startProcesses } from './instance-group.js';

/** `npm test` builds it first: see tools/build. */
describe('the bundled service', () => {
  let database: ScratchDatabase;
  let service: ServiceProcess | undefined;

  beforeEach(async () => {
    database = await createScratchDatabase();
    [service] = await startProcesses(1, { DATABASE_URL: database.url, LOG_LEVEL: 'warn' });
  });
  afterEach(async () => {
    await service?.kill();
    await database.drop();
  });

  it('describes the same API as the compiled modules, and serves the files of its documentation', async () => {
    const url = service?.url ?? '';
    const { stdout } = await promisify(execFile)(process.execPath, [resolve('dist/src/describe-api.js')], {
      maxBuffer: 32 * 1024 * 1024,
    });
    const description = await (await fetch(`${url}/docs/openapi.json`)).json();
    expect(description).toEqual(JSON.parse(stdout));
    expect((await sendRequest(`${url}/docs/swagger-ui.css`)).status).toBe(200);
  });

  it('logs stack traces that name the TypeScript sources', async () => {
    await execute(database.url, 'ALTER TABLE products RENAME TO no_products');
    expect((await sendRequest(`${service?.url ?? ''}/api/products`)).status).toBe(500);
    await eventually(() => expect(service?.output).toMatch(/\/src\/database\/[\w/-]+\.ts:\d+:\d+/));
  });

  it('contains the licences of the packages in it', () => {
    const licences = readFileSync(resolve('dist/server/THIRD-PARTY-LICENSES.txt'), 'utf8');
    for (const name of ['typeorm', '@nestjs/core', 'fastify', 'node-forge']) {
      expect(licences).toMatch(new RegExp(`^${name} \\d+\\.\\d+\\.\\d+ \\(.*\\)$`, 'm'));
    }
    expect(licences).toContain('Permission is hereby granted, free of charge');
  });

  it('has the tables of all migrations ready for a new SQLite database', () => {
    const { migrations: names } = JSON.parse(readFileSync(resolve('dist/server/empty-database.json'), 'utf8')) as {
      migrations: string[];
    };
    expect(names).toEqual(migrations.map(({ name }) => name));
  });
});

async function execute(url: string, statement: string): Promise<void> {
  const options = dataSourceOptionsFor({ DATABASE_URL: url, DATABASE_POOL_SIZE: 1 });
  const dataSource = await new DataSource(options).initialize();
  try {
    await dataSource.query(statement);
  } finally {
    await dataSource.destroy();
  }
}
