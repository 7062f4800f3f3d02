import { fork } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { freePort, residentBytes, startServer, stopServer } from './processes.js';
import { normalizeStatements, recordStatements } from './record-statements.js';
import { liveEnvironment, ROOT } from './settings.js';
import { seedOrders } from './seed-orders.js';
import { median, quantile } from './statistics.js';

const CONCURRENCY = 32;
const WARM_UP_ROUNDS = 2;
const ROUNDS = 7;
const NOTICES_PER_ROUND = 2000;
/** The first order of each side is used to compare the statements. */
const FIRST = 1;
const SEEDED = FIRST + (WARM_UP_ROUNDS + ROUNDS) * NOTICES_PER_ROUND;

/**
 * @typedef {{ side: string, script: string, path: string }} Contestant
 * @typedef {import('./load-generator.js').LoadResult} LoadResult
 */

/** @type {Contestant} */
const SERVICE = { side: 'S', script: `${ROOT}dist/src/main.js`, path: '/healthz' };
/** @type {Contestant} */
const BARE = { side: 'B', script: `${ROOT}bench/bare-notify-server.js`, path: '/' };

/**
 * Sends payment notices, each for its own payment, to the service and to the bare server, round by round.
 * @param {import('./databases.js').BenchDatabases} databases
 * @returns {Promise<import('./main.js').Figure[]>}
 */
export async function benchNotices(databases) {
  const { url, connection } = await databases.create('notices');
  try {
    for (const { side } of [SERVICE, BARE]) await seedOrders(connection, { side, count: SEEDED, openEvery: 1 });
    await assertSameStatements(new URL(url));
    const result = await compareThroughput(url);
    await assertSameRows(connection);
    return [
      { name: 'Notices per second, service ÷ bare server', value: result.ratio, unit: '', atLeast: 0.6 },
      { name: '  service', value: result.servicePerSecond, unit: '/s' },
      { name: '  bare server', value: result.barePerSecond, unit: '/s' },
      { name: 'Latency of the notices, p99', value: result.serviceP99Ms, unit: 'ms', below: 500 },
      { name: 'Resident memory of the service afterwards', value: result.residentBytes / 1e6, unit: 'MB', below: 200 },
    ];
  } finally {
    await connection.end();
  }
}

/** @param {string} databaseUrl */
async function compareThroughput(databaseUrl) {
  const service = await start(SERVICE, databaseUrl);
  const bare = await start(BARE, databaseUrl);
  const generator = fork(`${ROOT}bench/load-generator.js`);
  /** @type {LoadResult[]} */
  const ours = [];
  /** @type {LoadResult[]} */
  const theirs = [];
  try {
    for (let round = 0; round < WARM_UP_ROUNDS + ROUNDS; round++) {
      const from = FIRST + round * NOTICES_PER_ROUND;
      const turns = [
        async () => ours.push(await load(generator, SERVICE, service.port, from)),
        async () => theirs.push(await load(generator, BARE, bare.port, from)),
      ];
      for (const turn of round % 2 === 0 ? turns : turns.reverse()) await turn();
    }
    const measured = { ours: ours.slice(WARM_UP_ROUNDS), theirs: theirs.slice(WARM_UP_ROUNDS) };
    return {
      ratio: median(measured.ours.map((result, round) => measured.theirs[round].seconds / result.seconds)),
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

/**
 * @param {Contestant} contestant
 * @param {string} databaseUrl
 */
async function start({ script, path }, databaseUrl) {
  const port = await freePort();
  const { child } = await startServer({
    script,
    environment: liveEnvironment({ PORT: String(port), DATABASE_URL: databaseUrl }),
    readyUrl: `http://127.0.0.1:${port}${path}`,
    directory: tmpdir(),
  });
  return { child, port };
}

/**
 * @param {import('node:child_process').ChildProcess} generator
 * @param {Contestant} contestant
 * @param {number} port
 * @param {number} from
 * @returns {Promise<LoadResult>}
 */
async function load(generator, { side }, port, from, count = NOTICES_PER_ROUND, concurrency = CONCURRENCY) {
  const isDone = new AbortController();
  const death = once(generator, 'exit', { signal: isDone.signal }).then(() => {
    throw new Error('The load generator failed.');
  });
  generator.send({ port, side, from, count, concurrency });
  const [loaded] = await Promise.race([once(generator, 'message'), death]);
  death.catch(() => undefined);
  isDone.abort();
  if (loaded.refusals > 0) throw new Error(`${loaded.refusals} of ${count} notices to ${side} were refused.`);
  return loaded;
}

/**
 * Verifies that the bare server sends the same statements as the service; otherwise it is no baseline.
 * @param {URL} database
 */
async function assertSameStatements(database) {
  const ours = await recordStatementsOf(SERVICE, database);
  const theirs = await recordStatementsOf(BARE, database);
  if (ours.join('\n') === theirs.join('\n')) return;
  throw new Error(
    `bench/bare-notify-server.js no longer sends the service's statements.\nService:\n${ours.join('\n')}\nBare:\n${theirs.join('\n')}`,
  );
}

/**
 * @param {Contestant} contestant
 * @param {URL} database
 */
async function recordStatementsOf(contestant, database) {
  const recorder = await recordStatements(database);
  const { child, port } = await start(contestant, recorder.url);
  const generator = fork(`${ROOT}bench/load-generator.js`);
  try {
    const before = recorder.statements.length;
    await load(generator, contestant, port, 0, 1, 1);
    const shapes = normalizeStatements(recorder.statements.slice(before));
    return shapes.slice(shapes.indexOf('START TRANSACTION'), shapes.indexOf('COMMIT') + 1);
  } finally {
    generator.kill();
    await stopServer(child);
    recorder.close();
  }
}

/**
 * Verifies that both sides left the same rows, including the events; only the order numbers differ.
 * @param {import('mysql2/promise').Connection} connection
 */
async function assertSameRows(connection) {
  const [rows] = await connection.query(
    `SELECT LEFT(o.order_no, 1) side, COUNT(*) notices,
       SUM(CRC32(CONCAT_WS('|', SUBSTR(o.order_no, 2), o.status, o.paid_fen, RIGHT(o.transaction_id, 10), o.paid_at,
         IFNULL(o.next_check_at, '-'), p.status, RIGHT(p.transaction_id, 10), p.paid_at, IFNULL(p.next_check_at, '-'),
         p.refund_due_fen, p.check_count, e.order_no = o.order_no, e.type, e.result, LEFT(e.facts, 33),
         RIGHT(e.facts, 12), CHAR_LENGTH(e.raw)))) digest
     FROM orders o JOIN payments p ON p.order_no = o.order_no JOIN order_events e ON e.out_trade_no = p.out_trade_no
     WHERE o.status = 'PAID' AND p.status = 'PAID' GROUP BY 1`,
  );
  const [one, other] = /** @type {{ notices: number, digest: string }[]} */ (rows);
  if (one?.notices !== SEEDED || other?.notices !== SEEDED || one.digest !== other.digest)
    throw new Error(`The rows of the two sides differ: ${JSON.stringify(rows)}`);
}
