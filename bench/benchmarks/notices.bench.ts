import type { Load, LoadResult } from '../notices/load-generator.ts';
import type { BenchDatabases } from '../support/databases.ts';
import type { ChildProcess } from 'node:child_process';
import type { Connection } from 'mysql2/promise';
import { fork } from 'node:child_process';
import { tmpdir } from 'node:os';
import { freePort } from '../../tools/process/local-server.ts';
import { askChild, residentBytes, startServer, stopServer } from '../support/processes.ts';
import { normalizeStatements, recordStatements, transactionsOf } from '../notices/record-statements.ts';
import { liveEnvironment, ROOT } from '../support/settings.ts';
import { generateV3Keys, privatePem, v3Environment, type V3Keys } from '../support/v3-keys.ts';
import { seedOrders } from '../support/seed-orders.ts';
import { median, quantile, type Figure } from '../support/figures.ts';

const CONCURRENCY = 32;
const WARM_UP_ROUNDS = 2;
const ROUNDS = 7;
const NOTICES_PER_ROUND = 2000;
/** The first order of each side is used to compare the statements. */
const FIRST = 1;
const SEEDED = FIRST + (WARM_UP_ROUNDS + ROUNDS) * NOTICES_PER_ROUND;

interface Contestant {
  side: string;
  script: string;
  /** The path that responds with 200 when the server is ready. */
  path: string;
  environment: Record<string, string>;
  /** How its notices are signed; absent for v2. */
  v3: Load['v3'];
}

interface Contestants {
  service: Contestant;
  bare: Contestant;
}

/**
 * Sends payment notices of one protocol, each for its own payment, to the service and to the bare server, round by round.
 * The targets are the same for both protocols.
 */
export async function benchNotices(databases: BenchDatabases, protocol: 'v2' | 'v3'): Promise<Figure[]> {
  const { url, connection } = await databases.create(`notices_${protocol}`);
  const contestants = contestantsFor(protocol === 'v3' ? generateV3Keys() : null);
  try {
    for (const { side } of Object.values(contestants) as Contestant[])
      await seedOrders(connection, { side, count: SEEDED, openEvery: 1, protocol });
    await assertSameStatements(contestants, new URL(url));
    const result = await compareThroughput(contestants, url);
    await assertSameRows(connection);
    const what = `${protocol} notice`;
    return [
      { name: `${what}s per second, service ÷ bare server`, value: result.ratio, unit: '', atLeast: 0.75 },
      { name: '  service', value: result.servicePerSecond, unit: '/s' },
      { name: '  bare server', value: result.barePerSecond, unit: '/s' },
      { name: `Latency of a ${what}, p99`, value: result.serviceP99Ms, unit: 'ms', below: 500 },
      { name: 'Resident memory of the service afterwards', value: result.residentBytes / 1e6, unit: 'MB', atMost: 230 },
    ];
  } finally {
    await connection.end();
  }
}

/** @param keys null for v2 */
function contestantsFor(keys: V3Keys | null): Contestants {
  const environment = keys ? v3Environment(keys) : {};
  const v3 = keys
    ? { privatePem: privatePem(keys.wechatPrivateKey), keyId: keys.wechatKeyId, apiV3Key: keys.apiV3Key }
    : undefined;
  const common = { environment, v3 };
  return {
    service: Object.assign({ side: 'S', script: `${ROOT}dist/server/main.js`, path: '/healthz' }, common),
    bare: Object.assign({ side: 'B', script: `${ROOT}bench/notices/bare-notify-server.ts`, path: '/' }, common),
  };
}

