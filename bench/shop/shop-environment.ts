import type { Sales } from './buyer-load.ts';
import type { Connection } from 'mysql2/promise';
import type { BenchDatabases } from '../support/databases.ts';
import { fork } from 'node:child_process';
import { tmpdir } from 'node:os';
import { freePort } from '../../tools/process/local-server.ts';
import { SimulatorProcess } from '../../tools/process/simulator-process.ts';
import type { ManagedProcess } from '../../tools/process/managed-process.ts';
import { askChild, startServer, stopServer } from '../support/processes.ts';
import { liveEnvironment, ROOT } from '../support/settings.ts';
import { OLDER_FLAGS } from '../support/older-commit.ts';
import { base64 } from '../support/v3-keys.ts';

/** Enough products that buyers rarely wait for the same stock row. */
const PRODUCTS = 50;
const STOCK = 1_000_000;

interface ShopOptions {
  /** A part of the database's name. */
  purpose: string;
  instances: number;
  /** Additional Node flags for the service. */
  flags?: string[];
  /** Additional settings of the service. */
  environment?: Record<string, string>;
  /** Of the payments. Default: v3 */
  protocol?: 'v2' | 'v3';
  /** The root folder of an older commit, whose service is started with its own flags. It has only v2. */
  older?: string;
}

/** A shop with one or more instances on one database, the simulator, and the buyers, each in their own processes. */
export class ShopEnvironment {
  #connection;
  #wechat;
  #instances;
  #buyers = fork(`${ROOT}bench/shop/buyer-load.ts`);
  #sold = 0;

  constructor(connection: Connection, wechat: SimulatorProcess, instances: { child: ManagedProcess; url: string }[]) {
    this.#connection = connection;
    this.#wechat = wechat;
    this.#instances = instances;
  }

  static async open(
    databases: BenchDatabases,
    { purpose, instances, flags = [], environment = {}, protocol = 'v3', older }: ShopOptions,
  ): Promise<ShopEnvironment> {
    const { url, connection } = await (older === undefined
      ? databases.create(purpose)
      : databases.createOlder(purpose, older));
    await insertProducts(connection);
    const wechat = await SimulatorProcess.start({ app: ROOT, environment: liveEnvironment({}) });
    const running = [];
    const v3 = protocol === 'v3' ? await v3EnvironmentOf(wechat) : {};
    const settings = { ...v3, ...environment };
    const started =
      older === undefined
        ? { script: `${ROOT}dist/server/main.js`, flags }
        : { script: `${older}/dist/src/main.js`, flags: [...OLDER_FLAGS, ...flags] };
    for (let n = 0; n < instances; n++)
      running.push(await startInstance({ databaseUrl: url, wechat, settings, ...started }));
    return new ShopEnvironment(connection, wechat, running);
  }

  get processes() {
    return this.#instances.map(({ child }) => child);
  }

  get urls(): string[] {
    return this.#instances.map(({ url }) => url);
  }

  get wechat(): SimulatorProcess {
    return this.#wechat;
  }

  get connection(): Connection {
    return this.#connection;
  }

  /**
   * Runs the buyers for the given time, until each has finished its last sale.
   * @param options `instances`: how many of them take part
   */
  async runBuyers({
    buyers,
    seconds,
    instances,
  }: {
    buyers: number;
    seconds: number;
    instances: number;
  }): Promise<Sales> {
    const shops = this.#instances.slice(0, instances).map(({ url }) => url);
    const load = { shops, wechat: this.#wechat.url, productIds: PRODUCT_IDS, buyers, seconds };
    const sales = await askChild<Sales>(this.#buyers, load, 'The buyer process failed.');
    this.#sold += sales.sold;
    return sales;
  }

  /** Verifies that every sale is paid and deducted from the stock: a shop that loses a sale gives no valid measurement. */
  async assertSalesRecorded() {
    const [[row]] = (await this.#connection.query(
      `SELECT (SELECT COUNT(*) FROM orders WHERE status = 'PAID') paid,
           (SELECT ${PRODUCTS * STOCK} - SUM(stock) FROM products) deducted`,
    )) as [{ paid: number; deducted: number }[], unknown];
    if (Number(row?.paid) !== this.#sold || Number(row?.deducted) !== this.#sold)
      throw new Error(`${this.#sold} sales were made, but the database contains ${JSON.stringify(row)}.`);
  }

  async close() {
    this.#buyers.kill();
    await Promise.all(this.#instances.map(({ child }) => stopServer(child)));
    await this.#wechat.stop();
    await this.#connection.end();
  }
}

export const PRODUCT_IDS = Array.from({ length: PRODUCTS }, (_, n) => `BENCH${n}`);

async function insertProducts(connection: Connection) {
  for (const id of PRODUCT_IDS) {
    await connection.query(
      `INSERT INTO products (product_id, name, description, price_fen, stock, created_at)
       VALUES (?, 'Tea', '', 1500, ${STOCK}, UTC_TIMESTAMP(3))`,
      [id],
    );
    await connection.query(
      `INSERT INTO stock_movements (product_id, kind, pieces, created_at) VALUES (?, 'RECEIVED', ${STOCK}, UTC_TIMESTAMP(3))`,
      [id],
    );
  }
}

/** The keys of the simulator's merchant, so that new payments use API v3 as in a new shop. */
async function v3EnvironmentOf(wechat: SimulatorProcess): Promise<Record<string, string>> {
  const { merchant, v3 } = await wechat.getCertificates();
  return {
    WECHAT_API_V3_KEY: v3.api_v3_key,
    WECHAT_MCH_CERT_BASE64: base64(merchant.cert),
    WECHAT_MCH_KEY_BASE64: base64(merchant.key),
    WECHAT_PAY_PUBLIC_KEY_BASE64: base64(v3.public_key),
    WECHAT_PAY_PUBLIC_KEY_ID: v3.public_key_id,
  };
}

async function startInstance({
  databaseUrl,
  wechat,
  settings,
  script,
  flags,
}: {
  databaseUrl: string;
  wechat: SimulatorProcess;
  settings: Record<string, string>;
  script: string;
  flags: string[];
}) {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const { child } = await startServer({
    script,
    environment: liveEnvironment({
      ...wechat.serviceSettings,
      PORT: String(port),
      PUBLIC_BASE_URL: url,
      DATABASE_URL: databaseUrl,
      LOGIN_LIMIT_PER_MINUTE: '1000000', // all buyers share one IP address here
      ...settings,
    }),
    readyUrl: `${url}/readyz`,
    directory: tmpdir(),
    flags,
  });
  return { child, url };
}
