import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { chmod, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import { dataSourceOptions } from '../data-source/data-source-options.js';
import { openDataSource } from '../data-source/open-data-source.js';

describe('database files', () => {
  let home: string;
  let open: DataSource[];

  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'wxc-files-'));
    open = [];
  });
  afterEach(async () => {
    for (const source of open) await source.destroy();
    await rm(home, { recursive: true });
  });

  const modeOf = async (path: string): Promise<string> => ((await stat(path)).mode & 0o777).toString(8);
  const opened = async (path: string): Promise<DataSource> => {
    const source = await openDataSource(dataSourceOptions({ url: `sqlite:${path}`, entities: [], migrations: [] }));
    open.push(source);
    await source.query('CREATE TABLE IF NOT EXISTS note (id INTEGER)');
    return source;
  };
  const modesIn = async (folder: string): Promise<Record<string, string>> =>
    Object.fromEntries(
      await Promise.all((await readdir(folder)).map(async (name) => [name, await modeOf(join(folder, name))] as const)),
    );
  const ALL_PRIVATE = { 'shop.sqlite': '600', 'shop.sqlite-shm': '600', 'shop.sqlite-wal': '600' };

  it('database: a new SQLite database, its WAL and its folder are readable only by the owner', async () => {
    const folder = join(home, 'data', 'shop');
    await opened(join(folder, 'shop.sqlite'));
    expect(await modesIn(folder)).toEqual(ALL_PRIVATE);
    expect(await modesIn(home)).toEqual({ data: '700' });
    expect(await modeOf(folder)).toBe('700');
  });

  it('database: the files of an earlier version become private at the next start', async () => {
    const path = join(home, 'shop.sqlite');
    const left = await opened(path); // still running, like an instance that is updated later
    for (const name of Object.keys(ALL_PRIVATE)) await chmod(join(home, name), 0o644);
    await left.query('INSERT INTO note VALUES (1)');
    await opened(path);
    expect(await modesIn(home)).toEqual(ALL_PRIVATE);
  });

  it('database: other files are not changed', async () => {
    const other = join(home, 'shop.sqlite.bak');
    await writeFile(other, '');
    await chmod(other, 0o644);
    await chmod(home, 0o755);
    await opened(join(home, 'shop.sqlite'));
    expect([await modeOf(other), await modeOf(home)]).toEqual(['644', '755']);
  });
});
