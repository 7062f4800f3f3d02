import 'reflect-metadata';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { optionsFor } from '../../ormconfig.js';
import { type ScratchDatabase, createScratchDatabase } from '../../test/support/scratch-database.js';
import { Clock } from '../common/clock.js';
import { openDataSource } from '../database/open-data-source.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { OutboxDispatcher } from './outbox-dispatcher.js';
import { OutboxEntry } from './outbox-entry.entity.js';
import { purgeOutbox } from './purge-outbox.js';
import type { DeliveryResult, OutboxMessage } from './outbox-handler.js';
import { Outbox } from './outbox.js';

Logger.overrideLogger(false);

const NOON = new Date('2026-11-21T04:00:00.000Z');
const ENTRY = { topic: 'postcard', entryKey: 'paid:A1', subject: 'A1', payload: { fen: 1288 } };

describe('the outbox', () => {
  let scratch: ScratchDatabase;
  let dataSource: DataSource;
  let unitOfWork: UnitOfWork;
  let outbox: Outbox;
  let delivery: OutboxDispatcher;
  let now: Date;
  let mails: OutboxMessage[];
  let answers: DeliveryResult[];

  beforeEach(async () => {
    scratch = await createScratchDatabase();
    dataSource = await openDataSource(optionsFor({ DATABASE_URL: scratch.url, DATABASE_POOL_SIZE: 4 }));
    await dataSource.runMigrations();
    unitOfWork = new UnitOfWork(dataSource);
    [now, mails, answers] = [NOON, [], []];
    const clock = new Clock();
    clock.follow({ now: () => now });
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
      deliver: (mail) => {
        mails.push(mail);
        return Promise.resolve(answers.shift() ?? { kind: 'done' });
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

  it('writes nothing of what nobody delivers', async () => {
    await write();
    expect(await entries()).toEqual([]);
  });

  it('forgets what was written together with a change that is undone', async () => {
    register();
    const undone = unitOfWork.run(async (tx) => {
      await outbox.write(tx, ENTRY);
      throw new Error('The change fails.');
    });
    await expect(undone).rejects.toThrow('The change fails.');
    expect(await entries()).toEqual([]);
  });

  it('tells a thing once, and lets the change pass that would tell it again', async () => {
    register();
    await write();
    await unitOfWork.run(async (tx) => {
      await outbox.write(tx, ENTRY);
      await outbox.write(tx, { ...ENTRY, entryKey: 'paid:A2' });
    });
    expect((await entries()).map(({ entryKey }) => entryKey)).toEqual(['paid:A1', 'paid:A2']);
  });

  it('hands over what was written, and is done with it', async () => {
    register();
    await write();
    expect(await only()).toMatchObject({ status: 'WAITING', tries: 0, nextCheckAt: NOON });
    const after = await deliver();
    expect(mails).toEqual([{ entryKey: 'paid:A1', subject: 'A1', payload: { fen: 1288 }, tries: 0, createdAt: NOON }]);
    expect(after).toMatchObject({ status: 'DONE', tries: 1, nextCheckAt: null, endedAt: NOON, result: null });
  });

  it('comes again after growing gaps, or when it was told to', async () => {
    register();
    await write();
    answers = [
      { kind: 'again', result: 'TIMEOUT' },
      { kind: 'again', result: 'TIMEOUT', detail: 'no answer' },
      { kind: 'again', result: '45009', afterSeconds: 600 },
    ];
    const gap = async (): Promise<number> => ((await deliver()).nextCheckAt?.getTime() ?? 0) - NOON.getTime();
    expect([await gap(), await gap(), await gap()]).toEqual([5000, 10_000, 600_000]);
    expect(await only()).toMatchObject({ status: 'WAITING', tries: 3, result: '45009', detail: null });
    expect(await deliver()).toMatchObject({ status: 'DONE', tries: 4, result: null });
  });

  it.each([
    { kind: 'dropped', status: 'DROPPED' },
    { kind: 'stuck', status: 'STUCK' },
  ] as const)('ends as $status when it is $kind, and says why', async ({ kind, status }) => {
    register();
    await write();
    answers = [{ kind, result: '43101', detail: 'no consent' }];
    expect(await deliver()).toMatchObject({ status, result: '43101', detail: 'no consent', nextCheckAt: null });
    // Somebody who had claimed it before changes nothing any more.
    await delivery.deliver({ ...(await only()), status: 'WAITING' });
    expect(await only()).toMatchObject({ status, tries: 1 });
  });

  it('waits while nobody delivers the topic any more', async () => {
    register();
    await write();
    const bare = new OutboxDispatcher(new Clock(), unitOfWork, new Outbox(new Clock()));
    await bare.deliver(await only());
    expect(await only()).toMatchObject({ status: 'WAITING', result: 'NOBODY' });
    expect(mails).toEqual([]);
  });

  it('throws away what is over and old, and keeps what is stuck or waits', async () => {
    register();
    for (const [index, kind] of (['done', 'dropped', 'stuck', 'again'] as const).entries()) {
      await unitOfWork.run((tx) => outbox.write(tx, { ...ENTRY, entryKey: `paid:A${index}` }));
      answers = [kind === 'done' ? { kind } : { kind, result: 'WHY' }];
      const fresh = (await entries()).at(-1);
      if (fresh) await delivery.deliver(fresh);
    }
    await purgeOutbox(unitOfWork, NOON);
    expect(await entries()).toHaveLength(4);
    await purgeOutbox(unitOfWork, new Date(NOON.getTime() + 1));
    expect((await entries()).map(({ status }) => status).sort()).toEqual(['STUCK', 'WAITING']);
  });
});
