import { fork, type ChildProcess } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import type { Connection } from 'mysql2/promise';
import type { Load, LoadResult } from '../notices/load-generator.ts';
import { ServiceClient, Session } from '../../tools/client/service-client.ts';
import { expectOk } from '../../tools/client/typed-client.ts';
import { waitUntil } from '../../tools/process/local-server.ts';
import type { ShopEnvironment } from '../shop/shop-environment.ts';
import { insertApiKey } from '../support/api-key.ts';
import { askChild, cpuSeconds } from '../support/processes.ts';
import { insertNewEvents } from '../support/seed-events.ts';
import { seedOrders } from '../support/seed-orders.ts';
import { ROOT } from '../support/settings.ts';
import type { BareLoad } from './bare-fan-out.ts';
import type { Receipts, ReceiptsQuestion } from './event-receivers.ts';

export const RECEIVERS = 3;
/** One load generator for each instance, whose orders have this letter. */
export const SIDES = ['E', 'F'];
const CONCURRENCY = 16;
const INSERTS_PER_SECOND = 20;
/** From the first events to the first notices. */
const LEAD_MS = 1500;
const DELIVERY_TIMEOUT_MS = 120_000;

/** What a round of notices has measured. */
export interface NoticeRound {
  latenciesMs: number[];
  /** Requests to all receivers during the notices. */
  requests: number;
}

/** What the delivery of events that were written at once has measured. */
export interface Burst {
  /** From the first to the last request. */
  seconds: number;
  /** CPU seconds of all processes that delivered. */
  cpuSeconds: number;
}

/** The instances, the bare programs, the receivers and the load generators. */
export class FanOut {
  #receivers = fork(`${ROOT}bench/events/event-receivers.ts`);
  #generators = SIDES.map(() => fork(`${ROOT}bench/notices/load-generator.ts`));
  #bare = SIDES.map(() => fork(`${ROOT}bench/events/bare-fan-out.ts`));
  #shop;
  #bareDatabase;
  #nextOrder = 0;

  /** @param bareDatabase another database, because the instances deliver all events of their own. */
  constructor(shop: ShopEnvironment, bareDatabase: { url: string; connection: Connection }) {
    this.#shop = shop;
    this.#bareDatabase = bareDatabase;
  }

  /** Inserts the orders that the notices pay, and creates the endpoints. @param notices of each instance. */
  async prepare(notices: number): Promise<void> {
    const { connection, urls } = this.#shop;
    for (const side of SIDES) await seedOrders(connection, { side, count: notices, openEvery: 1 });
    const key = await insertApiKey(connection, 'events:manage');
    const service = new ServiceClient(urls[0] ?? '').as(new Session(null, key));
    const { port } = await this.#receipts();
    for (let receiver = 0; receiver < RECEIVERS; receiver++) {
      const body = { url: `http://127.0.0.1:${port}${pathOf('service', receiver)}` };
      expectOk('endpoint', await service.request('POST', '/server/api/event-endpoints', { body }));
    }
  }

