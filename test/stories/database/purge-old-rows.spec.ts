import 'reflect-metadata';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { dataSourceOptionsFor } from '../../../ormconfig.js';
import { type ScratchDatabase, createScratchDatabase } from '../../support/database/scratch-database.js';
import { Session } from '../../../src/auth/session/session.entity.js';
import { OutboxEntry } from '../../../src/outbox/outbox-entry.entity.js';
import { openDataSource } from '../../../src/database/data-source/open-data-source.js';
import { purgeOldRows } from '../../../src/database/purge-old-rows.js';
import { UnitOfWork } from '../../../src/database/unit-of-work.js';

const NOON = new Date('2026-11-21T04:00:00.000Z');
const secondsAfterNoon = (seconds: number): Date => new Date(NOON.getTime() + seconds * 1000);

describe('purge of old rows', () => {
  let scratch: ScratchDatabase;
  let dataSource: DataSource;
  let unitOfWork: UnitOfWork;

  beforeAll(async () => {
    scratch = await createScratchDatabase();
    dataSource = await openDataSource(dataSourceOptionsFor({ DATABASE_URL: scratch.url, DATABASE_POOL_SIZE: 4 }));
    await dataSource.runMigrations();
    unitOfWork = new UnitOfWork(dataSource);
  });
  beforeEach(async () => {
    await dataSource.manager.clear(Session);
    await dataSource.manager.clear(OutboxEntry);
  });
  afterAll(async () => {
    await dataSource.destroy();
    await scratch.drop();
  });

  /** Inserts `expired` sessions that ended before noon, and ten that did not. */
  async function insertSessions(expired: number): Promise<void> {
    const rows = Array.from({ length: expired + 10 }, (_, at) => ({
      storeKey: `session ${at}`,
      content: '{}',
      expiresAt: secondsAfterNoon(at - expired),
    }));
    for (let at = 0; at < rows.length; at += 250) await dataSource.manager.insert(Session, rows.slice(at, at + 250));
  }
  const countSessions = (): Promise<number> => dataSource.manager.count(Session);

  it('one call deletes more than four thousand old sessions in batches', async () => {
    await insertSessions(4200);
    expect(await purgeOldRows(unitOfWork, { entity: Session, ageProperty: 'expiresAt', before: NOON })).toBe(4200);
    expect(await countSessions()).toBe(10);
  });

  it('a call ends at its time limit, oldest rows first, and the next call continues', async () => {
    await insertSessions(30);
    const options = { entity: Session, ageProperty: 'expiresAt', before: NOON } as const;
    expect(await purgeOldRows(unitOfWork, options, { batchSize: 20, timeLimitMs: -1 })).toBe(20);
    expect(await dataSource.manager.findOneBy(Session, { storeKey: 'session 19' })).toBeNull();
    expect(await dataSource.manager.findOneBy(Session, { storeKey: 'session 20' })).not.toBeNull();
    expect(await purgeOldRows(unitOfWork, options, { batchSize: 20, timeLimitMs: -1 })).toBe(10);
    expect(await countSessions()).toBe(10);
  });

  it('only rows with the given values are deleted', async () => {
    for (const [at, status] of (['DONE', 'DROPPED', 'NEEDS_ATTENTION', 'WAITING'] as const).entries()) {
      await dataSource.manager.insert(OutboxEntry, {
        topic: 'postcard',
        entryKey: `key ${at}`,
        subject: 'A1',
        payload: '{}',
        status,
        attempts: 0,
        nextCheckAt: null,
        result: null,
        detail: null,
        createdAt: secondsAfterNoon(-1),
        endedAt: null,
      });
    }
    const where = { status: 'DONE' } as const;
    expect(await purgeOldRows(unitOfWork, { entity: OutboxEntry, ageProperty: 'createdAt', before: NOON, where })).toBe(
      1,
    );
    expect(await dataSource.manager.countBy(OutboxEntry, where)).toBe(0);
    expect(await dataSource.manager.count(OutboxEntry)).toBe(3);
  });

  it('an index finds the old rows', async () => {
    const isMysql = dataSource.options.type === 'mysql';
    const explain = isMysql ? 'EXPLAIN' : 'EXPLAIN QUERY PLAN';
    for (const [table, condition, index] of [
      ['sessions', "expires_at < '2026-01-01'", 'sessions_expires_at'],
      ['idempotency_keys', "created_at < '2026-01-01'", 'idempotency_keys_created_at'],
      ['login_failures', "last_at < '2026-01-01'", 'login_failures_last_at'],
      ['login_counts', 'last_at < 1', 'login_counts_last_at'],
      ['known_networks', 'known_until < 1', 'known_networks_known_until'],
      ['call_budgets', 'free_at < 1', 'call_budgets_free_at'],
      ['refused_notices', "last_at < '2026-01-01'", 'refused_notices_last_at'],
      ['outbox', "status = 'DONE' AND created_at < '2026-01-01'", 'outbox_age'],
    ]) {
      const age = /(\w+) </.exec(String(condition))?.[1] ?? '';
      const plan: unknown = await dataSource.query(
        `${explain} SELECT 1 FROM ${String(table)} WHERE ${String(condition)} ORDER BY ${age} LIMIT 500`,
      );
      expect(JSON.stringify(plan)).toContain(index);
    }
  });
});
