import type { BenchDatabases } from '../support/databases.ts';
import type { Connection } from 'mysql2/promise';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { liveEnvironment, MERCHANT, ROOT } from '../support/settings.ts';
import { ADMINISTRATOR, measureLists } from '../support/order-lists.ts';
import { orderNoOf, seedOrders } from '../support/seed-orders.ts';
import { median, type Figure } from '../support/figures.ts';
import { readMessage, writeMessage } from '../notices/wechat-message.ts';

const FEW = 10_000;
/** `BENCH_TICK_PAYMENTS=10000000` takes an hour, most of it for the rows. */
const MANY = Number(process.env['BENCH_TICK_PAYMENTS'] ?? 1_000_000);
/** One payment in a hundred is open; the others were paid long ago. */
const OPEN_EVERY = 100;
const DUE_PAYMENTS = 10;
const WARM_UP_ROUNDS = 10;
const ROUNDS = 31;
/** Seconds: no scheduled tick runs during the benchmark, and no queried payment becomes due again. */
const DAY_SECONDS = '86400';

/**
 * Measures one tick of the payment check with ten due payments, including claim, query and response. It compares a shop
 * with a million payments and orders to one with ten thousand. Then the lists of orders in the bigger one.
 */
export async function benchTick(databases: BenchDatabases): Promise<Figure[]> {
  const wechat = await startWechat();

  const environments: TickEnvironment[] = [];
  try {
    for (const count of [FEW, MANY]) environments.push(await TickEnvironment.open(databases, count, wechat.url));

    const milliseconds: number[][] = environments.map(() => []);
    for (let round = 0; round < WARM_UP_ROUNDS + ROUNDS; round++) {
      const turns = environments.map((environment, index) => async () => {
        const cost = await environment.tickOnce();
        if (round >= WARM_UP_ROUNDS) milliseconds[index]?.push(cost);
      });
      for (const turn of round % 2 === 0 ? turns : turns.reverse()) await turn();
    }
    const [few = NaN, many = NaN] = milliseconds.map(median);
    const manyText = MANY.toLocaleString('en');
    return [
      { name: `One tick, ${manyText} payments ÷ 10,000`, value: many / few, unit: '', atMost: 1.2 },
      { name: '  with 10,000', value: few, unit: 'ms' },
      { name: `  with ${manyText}`, value: many, unit: 'ms' },
      ...((await environments[1]?.measureLists()) ?? []),
    ];
  } finally {
    for (const environment of environments) await environment.close();
    wechat.close();
  }
}

// The parts of the built service that are used here.
interface BuiltJob {
  runner: { tick: () => Promise<number> };
}
interface BuiltService {
  init: () => Promise<unknown>;
  get: (job: unknown) => BuiltJob;
  listen: (port: number, host: string) => Promise<unknown>;
  getUrl: () => Promise<string>;
  close: () => Promise<void>;
}
interface CreateAppModule {
  createApp: (environment: Record<string, string>) => Promise<BuiltService>;
}
interface JobModule {
  PaymentCheckJob: unknown;
}

/** A service in this process, with its own database. */
class TickEnvironment {
  #count;
  #connection;
  #app;
  #job;
  /** The index of the next payment that becomes due; its steps visit the whole table. */
  #next = 0;

  constructor(count: number, connection: Connection, app: BuiltService, job: BuiltJob) {
    this.#count = count;
    this.#connection = connection;
    this.#app = app;
    this.#job = job;
  }

  static async open(databases: BenchDatabases, count: number, wechatUrl: string) {
    const { url, connection } = await databases.create(`tick_${count}`);
    await seedOrders(connection, { side: 'T', count, openEvery: OPEN_EVERY });
    await connection.query('ANALYZE TABLE orders, payments');
    const { createApp } = (await import(`${ROOT}dist/src/create-app.js`)) as CreateAppModule;
    const { PaymentCheckJob } = (await import(`${ROOT}dist/src/reconciliation/payment-check.job.js`)) as JobModule;
    const app = await createApp(
      liveEnvironment({
        DATABASE_URL: url,
        WECHAT_PAY_BASE_URL: wechatUrl,
        ADMIN_BOOTSTRAP_USERNAME: ADMINISTRATOR.username,
        ADMIN_BOOTSTRAP_PASSWORD: ADMINISTRATOR.password,
        LOG_LEVEL: 'error', // TypeORM warns about two services in one process
        RECONCILE_INTERVAL_SECONDS: DAY_SECONDS,
        QUERY_BACKOFF_SECONDS: DAY_SECONDS,
      }),
    );
    await app.init();
    return new TickEnvironment(count, connection, app, app.get(PaymentCheckJob));
  }

  /** @returns milliseconds */
  async tickOnce(): Promise<number> {
    const due = this.#nextNumbers();
    await this.#connection.query(
      'UPDATE payments SET next_check_at = UTC_TIMESTAMP(3) - INTERVAL 1 MINUTE, check_count = 0 WHERE out_trade_no IN (?)',
      [due],
    );
    const startedAt = performance.now();
    const count = await this.#job.runner.tick();
    const milliseconds = performance.now() - startedAt;
    const [[row]] = (await this.#connection.query(
      'SELECT COUNT(*) queried FROM payments WHERE out_trade_no IN (?) AND check_count = 1 AND next_check_at > UTC_TIMESTAMP(3)',
      [due],
    )) as [{ queried: number }[], unknown];
    if (count !== DUE_PAYMENTS || row?.queried !== DUE_PAYMENTS)
      throw new Error(`A tick processed ${count} of ${DUE_PAYMENTS} due payments and queried ${row?.queried}.`);
    return milliseconds;
  }

  async measureLists(): Promise<Figure[]> {
    await this.#app.listen(0, '127.0.0.1');
    return measureLists(await this.#app.getUrl(), this.#count, (index) => orderNoOf('T', index));
  }

  async close() {
    await this.#app.close();
    await this.#connection.end();
  }

  #nextNumbers() {
    const open = this.#count / OPEN_EVERY;
    return Array.from({ length: DUE_PAYMENTS }, () => {
      this.#next = (this.#next + 37 * DUE_PAYMENTS + 1) % open;
      return orderNoOf('T', this.#next * OPEN_EVERY);
    });
  }
}

/** A WeChat stub where every order is unpaid. */
async function startWechat() {
  const server = createServer((request, response) => {
    let text = '';
    request.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
    request.on('end', () => {
      const answer = {
        return_code: 'SUCCESS',
        return_msg: 'OK',
        appid: MERCHANT.appid,
        mch_id: MERCHANT.mchId,
        nonce_str: '0123456789abcdef',
        result_code: 'SUCCESS',
        out_trade_no: readMessage(text)['out_trade_no'] ?? '',
        trade_state: 'NOTPAY',
      };
      response.end(writeMessage(answer, MERCHANT.key));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, close: () => server.close() };
}