  close(): void {
    for (const child of [this.#receivers, ...this.#generators, ...this.#bare]) child.kill();
  }

  /**
   * Measures notices at a steady rate, and waits afterwards until every event has arrived.
   * @param load `count` and `perSecond` of each instance.
   */
  async runNotices(load: { count: number; perSecond: number }, eventsPerSecond: number): Promise<NoticeRound> {
    const from = this.#nextOrder;
    this.#nextOrder += load.count;
    const ending = new AbortController();
    const inserting = insertEvents(this.#shop.connection, eventsPerSecond, ending.signal);
    await pause(LEAD_MS); // so that the deliveries of the first second are not missing in the measured ones
    const before = await this.#receipts();
    const send = (generator: ChildProcess, instance: number) =>
      this.#sendNotices(generator, instance, { ...load, from });
    const results = await Promise.all(this.#generators.map(send));
    const after = await this.#receipts();
    ending.abort();
    await inserting;
    await this.#waitUntilReceived('service', this.#shop.connection);
    return {
      latenciesMs: results.flatMap(({ latenciesMs }) => latenciesMs),
      requests: after.requests - before.requests,
    };
  }

  /** The instances deliver events that are written at once. */
  async runBurst(count: number): Promise<Burst> {
    const cpu = () => this.#shop.processes.reduce((sum, child) => sum + cpuSeconds(child), 0);
    await this.#receipts({ isStart: true });
    const before = cpu();
    await insertNewEvents(this.#shop.connection, count);
    await this.#waitUntilReceived('service', this.#shop.connection);
    return { seconds: (await this.#receipts()).seconds, cpuSeconds: cpu() - before };
  }

  /** The same by the bare programs. */
  async runBareBurst(count: number): Promise<Burst> {
    const cpu = () => this.#bare.reduce((sum, child) => sum + cpuSeconds(child), 0);
    const { url: databaseUrl, connection } = this.#bareDatabase;
    const { port } = await this.#receipts({ isStart: true });
    const before = cpu();
    await insertNewEvents(connection, count);
    const all = Array.from({ length: RECEIVERS }, (_, receiver) => ({
      id: receiver + 1,
      path: pathOf('bare', receiver),
    }));
    const loadOf = (child: number): BareLoad => ({
      databaseUrl,
      origin: `http://127.0.0.1:${port}`,
      endpoints: all.filter((_, receiver) => receiver % SIDES.length === child),
      numberFor: child === SIDES.length - 1 ? all.map(({ id }) => id) : [],
      count,
    });
    await Promise.all(this.#bare.map((child, n) => askChild(child, loadOf(n), 'The bare program failed.')));
    await this.#waitUntilReceived('bare', connection);
    return { seconds: (await this.#receipts()).seconds, cpuSeconds: cpu() - before };
  }

  async #sendNotices(
    generator: ChildProcess,
    instance: number,
    load: Pick<Load, 'from' | 'count' | 'perSecond'>,
  ): Promise<LoadResult> {
    const port = Number(new URL(this.#shop.urls[instance] ?? '').port);
    const complete: Load = { ...load, port, side: SIDES[instance] ?? '', concurrency: CONCURRENCY };
    const result = await askChild<LoadResult>(generator, complete, 'The load generator failed.');
    if (result.refusals > 0) throw new Error(`${result.refusals} notices were rejected.`);
    return result;
  }

  /** @throws if an event of this database does not arrive at one of the receivers. */
  async #waitUntilReceived(side: 'service' | 'bare', connection: Connection): Promise<void> {
    const [[row]] = (await connection.query('SELECT COUNT(*) events FROM events')) as [{ events: number }[], unknown];
    const expected = row?.events ?? NaN;
    await waitUntil(`${expected} events at each receiver`, DELIVERY_TIMEOUT_MS, async () => {
      const { events } = await this.#receipts();
      return Array.from({ length: RECEIVERS }).every((_, n) => (events[pathOf(side, n)] ?? 0) >= expected);
    });
  }

  #receipts(question: ReceiptsQuestion = {}): Promise<Receipts> {
    return askChild<Receipts>(this.#receivers, question, 'The receivers failed.');
  }
}

function pathOf(side: 'service' | 'bare', receiver: number): string {
  return `/${side}/${receiver}`;
}

/** Inserts events at this rate until the signal, as other instances would. */
async function insertEvents(connection: Connection, perSecond: number, signal: AbortSignal): Promise<void> {
  const startedAt = performance.now();
  let inserted = 0;
  while (!signal.aborted && perSecond > 0) {
    const due = Math.floor(((performance.now() - startedAt) / 1000) * perSecond) - inserted;
    if (due > 0) await insertNewEvents(connection, due);
    inserted += Math.max(0, due);
    await pause(1000 / INSERTS_PER_SECOND);
  }
}