async function compareThroughput(contestants: Contestants, databaseUrl: string) {
  const service = await start(contestants.service, databaseUrl);
  const bare = await start(contestants.bare, databaseUrl);
  const generator = fork(`${ROOT}bench/notices/load-generator.ts`);

  const ours: LoadResult[] = [];

  const theirs: LoadResult[] = [];
  try {
    for (let round = 0; round < WARM_UP_ROUNDS + ROUNDS; round++) {
      const from = FIRST + round * NOTICES_PER_ROUND;
      const turns = [
        async () => ours.push(await load(generator, contestants.service, service.port, from)),
        async () => theirs.push(await load(generator, contestants.bare, bare.port, from)),
      ];
      for (const turn of round % 2 === 0 ? turns : turns.reverse()) await turn();
    }
    const measured = { ours: ours.slice(WARM_UP_ROUNDS), theirs: theirs.slice(WARM_UP_ROUNDS) };
    return {
      ratio: median(measured.ours.map((result, round) => (measured.theirs[round]?.seconds ?? NaN) / result.seconds)),
      servicePerSecond: median(measured.ours.map(({ seconds }) => NOTICES_PER_ROUND / seconds)),
      barePerSecond: median(measured.theirs.map(({ seconds }) => NOTICES_PER_ROUND / seconds)),
      serviceP99Ms: quantile(
        measured.ours.flatMap(({ latenciesMs }) => latenciesMs),
        0.99,
      ),
      residentBytes: residentBytes(service.child),
    };
  } finally {
    generator.kill();
    await Promise.all([stopServer(service.child), stopServer(bare.child)]);
  }
}

async function start({ script, path, environment }: Contestant, databaseUrl: string) {
  const port = await freePort();
  const { child } = await startServer({
    script,
    environment: liveEnvironment({ ...environment, PORT: String(port), DATABASE_URL: databaseUrl }),
    readyUrl: `http://127.0.0.1:${port}${path}`,
    directory: tmpdir(),
  });
  return { child, port };
}

async function load(
  generator: ChildProcess,
  { side, v3 }: Contestant,
  port: number,
  from: number,
  count = NOTICES_PER_ROUND,
  concurrency = CONCURRENCY,
): Promise<LoadResult> {
  const order: Load = { port, side, from, count, concurrency, v3 };
  const loaded = await askChild<LoadResult>(generator, order, 'The load generator failed.');
  if (loaded.refusals > 0) throw new Error(`${loaded.refusals} of ${count} notices to ${side} were rejected.`);
  return loaded;
}

/** Verifies that the bare server sends the same statements as the service; otherwise it is no baseline. */
async function assertSameStatements({ service, bare }: Contestants, database: URL) {
  const ours = await recordStatementsOf(service, database);
  const theirs = await recordStatementsOf(bare, database);
  if (ours.length > 0 && ours.join('\n') === theirs.join('\n')) return;
  throw new Error(
    `bench/notices/bare-notify-server.ts no longer sends the service's statements.\nService:\n${ours.join('\n')}\nBare:\n${theirs.join('\n')}`,
  );
}

async function recordStatementsOf(contestant: Contestant, database: URL) {
  const recorder = await recordStatements(database);
  const { child, port } = await start(contestant, recorder.url);
  const generator = fork(`${ROOT}bench/notices/load-generator.ts`);
  try {
    await load(generator, contestant, port, 0, 1, 1);
    // The jobs of the service have transactions too, on other connections. Only the notice writes an event of an order.
    const transactions = recorder.connections.flatMap(transactionsOf).map(normalizeStatements);
    const [statements = []] = transactions.filter((each) => each.some((text) => text.includes('INTO `order_events`')));
    return statements;
  } finally {
    generator.kill();
    await stopServer(child);
    recorder.close();
  }
}

/** Verifies that both sides left the same rows, including the events; only the order numbers differ. */
async function assertSameRows(connection: Connection) {
  const [rows] = await connection.query(
    `SELECT LEFT(o.order_no, 1) side, COUNT(*) notices,
       SUM(CRC32(CONCAT_WS('|', SUBSTR(o.order_no, 2), o.status, o.paid_fen, RIGHT(o.transaction_id, 10), o.paid_at,
         IFNULL(o.next_check_at, '-'), p.status, RIGHT(p.transaction_id, 10), p.paid_at, IFNULL(p.next_check_at, '-'),
         p.refund_due_fen, p.check_count, e.order_no = o.order_no, e.type, e.result, LEFT(e.facts, 33),
         RIGHT(e.facts, 12), CHAR_LENGTH(e.raw)))) digest
     FROM orders o JOIN payments p ON p.order_no = o.order_no JOIN order_events e ON e.out_trade_no = p.out_trade_no
     WHERE o.status = 'PAID' AND p.status = 'PAID' GROUP BY 1`,
  );
  const [one, other] = rows as { notices: number; digest: string }[];
  if (one?.notices !== SEEDED || other?.notices !== SEEDED || one.digest !== other.digest)
    throw new Error(`The rows of the two sides differ: ${JSON.stringify(rows)}`);
}
