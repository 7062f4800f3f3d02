import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Connection } from 'mysql2/promise';
import { Agent } from 'undici';
import { BillServer } from '../bills/bill-server.ts';
import { type BilledDay, writeTradeBill } from '../bills/trade-bill-file.ts';
import { createSender } from '../../tools/client/http.ts';
import { ServiceClient, Session } from '../../tools/client/service-client.ts';
import { logInStaff } from '../../tools/client/staff-client.ts';
import { expectOk } from '../../tools/client/typed-client.ts';
import { freePort } from '../../tools/process/local-server.ts';
import type { ManagedProcess } from '../../tools/process/managed-process.ts';
import type { BenchDatabases } from '../support/databases.ts';
import { median, type Figure } from '../support/figures.ts';
import { cpuSeconds, peakResidentBytes, startServer, stopServer } from '../support/processes.ts';
import { seedOrders } from '../support/seed-orders.ts';
import { liveEnvironment, ROOT } from '../support/settings.ts';
import { generateV3Keys, v3Environment } from '../support/v3-keys.ts';

const FEW = 10_000;
const MANY = 1_000_000;
const WARM_UP_DAYS = 1;
const SMALL_DAYS = 6;
const DAY_MS = 86_400_000;
const TIMEOUT_MS = 3600_000;
const STAFF = { username: 'bench', password: 'correct horse battery staple 7' };
/** A letter for each day. */
const SIDES = 'ABCDEFG';

/** What one day cost the service. */
interface Cost {
  cpuSeconds: number;
  seconds: number;
}

/**
 * Reconciles days end to end, by the call of staff: download over HTTP, signature and SHA-1, file stored, parsed, sorted,
 * compared with our payments, entries stored. CPU and memory are of the service's process; the database is MariaDB.
 */
export async function benchBill(databases: BenchDatabases): Promise<Figure[]> {
  const bench = await BillBench.open(databases);
  try {
    const days = [...Array<number>(SMALL_DAYS).fill(FEW), MANY].map((count, index) => dayOf(index, count));
    for (const day of days) await bench.addDay(day);
    const costs: Cost[] = [];
    for (const day of days) costs.push(await bench.reconcile(day));
    const small = costs.slice(WARM_UP_DAYS, SMALL_DAYS).map((cost) => cost.cpuSeconds / FEW);
    const { cpuSeconds: cpu = NaN, seconds = NaN } = costs.at(-1) ?? {};
    return [
      { name: 'Bill of 1,000,000 rows, CPU of the service', value: cpu, unit: 's', below: 60 },
      { name: '  elapsed', value: seconds, unit: 's' },
      { name: 'Peak resident memory', value: bench.peakMegabytes(), unit: 'MB', below: 200 },
      { name: 'CPU of one row, 1,000,000 ÷ 10,000', value: cpu / MANY / median(small), unit: '', atMost: 1.2 },
      { name: '  of 10,000', value: median(small) * 1e6, unit: 'µs' },
      { name: '  of 1,000,000', value: (cpu / MANY) * 1e6, unit: 'µs' },
    ];
  } finally {
    await bench.close();
  }
}

/** The days end the day before yesterday, so that each bill could exist. The last one has the most rows. */
function dayOf(index: number, count: number): BilledDay {
  const at = Date.now() + 8 * 3600_000 - (SIDES.length + 1 - index) * DAY_MS;
  return { date: new Date(at).toISOString().slice(0, 10), side: SIDES[index] ?? '', count };
}

/** A service with its database, and WeChat's side. */
class BillBench {
  #directory;
  #server;
  #child;
  #client;
  #connection;

  private constructor(parts: {
    directory: string;
    server: BillServer;
    child: ManagedProcess;
    client: ServiceClient;
    connection: Connection;
  }) {
    this.#directory = parts.directory;
    this.#server = parts.server;
    this.#child = parts.child;
    this.#client = parts.client;
    this.#connection = parts.connection;
  }

  static async open(databases: BenchDatabases): Promise<BillBench> {
    const keys = generateV3Keys();
    const server = new BillServer(keys);
    await server.open();
    const directory = await mkdtemp(join(tmpdir(), 'wxc-bench-bill-'));
    const { url: databaseUrl, connection } = await databases.create('bill');
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const { child } = await startServer({
      script: `${ROOT}dist/server/main.js`,
      environment: liveEnvironment({
        ...v3Environment(keys),
        PORT: String(port),
        DATABASE_URL: databaseUrl,
        WECHAT_PAY_BASE_URL: server.url,
        BILL_DOWNLOAD: 'off',
        ADMIN_BOOTSTRAP_USERNAME: STAFF.username,
        ADMIN_BOOTSTRAP_PASSWORD: STAFF.password,
      }),
      readyUrl: `${url}/readyz`,
      directory,
    });
    const dispatcher = new Agent({ headersTimeout: TIMEOUT_MS });
    const service = new ServiceClient(url, createSender({ dispatcher, timeoutMs: TIMEOUT_MS }));
    const { token } = expectOk('login', await logInStaff(service, STAFF));
    return new BillBench({ directory, server, child, client: service.as(new Session(null, token)), connection });
  }

  /** Inserts the payments of a day, and writes WeChat's bill of them. */
  async addDay(day: BilledDay): Promise<void> {
    const { date, side, count } = day;
    // Order 0 is unpaid, and none of the others.
    const paidAtSql = `'${date} 00:00:00' - INTERVAL 8 HOUR + INTERVAL FLOOR(n * 86000 / ${count}) SECOND`;
    await seedOrders(this.#connection, { side, count: count + 1, openEvery: count + 1, protocol: 'v3', paidAtSql });
    await this.#connection.query('ANALYZE TABLE payments');
    const path = join(this.#directory, `${date}.gz`);
    this.#server.files.set(date, { path, sha1: await writeTradeBill(path, day) });
  }

  async reconcile({ date, count }: BilledDay): Promise<Cost> {
    const cpuBefore = cpuSeconds(this.#child);
    const startedAt = performance.now();
    const reply = await this.#client.request('POST', '/admin/api/bills/{date}/reconcile', { path: { date } });
    const seconds = (performance.now() - startedAt) / 1000;
    const { status, payments, openDifferences } = expectOk('reconcile', reply);
    if (status !== 'BALANCED' || payments.count !== count || openDifferences !== 0)
      throw new Error(
        `The bill of ${date} is ${status}, with ${payments.count} payments and ${openDifferences} differences.`,
      );
    return { cpuSeconds: cpuSeconds(this.#child) - cpuBefore, seconds };
  }

  peakMegabytes(): number {
    return peakResidentBytes(this.#child) / 1024 / 1024;
  }

  async close(): Promise<void> {
    await stopServer(this.#child);
    await this.#server.close();
    await this.#connection.end();
    await rm(this.#directory, { recursive: true });
  }
}
