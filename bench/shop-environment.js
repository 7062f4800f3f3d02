import { fork } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { freePort, startServer, stopServer } from './processes.js';
import { liveEnvironment, ROOT } from './settings.js';
import { SimulatedWechat } from './simulated-wechat.js';

/** Enough that buyers rarely stand in each other's way for the stock of one. */
const PRODUCTS = 50;
const STOCK = 1_000_000;

/** @typedef {import('./buyer-load.js').Sales} Sales */

/** A shop of one or more instances on one database, the simulator, and a crowd: three kinds of processes of their own. */
export class ShopEnvironment {
  #connection;
  #wechat;
  #instances;
  #crowd = fork(`${ROOT}bench/buyer-load.js`);
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
   * @param {{ purpose: string, instances: number, flags?: string[] }} options `flags`: more of Node's, for the service
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
   * So many buyers, for so many seconds and until each has finished what they had begun.
   * @param {{ buyers: number, seconds: number, instances: number }} options `instances`: how many of them take part
   * @returns {Promise<Sales>}
   */
  async runBuyers({ buyers, seconds, instances }) {
    const shops = this.#instances.slice(0, instances).map(({ url }) => url);
    const isDone = new AbortController();
    const death = once(this.#crowd, 'exit', { signal: isDone.signal }).then(() => {
      throw new Error('The crowd failed.');
    });
    this.#crowd.send({ shops, wechat: this.#wechat.url, productIds: PRODUCT_IDS, buyers, seconds });
    const [sales] = await Promise.race([once(this.#crowd, 'message'), death]);
    death.catch(() => undefined);
    isDone.abort();
    this.#sold += sales.sold;
    return sales;
  }

  /** What was sold is paid, and off the shelf, to the last piece: a fast shop that loses a sale has not been measured. */
  async assertSalesRecorded() {
    const [[row]] = /** @type {[{ paid: number, gone: number }[], unknown]} */ (
      await this.#connection.query(
        `SELECT (SELECT COUNT(*) FROM orders WHERE status = 'PAID') paid,
           (SELECT ${PRODUCTS * STOCK} - SUM(stock) FROM products) gone`,
      )
    );
    if (Number(row?.paid) !== this.#sold || Number(row?.gone) !== this.#sold)
      throw new Error(`${this.#sold} were sold; the books say ${JSON.stringify(row)}.`);
  }

  async close() {
    this.#crowd.kill();
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
      LOGIN_LIMIT_PER_MINUTE: '1000000', // all buyers share one address here
    }),
    readyUrl: `${url}/readyz`,
    directory: tmpdir(),
    flags,
  });
  return { child, url };
}
