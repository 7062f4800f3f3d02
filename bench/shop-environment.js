import { fork } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { freePort, startServer, stopServer } from './processes.js';
import { liveEnvironment, ROOT } from './settings.js';
import { SimulatedWechat } from './simulated-wechat.js';

/** Enough products that buyers rarely wait for the same stock row. */
const PRODUCTS = 50;
const STOCK = 1_000_000;

/** @typedef {import('./buyer-load.js').Sales} Sales */

/** A shop with one or more instances on one database, the simulator, and the buyers, each in their own processes. */
export class ShopEnvironment {
  #connection;
  #wechat;
  #instances;
  #buyers = fork(`${ROOT}bench/buyer-load.js`);
  #sold = 0;

  /**
   * @param {import('mysql2/promise').Connection} connection
   * @param {SimulatedWechat} wechat
   * @param {{ child: import('node:child_process').ChildProcess, url: string }[]} instances
   */
  constructor(connection, wechat, instances) {
    this.#connection = connection;
    this.#wechat = wechat;
    this.#instances = instances;
  }

  /**
   * @param {import('./databases.js').BenchDatabases} databases
   * @param {{ purpose: string, instances: number, flags?: string[] }} options `flags`: additional Node flags for the service
   */
  static async open(databases, { purpose, instances, flags = [] }) {
    const { url, connection } = await databases.create(purpose);
    await insertProducts(connection);
    const wechat = await SimulatedWechat.start();
    const running = [];
    for (let n = 0; n < instances; n++) running.push(await startInstance({ databaseUrl: url, wechat, flags }));
    return new ShopEnvironment(connection, wechat, running);
  }

  get processes() {
    return this.#instances.map(({ child }) => child);
  }

  /**
   * Runs the buyers for the given time, until each has finished its last sale.
   * @param {{ buyers: number, seconds: number, instances: number }} options `instances`: how many of them take part
   * @returns {Promise<Sales>}
   */
  async runBuyers({ buyers, seconds, instances }) {
    const shops = this.#instances.slice(0, instances).map(({ url }) => url);
    const isDone = new AbortController();
    const death = once(this.#buyers, 'exit', { signal: isDone.signal }).then(() => {
      throw new Error('The buyer process failed.');
    });
    this.#buyers.send({ shops, wechat: this.#wechat.url, productIds: PRODUCT_IDS, buyers, seconds });
    const [sales] = await Promise.race([once(this.#buyers, 'message'), death]);
    death.catch(() => undefined);
    isDone.abort();
    this.#sold += sales.sold;
    return sales;
  }

  /** Verifies that every sale is paid and deducted from the stock: a shop that loses a sale gives no valid measurement. */
  async assertSalesRecorded() {
    const [[row]] = /** @type {[{ paid: number, deducted: number }[], unknown]} */ (
      await this.#connection.query(
        `SELECT (SELECT COUNT(*) FROM orders WHERE status = 'PAID') paid,
           (SELECT ${PRODUCTS * STOCK} - SUM(stock) FROM products) deducted`,
      )
    );
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

const PRODUCT_IDS = Array.from({ length: PRODUCTS }, (_, n) => `BENCH${n}`);

/** @param {import('mysql2/promise').Connection} connection */
async function insertProducts(connection) {
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

/** @param {{ databaseUrl: string, wechat: SimulatedWechat, flags: string[] }} options */
async function startInstance({ databaseUrl, wechat, flags }) {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const { child } = await startServer({
    script: `${ROOT}dist/src/main.js`,
    environment: liveEnvironment({
      ...wechat.environment,
      PORT: String(port),
      PUBLIC_BASE_URL: url,
      DATABASE_URL: databaseUrl,
      LOGIN_LIMIT_PER_MINUTE: '1000000', // all buyers share one IP address here
    }),
    readyUrl: `${url}/readyz`,
    directory: tmpdir(),
    flags,
  });
  return { child, url };
}
