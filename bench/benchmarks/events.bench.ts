import { fork, type ChildProcess } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import type { BenchDatabases } from '../support/databases.ts';
import type { Connection } from 'mysql2/promise';
import type { Receipts } from '../events/event-receivers.ts';
import type { Load, LoadResult } from '../notices/load-generator.ts';
import { ServiceClient, Session } from '../../tools/client/service-client.ts';
import { expectOk } from '../../tools/client/typed-client.ts';
import { waitUntil } from '../../tools/process/local-server.ts';
import { ShopEnvironment } from '../shop/shop-environment.ts';
import { insertApiKey } from '../support/api-key.ts';
import { median, quantile, type Figure } from '../support/figures.ts';
import { askChild } from '../support/processes.ts';
import { insertNewEvents } from '../support/seed-events.ts';
import { seedOrders } from '../support/seed-orders.ts';
import { MERCHANT, ROOT } from '../support/settings.ts';

const RECEIVERS = 3;
/** One load generator for each instance, whose orders have this letter. */
const SIDES = ['E', 'F'];
/** Far below what the instances can do, so that a delay is not due to the notices themselves. */
const NOTICES_PER_SECOND = 25;
const CONCURRENCY = 16;
const ROUND_SECONDS = 4;
const NOTICES_PER_ROUND = NOTICES_PER_SECOND * ROUND_SECONDS;
const WARM_UP_ROUNDS = 1;
const ROUNDS = 3;
/** Written in addition to the events of the notices. */
const EVENTS_PER_SECOND = 1000;
const INSERTS_PER_SECOND = 20;
const DELIVERY_TIMEOUT_MS = 120_000;

/** What a round has measured. */
interface Round {
  latenciesMs: number[];
  /** Requests to all receivers during the notices. */
  requests: number;
}

/**
 * Measures payment notices at a steady rate on two instances, while 1,000 events a second go to three receivers, against the
 * same notices whose own events alone are delivered, in alternating rounds.
 */
export async function benchEvents(databases: BenchDatabases): Promise<Figure[]> {
  const environment = {
    WECHAT_API_KEY: MERCHANT.key,
    EVENTS_ALLOW_PRIVATE_NETWORKS: 'true',
    RECONCILE_INTERVAL_SECONDS: '1',
  };
  const shop = await ShopEnvironment.open(databases, { purpose: 'events', instances: SIDES.length, environment });
  const receivers = fork(`${ROOT}bench/events/event-receivers.ts`);
  const generators = SIDES.map(() => fork(`${ROOT}bench/notices/load-generator.ts`));
  const fanOut = new FanOut(shop, receivers, generators);
  try {
    await fanOut.prepare();
    const rounds: Record<'quiet' | 'loaded', Round[]> = { quiet: [], loaded: [] };
    for (let round = 0; round < WARM_UP_ROUNDS + ROUNDS; round++) {
      for (const kind of round % 2 === 0 ? (['quiet', 'loaded'] as const) : (['loaded', 'quiet'] as const)) {
        const result = await fanOut.runRound(kind === 'loaded' ? EVENTS_PER_SECOND : 0);
        if (round >= WARM_UP_ROUNDS) rounds[kind].push(result);
      }
    }
    return figuresOf(rounds);
  } finally {
    receivers.kill();
    for (const generator of generators) generator.kill();
    await shop.close();
  }
}

function figuresOf({ quiet, loaded }: { quiet: Round[]; loaded: Round[] }): Figure[] {
  const p50 = ({ latenciesMs }: Round) => median(latenciesMs);
  const ratio = median(loaded.map((round, n) => p50(round) / (quiet[n] ? p50(quiet[n]) : NaN)));
  const perSecond = median(loaded.map(({ requests }) => requests / RECEIVERS / ROUND_SECONDS));
  const p99 = (rounds: Round[]) =>
    quantile(
      rounds.flatMap(({ latenciesMs }) => latenciesMs),
      0.99,
    );
  return [
    {
      name: 'Events per second to three endpoints',
      value: perSecond,
      unit: '/s',
      atLeast: EVENTS_PER_SECOND,
    },
    { name: 'Notice p50, with that load ÷ without', value: ratio, unit: '', atMost: 1.1 },
    { name: '  p50 with', value: median(loaded.map(p50)), unit: 'ms' },
    { name: '  p50 without', value: median(quiet.map(p50)), unit: 'ms' },
    { name: '  p99 with', value: p99(loaded), unit: 'ms' },
    { name: '  p99 without', value: p99(quiet), unit: 'ms' },
  ];
}

/** The instances, the receivers and the load generators. */
class FanOut {
  #shop;
  #receivers;
  #generators;
  #nextOrder = 0;

  constructor(shop: ShopEnvironment, receivers: ChildProcess, generators: ChildProcess[]) {
    this.#shop = shop;
    this.#receivers = receivers;
    this.#generators = generators;
  }

  /** Inserts the orders that the notices pay, and creates the endpoints. */
  async prepare(): Promise<void> {
    const { connection, urls } = this.#shop;
    const count = 2 * (WARM_UP_ROUNDS + ROUNDS) * NOTICES_PER_ROUND;
    for (const side of SIDES) await seedOrders(connection, { side, count, openEvery: 1 });
    const key = await insertApiKey(connection, 'events:manage');
    const service = new ServiceClient(urls[0] ?? '').as(new Session(null, key));
    const { port } = await this.#receipts();
    for (let receiver = 0; receiver < RECEIVERS; receiver++) {
      const body = { url: `http://127.0.0.1:${port}/${receiver}` };
      expectOk('endpoint', await service.request('POST', '/server/api/event-endpoints', { body }));
    }
  }

  /** Measures the notices, and waits afterwards until every event has arrived. */
  async runRound(eventsPerSecond: number): Promise<Round> {
    const from = this.#nextOrder;
    this.#nextOrder += NOTICES_PER_ROUND;
    const before = await this.#receipts();
    const ending = new AbortController();
    const inserting = insertEvents(this.#shop.connection, eventsPerSecond, ending.signal);
    const results = await Promise.all(this.#generators.map((generator, n) => this.#sendNotices(generator, n, from)));
    const after = await this.#receipts();
    ending.abort();
    await inserting;
    await this.#waitUntilDelivered();
    return {
      latenciesMs: results.flatMap(({ latenciesMs }) => latenciesMs),
      requests: after.requests - before.requests,
    };
  }

  async #sendNotices(generator: ChildProcess, instance: number, from: number): Promise<LoadResult> {
    const load: Load = {
      port: Number(new URL(this.#shop.urls[instance] ?? '').port),
      side: SIDES[instance] ?? '',
      from,
      count: NOTICES_PER_ROUND,
      concurrency: CONCURRENCY,
      perSecond: NOTICES_PER_SECOND,
    };
    const result = await askChild<LoadResult>(generator, load, 'The load generator failed.');
    if (result.refusals > 0) throw new Error(`${result.refusals} notices were rejected.`);
    return result;
  }

  /** @throws if an event does not arrive at one of the receivers. */
  async #waitUntilDelivered(): Promise<void> {
    const [[row]] = (await this.#shop.connection.query('SELECT COUNT(*) events FROM events')) as [
      { events: number }[],
      unknown,
    ];
    const expected = row?.events ?? NaN;
    await waitUntil(`${expected} events at each receiver`, DELIVERY_TIMEOUT_MS, async () => {
      const { events } = await this.#receipts();
      return events.length === RECEIVERS && events.every((count) => count >= expected);
    });
  }

  #receipts(): Promise<Receipts> {
    return askChild<Receipts>(this.#receivers, {}, 'The receivers failed.');
  }
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
