import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import 'reflect-metadata';

// The parts of the compiled service and simulator that are used here.
interface TablesModule {
  dataSourceOptionsFor: (settings: { DATABASE_URL: string; DATABASE_POOL_SIZE: number }) => object;
}
interface DataSourceModule {
  openDataSource: (options: object) => Promise<{ destroy: () => Promise<void> }>;
}
interface SimulatorModule {
  generateSimulatorKeys: () => Promise<object>;
}
interface EmptyDatabaseModule {
  describeEmptyDatabase: (dataSource: object) => Promise<object>;
}

/** Writes what every first start would otherwise work out again: the tables of an empty SQLite database, and the simulator's keys. */
export async function writePreparedFiles(compiled: string, simulator: string, output: string): Promise<void> {
  const { generateSimulatorKeys } = (await import(`${simulator}/start-simulator.js`)) as SimulatorModule;
  const [empty, keys] = await Promise.all([emptyDatabase(compiled), generateSimulatorKeys()]);
  await writeFile(join(output, 'empty-database.json'), JSON.stringify(empty));
  await writeFile(join(output, 'simulator-keys.json'), JSON.stringify(keys));
}

async function emptyDatabase(compiled: string): Promise<object> {
  const { dataSourceOptionsFor } = (await import(`${compiled}/src/tables.js`)) as TablesModule;
  const { openDataSource } = (await import(
    `${compiled}/src/database/data-source/open-data-source.js`
  )) as DataSourceModule;
  const { describeEmptyDatabase } = (await import(
    `${compiled}/src/database/sqlite/empty-database.js`
  )) as EmptyDatabaseModule;
  const dataSource = await openDataSource(
    dataSourceOptionsFor({ DATABASE_URL: 'sqlite::memory:', DATABASE_POOL_SIZE: 1 }),
  );
  try {
    return await describeEmptyDatabase(dataSource);
  } finally {
    await dataSource.destroy();
  }
}
