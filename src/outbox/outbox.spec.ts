import 'reflect-metadata';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { dataSourceOptionsFor } from '../../ormconfig.js';
import { type ScratchDatabase, createScratchDatabase } from '../../test/support/database/scratch-database.js';
import { Clock } from '../common/time/clock.js';
import { openDataSource } from '../database/data-source/open-data-source.js';
import { purgeOldRows } from '../database/purge-old-rows.js';
import { duePurges } from '../database/retention.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { OutboxDispatcher } from './outbox-dispatcher.js';
import { OutboxEntry } from './outbox-entry.entity.js';
import type { DeliveryResult, OutboxMessage } from './outbox-handler.js';
import { Outbox } from './outbox.js';

Logger.overrideLogger(false);

const NOON = new Date('2026-11-21T04:00:00.000Z');
const ENTRY = { topic: 'postcard', entryKey: 'paid:A1', subject: 'A1', payload: { fen: 1288 } };

describe('outbox', () => {
  let scratch: ScratchDatabase;
  let dataSource: DataSource;
  let unitOfWork: UnitOfWork;
  let outbox: Outbox;
  let delivery: OutboxDispatcher;
  let now: Date;
  let messages: OutboxMessage[];
  let results: DeliveryResult[];

  beforeEach(async () => {
    scratch = await createScratchDatabase();
    dataSource = await openDataSource(dataSourceOptionsFor({ DATABASE_URL: scratch.url, DATABASE_POOL_SIZE: 4 }));
    await dataSource.runMigrations();
    unitOfWork = new UnitOfWork(dataSource);
    [now, messages, results] = [NOON, [], []];
    const clock = new Clock();
    clock.useTimeSource({ now: () => now });
    outbox = new Outbox(clock);
    delivery = new OutboxDispatcher(clock, unitOfWork, outbox);
  });

  afterEach(async () => {
    await dataSource.destroy();
    await scratch.drop();
  });

  const register = (): void =>
    outbox.register({
      topic: 'postcard',
      deliver: (message) => {
        messages.push(message);
        return Promise.resolve(results.shift() ?? { kind: 'done' });
      },
    });
  const write = (): Promise<void> => unitOfWork.run((tx) => outbox.write(tx, ENTRY));
  const entries = (): Promise<OutboxEntry[]> => unitOfWork.read((manager) => manager.find(OutboxEntry));
  const only = async (): Promise<OutboxEntry> => {
    const [entry, ...more] = await entries();
    if (!entry || more.length > 0) throw new Error('There is not exactly one entry.');
    return entry;
  };
  const deliver = async (): Promise<OutboxEntry> => {
    await delivery.deliver(await only());
    return only();
  };

  it('outbox: writes no entry for a topic without a handler', async () => {
    await write();
    expect(await entries()).toEqual([]);
  });

  it('outbox: rolls back the entry together with its change', async () => {
    register();
    const undone = unitOfWork.run(async (tx) => {
      await outbox.write(tx, ENTRY);
      throw new Error('The change fails.');
    });
    await expect(undone).rejects.toThrow('The change fails.');
    expect(await entries()).toEqual([]);
  });

  it('outbox: writes an entry key once and commits the change that writes it again', async () => {
    register();
    await write();
    await unitOfWork.run(async (tx) => {
      await outbox.write(tx, ENTRY);
      await outbox.write(tx, { ...ENTRY, entryKey: 'paid:A2' });
    });
    expect((await entries()).map(({ entryKey }) => entryKey)).toEqual(['paid:A1', 'paid:A2']);
  });

  it('outbox: passes the entry to its handler and marks it DONE', async () => {
    register();
    await write();
    expect(await only()).toMatchObject({ status: 'WAITING', attempts: 0, nextCheckAt: NOON });
    const after = await deliver();
    expect(messages).toEqual([
      { entryKey: 'paid:A1', subject: 'A1', payload: { fen: 1288 }, attempts: 0, createdAt: NOON },
    ]);
    expect(after).toMatchObject({ status: 'DONE', attempts: 1, nextCheckAt: null, endedAt: NOON, result: null });
  });

  it('outbox: retries after increasing delays or after the delay that the handler requests', async () => {
    register();
    await write();
    results = [
      { kind: 'retry', result: 'TIMEOUT' },
      { kind: 'retry', result: 'TIMEOUT', detail: 'no response' },
      { kind: 'retry', result: '45009', afterSeconds: 600 },
    ];
    const delayMs = async (): Promise<number> => ((await deliver()).nextCheckAt?.getTime() ?? 0) - NOON.getTime();
    expect([await delayMs(), await delayMs(), await delayMs()]).toEqual([5000, 10_000, 600_000]);
    expect(await only()).toMatchObject({ status: 'WAITING', attempts: 3, result: '45009', detail: null });
    expect(await deliver()).toMatchObject({ status: 'DONE', attempts: 4, result: null });
  });

  it.each([
    { kind: 'dropped', status: 'DROPPED' },
    { kind: 'needsAttention', status: 'NEEDS_ATTENTION' },
  ] as const)(
    'outbox: ends as $status when the handler returns $kind, and stores the reason',
    async ({ kind, status }) => {
      register();
      await write();
      results = [{ kind, result: '43101', detail: 'no consent' }];
      expect(await deliver()).toMatchObject({ status, result: '43101', detail: 'no consent', nextCheckAt: null });
      // A worker that claimed the entry earlier cannot change it.
      await delivery.deliver({ ...(await only()), status: 'WAITING' });
      expect(await only()).toMatchObject({ status, attempts: 1 });
    },
  );

  it('outbox: keeps an entry WAITING while its topic has no handler', async () => {
    register();
    await write();
    const withoutHandlers = new OutboxDispatcher(new Clock(), unitOfWork, new Outbox(new Clock()));
    await withoutHandlers.deliver(await only());
    expect(await only()).toMatchObject({ status: 'WAITING', result: 'NO_HANDLER' });
    expect(messages).toEqual([]);
  });

  it('outbox: purges old DONE and DROPPED entries and keeps NEEDS_ATTENTION and WAITING ones', async () => {
    register();
    for (const [index, kind] of (['done', 'dropped', 'needsAttention', 'retry'] as const).entries()) {
      await unitOfWork.run((tx) => outbox.write(tx, { ...ENTRY, entryKey: `paid:A${index}` }));
      results = [kind === 'done' ? { kind } : { kind, result: 'WHY' }];
      const fresh = (await entries()).at(-1);
      if (fresh) await delivery.deliver(fresh);
    }
    const thirtyDaysLaterMs = NOON.getTime() + 30 * 86_400_000;
    const purgeAt = async (ms: number): Promise<void> => {
      for (const purge of duePurges(dataSource, new Date(ms))) await purgeOldRows(unitOfWork, purge);
    };
    await purgeAt(thirtyDaysLaterMs);
    expect(await entries()).toHaveLength(4);
    await purgeAt(thirtyDaysLaterMs + 1);
    expect((await entries()).map(({ status }) => status).sort()).toEqual(['NEEDS_ATTENTION', 'WAITING']);
  });
});
