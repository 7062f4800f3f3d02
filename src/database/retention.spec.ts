import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { dataSourceOptionsFor } from '../../ormconfig.js';
import { openDataSource } from './data-source/open-data-source.js';
import { duePurges } from './retention.js';

const NOW = new Date('2026-11-21T04:00:00.000Z');

describe('retention of rows', () => {
  let dataSource: DataSource;

  beforeAll(async () => {
    dataSource = await openDataSource(dataSourceOptionsFor({ DATABASE_URL: 'sqlite::memory:', DATABASE_POOL_SIZE: 1 }));
  });
  afterAll(() => dataSource.destroy());

  it('these tables are purged, by these times and values, and no table about orders and money', () => {
    const purges = duePurges(dataSource, NOW).map((purge) => {
      const table = dataSource.getMetadata(purge.entity).tableName;
      const secondsAgo = 'before' in purge ? (NOW.getTime() - purge.before.getTime()) / 1000 : null;
      const secondsAhead = 'after' in purge ? (purge.after.getTime() - NOW.getTime()) / 1000 : null;
      return [table, purge.ageProperty, secondsAgo ?? `ahead by ${String(secondsAhead)}`, purge.where];
    });
    const byTable = (one: unknown[], other: unknown[]): number =>
      JSON.stringify(one) < JSON.stringify(other) ? -1 : 1;
    expect(purges.sort(byTable)).toEqual([
      ['call_budgets', 'freeAt', 'ahead by 6600', {}],
      ['call_budgets', 'freeAt', 0, {}],
      ['event_deliveries', 'createdAt', 30 * 86_400, {}],
      ['event_delivery_attempts', 'at', 30 * 86_400, {}],
      ['events', 'createdAt', 30 * 86_400, {}],
      ['idempotency_keys', 'createdAt', 7 * 86_400, {}],
      ['known_networks', 'knownUntil', 0, {}],
      ['login_counts', 'lastAt', 900, {}],
      ['login_failures', 'lastAt', 900, {}],
      ['outbox', 'createdAt', 30 * 86_400, { status: 'DONE' }],
      ['outbox', 'createdAt', 30 * 86_400, { status: 'DROPPED' }],
      ['refused_notices', 'lastAt', 90 * 86_400, {}],
      ['sessions', 'expiresAt', 0, {}],
    ]);
  });
});
