import { tmpdir } from 'node:os';
import type { BenchDatabases } from '../support/databases.ts';
import type { ManagedProcess } from '../../tools/process/managed-process.ts';
import { ServiceClient, Session } from '../../tools/client/service-client.ts';
import { expectOk } from '../../tools/client/typed-client.ts';
import { freePort } from '../../tools/process/local-server.ts';
import { insertApiKey } from '../support/api-key.ts';
import { median, type Figure } from '../support/figures.ts';
import { startServer, stopServer } from '../support/processes.ts';
import { seededEventId, seedNumberedEvents } from '../support/seed-events.ts';
import { liveEnvironment, ROOT } from '../support/settings.ts';

const FEW = 10_000;
const MANY = 1_000_000;
const LIMIT = 100;
const WARM_UP_ROUNDS = 5;
const ROUNDS = 31;
/** Each round reads consecutive pages from another place of the list. */
const POLLS_PER_ROUND = 10;

/** Measures one poll of 100 events over HTTP, with a million events in the list against ten thousand. */
export async function benchEventPoll(databases: BenchDatabases): Promise<Figure[]> {
  const pollers: EventPoller[] = [];
  try {
    for (const count of [FEW, MANY]) pollers.push(await EventPoller.open(databases, count));

    const milliseconds: number[][] = pollers.map(() => []);
    for (let round = 0; round < WARM_UP_ROUNDS + ROUNDS; round++) {
      const turns = pollers.map((poller, index) => async () => {
        const cost = await poller.pollFrom((round + 1) / (WARM_UP_ROUNDS + ROUNDS + 2));
        if (round >= WARM_UP_ROUNDS) milliseconds[index]?.push(cost);
      });
      for (const turn of round % 2 === 0 ? turns : turns.reverse()) await turn();
    }
    const [few = [], many = []] = milliseconds;
    const ratio = median(many.map((cost, round) => cost / (few[round] ?? NaN)));
    return [
      { name: 'Poll of 100 events, 1,000,000 ÷ 10,000', value: ratio, unit: '', below: 1.5 },
      { name: '  among 10,000', value: median(few), unit: 'ms' },
      { name: '  among 1,000,000', value: median(many), unit: 'ms' },
    ];
  } finally {
    for (const poller of pollers) await poller.close();
  }
}

/** A service with its own database. */
class EventPoller {
  #count;
  #child;
  #client;

  private constructor(count: number, child: ManagedProcess, client: ServiceClient) {
    this.#count = count;
    this.#child = child;
    this.#client = client;
  }

  static async open(databases: BenchDatabases, count: number): Promise<EventPoller> {
    const { url: databaseUrl, connection } = await databases.create(`poll_${count}`);
    await seedNumberedEvents(connection, count);
    await connection.query('ANALYZE TABLE events');
    const key = await insertApiKey(connection, 'events:read');
    await connection.end();
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const { child } = await startServer({
      script: `${ROOT}dist/server/main.js`,
      environment: liveEnvironment({ PORT: String(port), DATABASE_URL: databaseUrl }),
      readyUrl: `${url}/readyz`,
      directory: tmpdir(),
    });
    return new EventPoller(count, child, new ServiceClient(url).as(new Session(null, key)));
  }

  /**
   * @param share of the events that are skipped, from 0 to 1
   * @returns milliseconds of one poll
   */
  async pollFrom(share: number): Promise<number> {
    const start = Math.floor((this.#count - (POLLS_PER_ROUND + 1) * LIMIT) * share);
    let after: string | null = seededEventId(start);
    let last: string | undefined;
    let milliseconds = 0;
    // The first call looks its event up by id and is not measured.
    for (let poll = 0; poll <= POLLS_PER_ROUND && after !== null; poll++) {
      const sentAt = performance.now();
      const query: { limit: number; after: string } = { limit: poll === 0 ? 1 : LIMIT, after };
      const page = expectOk('events', await this.#client.request('GET', '/server/api/events', { query }));
      if (poll > 0) milliseconds += performance.now() - sentAt;
      after = page.nextCursor;
      last = page.items.at(-1)?.id;
    }
    if (last !== seededEventId(start + 1 + POLLS_PER_ROUND * LIMIT))
      throw new Error(`The polls from ${start} ended with the event ${last}.`);
    return milliseconds / POLLS_PER_ROUND;
  }

  async close(): Promise<void> {
    await stopServer(this.#child);
  }
}
