import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { UnitOfWork } from '../../../src/database/unit-of-work.js';
import { EventRecorder } from '../../../src/event/event-recorder.js';
import { Event } from '../../../src/event/event.entity.js';
import type { HttpResponse } from '../../../tools/client/http.js';
import { ApiKeyClient } from '../../support/clients/api-key-client.js';
import { isOnMysql } from '../../support/database/scratch-database.js';
import { openTestShop, type TestShop } from '../../support/test-shop.js';
import { expectProblem } from '../support/expect-problem.js';
import { logInStaff } from '../support/test-staff.js';

interface EventJson {
  id: string;
  type: string;
  timestamp: string;
  data: { object: string; version: number; orderNo?: string };
}

interface FeedJson {
  items: EventJson[];
  nextCursor: string | null;
  hasMore: boolean;
}

let shop: TestShop;
let program: ApiKeyClient;

beforeAll(async () => {
  shop = await openTestShop({ instances: 2 });
  program = await ApiKeyClient.create(shop, await logInStaff(shop, 'boss'), { scopes: ['events:read'] });
});
afterAll(() => shop.close());

const poll = (query = '', at = 0): Promise<HttpResponse<FeedJson>> =>
  program.call<FeedJson>('GET', `events${query}`, undefined, { at });

/** The cursor after all present events. */
async function endOfFeed(): Promise<string> {
  let cursor = '';
  for (;;) {
    const { body } = await poll(`?limit=100${cursor && `&after=${cursor}`}`);
    cursor = body.nextCursor ?? '';
    if (!body.hasMore) return cursor;
  }
}

/** Writes an event and commits it when `release` is called. `written` resolves once it is written. */
function writeEvent(subject: string, at = 0): { written: Promise<void>; release: () => Promise<void> } {
  const app = shop.instances[at]?.app ?? shop.firstInstance.app;
  let release = (): void => undefined;
  const released = new Promise<void>((resolve) => (release = resolve));
  let done: Promise<unknown> = Promise.resolve();
  const written = new Promise<void>((resolve, reject) => {
    done = app
      .get(UnitOfWork)
      .run(async (tx) => {
        const data = { object: 'order', version: 1, orderNo: subject };
        await app.get(EventRecorder).write(tx, { type: 'order.updated', subject, data });
        resolve();
        await released;
      })
      .catch(reject);
  });
  return {
    written,
    release: async () => {
      release();
      await done;
    },
  };
}

async function commitEvent(subject: string, at = 0): Promise<void> {
  await writeEvent(subject, at).release();
}

const subjectsOf = ({ items }: FeedJson): unknown[] => items.map(({ data }) => data.orderNo);

