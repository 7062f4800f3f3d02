import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { dataSourceOptionsFor } from '../../src/tables.js';
import { parseVerifyOptions } from '../../src/verify/verify-options.js';
import { CannotVerifyError } from '../../src/verify/read-only-database.js';
import { verify } from '../../src/verify/verify.js';
import { createScratchDatabase } from '../support/database/scratch-database.js';

describe('verify: a check that is not possible', () => {
  const refuses = (environment: Record<string, string>, ...options: string[]): Promise<string> =>
    verify(parseVerifyOptions(options), environment).then(
      () => 'checked',
      (error: unknown) => (error instanceof CannotVerifyError ? error.message : `unexpected: ${String(error)}`),
    );

  it('a missing SQLite file is reported and not created', async () => {
    const path = join(tmpdir(), 'wx-checkout-nowhere', 'shop.sqlite');
    expect(await refuses({ DATABASE_URL: `sqlite:${path}` })).toBe(`There is no database at ${path}.`);
    expect(existsSync(join(path, '..'))).toBe(false);
    expect(await refuses({ DATABASE_URL: 'sqlite::memory:' })).toMatch(/in-memory/);
  });

  it('an unreachable server is reported without the password', async () => {
    const message = await refuses({ DATABASE_URL: 'mysql://user:s3cret@127.0.0.1:9/shop' });
    expect(message).toMatch(/cannot be read: .*ECONNREFUSED/);
    expect(message).not.toMatch(/s3cret/);
  });

  it('an empty, an older and a newer schema are reported', async () => {
    const scratch = await createScratchDatabase();
    const writer = await new DataSource(
      dataSourceOptionsFor({ DATABASE_URL: scratch.url, DATABASE_POOL_SIZE: 2 }),
    ).initialize();
    const environment = { DATABASE_URL: scratch.url };
    try {
      expect(await refuses(environment)).toMatch(/has never been started/);
      await writer.runMigrations();
      expect(await refuses(environment)).toBe('checked');
      await writer.query("INSERT INTO migrations (timestamp, name) VALUES (1, 'FromTomorrow1')");
      expect(await refuses(environment)).toMatch(/newer than this version: it contains FromTomorrow1/);
      await writer.query("UPDATE migrations SET name = 'Changed' WHERE name LIKE 'CreateRefunds%'");
      expect(await refuses(environment)).toMatch(/older than this version: CreateRefunds1795000000004 is missing/);
    } finally {
      await writer.destroy();
      await scratch.drop();
    }
  });

  it.each([
    [{ DATABASE_URL: 'postgres://x/y' }, /DATABASE_URL must be/],
    [{ DATABASE_URL: 'sqlite:x', RECONCILE_INTERVAL_SECONDS: 'often' }, /RECONCILE_INTERVAL_SECONDS must be/],
  ])('invalid settings are reported: %j', async (environment, complaint) => {
    expect(await refuses(environment)).toMatch(complaint);
  });

  it('WeChat settings are required only with --wechat', async () => {
    const environment = { NODE_ENV: 'production', DATABASE_URL: 'sqlite:/nowhere' };
    expect(await refuses(environment)).toMatch(/There is no database/);
    expect(await refuses(environment, '--wechat')).toMatch(/WECHAT_API_KEY/);
  });

  it.each(['--wechat=many', '--grace-seconds=-1', '--page-size=0', '--now=soon', '--fix', 'all'])(
    'the invalid option %s is rejected',
    (option) => {
      expect(() => parseVerifyOptions([option])).toThrow(CannotVerifyError);
    },
  );
});