describe('GET /server/api/events', () => {
  it('returns the events of a sale in order, with the resource as the API shows it', async () => {
    const after = await endOfFeed();
    const alice = await shop.createUser('alice');
    const order = await alice.createOrder({ productId: await shop.createProduct() });
    await alice.pay(order);
    await alice.syncOrder(order);
    const { status, body } = await poll(after && `?after=${after}`);
    expect(status).toBe(200);
    expect(body.items.map(({ type, data }) => [type, data.object, data.version, data.orderNo])).toEqual([
      ['order.created', 'order', 1, order.orderNo],
      ['order.paid', 'order', 2, order.orderNo],
    ]);
    expect(body.items[0]?.id).toMatch(/^evt_[0-9A-Z]{16}$/);
    expect(body.items[0]?.timestamp).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    expect(body.items[1]?.data).toMatchObject({ status: 'PAID', payableFen: order.payableFen, origin: 'SHOP' });
    expect(body.hasMore).toBe(false);
  });

  it('returns a cursor at the end, which continues with the next event on every instance', async () => {
    await commitEvent('first');
    const after = await endOfFeed();
    const atEnd = await poll(`?after=${after}`);
    expect(atEnd.body).toEqual({ items: [], nextCursor: after, hasMore: false });
    await commitEvent('second', 1);
    const next = await poll(`?after=${after}`, 1);
    expect(subjectsOf(next.body)).toEqual(['second']);
    expect((await poll(`?after=${next.body.nextCursor ?? ''}`)).body.items).toEqual([]);
  });

  it('pages through all events, and accepts the id of an event as after', async () => {
    const start = await endOfFeed();
    for (const name of ['a', 'b', 'c', 'd', 'e']) await commitEvent(name);
    const first = (await poll(`?after=${start}&limit=2`)).body;
    const second = (await poll(`?after=${first.nextCursor ?? ''}&limit=2`)).body;
    const third = (await poll(`?cursor=${second.nextCursor ?? ''}&limit=2`)).body;
    expect([first, second, third].map(subjectsOf)).toEqual([['a', 'b'], ['c', 'd'], ['e']]);
    expect([first, second, third].map(({ hasMore }) => hasMore)).toEqual([true, true, false]);
    expect(subjectsOf((await poll(`?after=${first.items[1]?.id ?? ''}`)).body)).toEqual(['c', 'd', 'e']);
  });

  it('numbers the events without gaps, although ids are missing between them', async () => {
    const after = await endOfFeed();
    const { app } = shop.firstInstance;
    await app.get(UnitOfWork).run(async (tx) => {
      for (const subject of ['f', 'missing', 'g', 'h', 'missing', 'i']) {
        const data = { object: 'order', version: 1, orderNo: subject };
        await app.get(EventRecorder).write(tx, { type: 'order.updated', subject, data });
      }
      await tx.delete(Event, { subject: 'missing' });
    });
    expect(subjectsOf((await poll(`?after=${after}`)).body)).toEqual(['f', 'g', 'h', 'i']);
    const rows = await shop.firstInstance.findAll(Event);
    const positions = rows.map(({ position }) => position ?? 0).toSorted((a, b) => a - b);
    expect(positions).toEqual(positions.map((_, index) => index + 1));
  });

  it('filters by type and moves the cursor over other types', async () => {
    const start = await endOfFeed();
    await commitEvent('updated');
    const none = (await poll(`?after=${start}&types=order.paid,refund.succeeded`)).body;
    expect(none).toMatchObject({ items: [], hasMore: false });
    expect(none.nextCursor).not.toBe(start);
    expect(subjectsOf((await poll(`?after=${start}&types=order.paid&types=order.updated`)).body)).toEqual(['updated']);
  });

  it.each(['after=no!', 'after=evt_NOSUCH', 'cursor=***', 'types=order.nosuch', 'types=', 'limit=0', 'limit=101'])(
    'rejects ?%s',
    async (query) => {
      expectProblem(await poll(`?${query}`), 400, 'VALIDATION_FAILED');
    },
  );

  // SQLite has one connection: there, transactions run one after another.
  const onMysql = isOnMysql ? it : it.skip;

  onMysql('never skips an event whose transaction commits after that of a later event', async () => {
    const start = await endOfFeed();
    const slow = writeEvent('slow');
    await slow.written;
    await commitEvent('fast', 1);
    const before = (await poll(`?after=${start}`)).body;
    expect(subjectsOf(before)).toEqual(['fast']);
    await slow.release();
    const later = (await poll(`?after=${before.nextCursor ?? ''}`, 1)).body;
    expect(subjectsOf(later)).toEqual(['slow']);
  });

  onMysql('does not wait for open transactions with events, nor do they wait for it', async () => {
    const start = await endOfFeed();
    const open = Array.from({ length: 3 }, (_, index) => writeEvent(`open ${index}`));
    await Promise.all(open.map(({ written }) => written));
    await commitEvent('done');
    expect(subjectsOf((await poll(`?after=${start}`)).body)).toEqual(['done']);
    for (const { release } of open) await release();
    expect(subjectsOf((await poll(`?after=${start}`)).body).sort()).toEqual(['done', 'open 0', 'open 1', 'open 2']);
  });

  it('gives each event one position when many writers and pollers run at once on two instances', async () => {
    const start = await endOfFeed();
    const names = Array.from({ length: 60 }, (_, index) => `many ${index}`);
    const seen: unknown[] = [];
    let after = start;
    const writing = Promise.all(names.map((name, index) => commitEvent(name, index % 2)));
    const deadline = performance.now() + 60_000;
    while (seen.length < names.length && performance.now() < deadline) {
      const pages = await Promise.all([poll(`?after=${after}&limit=7`, 0), poll(`?after=${after}&limit=7`, 1)]);
      const { body } = pages[0];
      seen.push(...subjectsOf(body));
      after = body.nextCursor ?? after;
    }
    await writing;
    expect(subjectsOf((await poll(`?after=${after}`)).body)).toEqual([]);
    expect(seen.sort()).toEqual(names.sort());
  });
});
