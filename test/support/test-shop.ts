import { randomBytes, randomInt } from 'node:crypto';
import { createServer } from 'node:net';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { type EntityTarget, type ObjectLiteral } from 'typeorm';
import { CatalogService } from '../../src/catalog/catalog.service.js';
import { Product } from '../../src/catalog/product.entity.js';
import { Clock } from '../../src/common/time/clock.js';
import { SIMULATED_V3_KEY } from '../../src/config/wechat/v3-settings.js';
import { createApp } from '../../src/create-app.js';
import { EventDeliveryJob } from '../../src/event/delivery/event-delivery.job.js';
import { UnitOfWork } from '../../src/database/unit-of-work.js';
import { OrderEvent } from '../../src/payment/event-log/order-event.entity.js';
import { PaymentAttempt } from '../../src/payment/attempt/payment-attempt.entity.js';
import { RefusedNotice } from '../../src/payment/refused-notice/refused-notice.entity.js';
import { RefusedNoticeLog } from '../../src/payment/refused-notice/refused-notice-log.js';
import { OrderExpiryJob } from '../../src/reconciliation/order-expiry.job.js';
import { OutboxJob } from '../../src/reconciliation/outbox.job.js';
import { PaymentCheckJob } from '../../src/reconciliation/payment-check.job.js';
import { RefundCheckJob } from '../../src/reconciliation/refund-check.job.js';
import { type RunningSimulator, startSimulator } from '../../packages/wechat-pay-simulator/src/start-simulator.js';
import { testCertificates } from './wechat/test-certificates.js';
import { TestBuyer } from './clients/test-buyer.js';
import { createMigratedDatabase } from './database/migrated-database.js';
import type { ScratchDatabase } from './database/scratch-database.js';
import { PAY_PROTOCOL } from './wechat/pay-protocol.js';
import { SimulatorControl } from './wechat/simulator-control.js';

/** Options of a test shop. */
export interface TestShopOptions {
  environment?: Record<string, string>;
  /** Number of instances that share the database. */
  instances?: number;
  /** An existing database and the time at which it was last used. Default: an empty database, now. */
  existing?: { database: ScratchDatabase; stoppedAt: Date };
  /** Changes the database URL of the service, for example to a proxy's. */
  wrapDatabaseUrl?: (url: string) => string;
}

/** One running instance of the service. */
export class Instance {
  constructor(
    readonly app: NestFastifyApplication,
    readonly url: string,
  ) {}

  /**
   * Returns a copy that sends HTTP calls to another URL, for example of a separate process, and reads the database of
   * this app.
   */
  withUrl(url: string): Instance {
    return new Instance(this.app, url);
  }

  /** Runs the scheduled jobs once. */
  async runJobs(): Promise<void> {
    await this.app.get(PaymentCheckJob).runner.tick();
    await this.app.get(OrderExpiryJob).runner.tick();
    await this.app.get(RefundCheckJob).runner.tick();
    await this.app.get(OutboxJob).runner.tick();
    await this.app.get(EventDeliveryJob).tick();
  }

  findAll<Row extends ObjectLiteral>(entity: EntityTarget<Row>): Promise<Row[]> {
    return this.app.get(UnitOfWork).read((manager) => manager.find(entity));
  }
}

/** A shop with a real HTTP server, a real database and the WeChat simulator. */
export class TestShop {
  readonly wechat: SimulatorControl;
  private userCount = 0;

  constructor(
    readonly instances: Instance[],
    readonly environment: Record<string, string>,
    private readonly simulator: RunningSimulator,
    private readonly database: ScratchDatabase,
  ) {
    this.wechat = new SimulatorControl(simulator);
  }

  get firstInstance(): Instance {
    const [first] = this.instances;
    if (!first) throw new Error('The shop has no instance.');
    return first;
  }

  get url(): string {
    return this.firstInstance.url;
  }

  /** Creates a user and logs in. */
  async createUser(name: string): Promise<TestBuyer> {
    this.userCount += 1;
    const { code, openid } = await this.wechat.createLoginCode(
      `o${name}${String(this.userCount).padStart(27 - name.length, '0')}`,
    );
    return TestBuyer.login({ shop: this, code, openid });
  }

  /** Creates a product and returns its id. */
  async createProduct({ name = '龙井茶', priceFen = 1500, stock = 10 } = {}): Promise<string> {
    const unique = `${name} ${randomBytes(3).toString('hex')}`;
    await this.firstInstance.app
      .get(CatalogService)
      .add([{ name: unique, description: '', priceFen, stock, imageUrl: null }]);
    const product = (await this.firstInstance.findAll(Product)).find((row) => row.name === unique);
    if (!product) throw new Error('The product was not created.');
    return product.productId;
  }

  async getStock(productId: string): Promise<number> {
    return (await this.firstInstance.findAll(Product)).find((row) => row.productId === productId)?.stock ?? NaN;
  }

  async getPayments(orderNo: string): Promise<PaymentAttempt[]> {
    return (await this.firstInstance.findAll(PaymentAttempt)).filter((payment) => payment.orderNo === orderNo);
  }

  async getEvents(outTradeNo: string | null): Promise<OrderEvent[]> {
    return (await this.firstInstance.findAll(OrderEvent)).filter((event) => event.outTradeNo === outTradeNo);
  }

  /** Counts the rejected notices about this payment by kind and result; '' stands for notices that name no payment. */
  async countRefusedNotices(outTradeNo: string): Promise<Record<string, number>> {
    for (const { app } of this.instances) await app.get(RefusedNoticeLog).flush();
    const rows = (await this.firstInstance.findAll(RefusedNotice)).filter((row) => row.outTradeNo === outTradeNo);
    return Object.fromEntries(rows.map(({ kind, result, notices }) => [`${kind} ${result}`, notices]));
  }

  /** Changes tables directly, for states that no sequence of calls leads to. */
  async rawUpdate(...statements: string[]): Promise<void> {
    await this.firstInstance.app.get(UnitOfWork).run(async (tx) => {
      for (const statement of statements) await tx.query(statement);
    });
  }

  /** Runs the jobs of every instance at the same moment. */
  async runJobs(): Promise<void> {
    await Promise.all(this.instances.map((instance) => instance.runJobs()));
  }

  /** @param changes settings that differ from the other instances. */
  async startInstance(changes: Record<string, string> = {}): Promise<Instance> {
    const instance = await launchInstance({ ...this.environment, ...changes }, this.simulator);
    this.instances.push(instance);
    return instance;
  }

  /**
   * Stops every instance and starts one at the same address, with the same database and WeChat.
   * @param changes settings that differ from those with which the shop was opened; an empty text removes one.
   */
  async restart(changes: Record<string, string>): Promise<void> {
    for (const { app } of this.instances.splice(0)) await app.close();
    const environment = { ...this.environment, ...changes };
    this.instances.push(await launchInstance(environment, this.simulator, this.environment['PUBLIC_BASE_URL']));
  }

  /** The URL of the database, for a reader beside the service. */
  get databaseUrl(): string {
    return this.database.url;
  }

  async close(): Promise<void> {
    for (const { app } of this.instances) await app.close();
    await this.simulator.stop();
    await this.database.drop();
  }
}

/**
 * For tests in which WeChat does not respond: they wait for the whole time-out. Other tests allow for a busy machine.
 */
export const SHORT_TIMEOUT = { WECHAT_TIMEOUT_SECONDS: '1' };

/** Jobs run only when a test runs them, logging is off, and one buyer can create all orders of a test file. */
const TEST_ENVIRONMENT = {
  NODE_ENV: 'test',
  WECHAT_MODE: 'simulator',
  LOG_LEVEL: 'silent',
  PORT: '0',
  SEED_DEMO_DATA: 'false',
  RECONCILE_INTERVAL_SECONDS: '86400',
  // Most stories do not depend on the protocol; those of one protocol choose it.
  WECHAT_PAY_PROTOCOL: PAY_PROTOCOL,
  ...(PAY_PROTOCOL === 'v3' && SIMULATED_V3_KEY), // which shops in live mode lack
  WECHAT_TIMEOUT_SECONDS: '5',
  DATABASE_POOL_SIZE: '10',
  USER_CALLS_PER_MINUTE: '1000000',
  MAX_PENDING_ORDERS_PER_USER: '10000',
  MAX_UNPAID_PIECES_PER_USER: '1000000',
  ADMIN_BOOTSTRAP_USERNAME: 'boss',
  ADMIN_BOOTSTRAP_PASSWORD: 'correct horse battery',
};

export async function openTestShop(options: TestShopOptions = {}): Promise<TestShop> {
  const { environment = {}, instances = 1, existing, wrapDatabaseUrl } = options;
  const simulator = await startSimulator({
    port: 0,
    quiet: true,
    certificates: await testCertificates(),
    merchant: { extra_appids: environment['WECHAT_EXTRA_APP_IDS']?.split(',') ?? [] },
    ...(existing && { clock: clockStartingAt(existing.stoppedAt) }),
    behaviours: { replyRule: 'strict', jsapiArguments: 'mini-program' },
  });
  const database = existing?.database ?? (await createMigratedDatabase());
  const settings = {
    ...TEST_ENVIRONMENT,
    DATABASE_URL: wrapDatabaseUrl?.(database.url) ?? database.url,
    WECHAT_API_BASE_URL: simulator.url,
    WECHAT_PAY_BASE_URL: simulator.url,
    WECHAT_PAY_CERT_BASE_URL: simulator.refundUrl,
    WECHAT_CA_BASE64: base64(simulator.certificates.ca),
    WECHAT_MCH_CERT_BASE64: base64(simulator.certificates.merchant.cert),
    WECHAT_MCH_KEY_BASE64: base64(simulator.certificates.merchant.key),
    WECHAT_PAY_PUBLIC_KEY_BASE64: base64(simulator.v3.publicKey),
    WECHAT_PAY_PUBLIC_KEY_ID: simulator.v3.publicKeyId,
    PUBLIC_BASE_URL: await findFreeUrl(),
    ...environment,
  };
  const shop = new TestShop([], settings, simulator, database);
  try {
    shop.instances.push(await launchInstance(settings, simulator, settings.PUBLIC_BASE_URL));
    for (let more = 1; more < instances; more++) await shop.startInstance();
  } catch (error) {
    await shop.close(); // the caller has no reference to close it, and the process would not end while the simulator listens
    throw error;
  }
  return shop;
}

/** A clock that starts at this moment. */
function clockStartingAt(moment: Date): { now: () => Date } {
  const aheadMs = moment.getTime() - Date.now();
  return { now: () => new Date(Date.now() + aheadMs) };
}

const base64 = (text: string): string => Buffer.from(text).toString('base64');

async function launchInstance(
  environment: Record<string, string>,
  simulator: RunningSimulator,
  url?: string,
): Promise<Instance> {
  const app = await createApp(environment);
  app.get(Clock).useTimeSource(simulator.clock);
  await app.listen(url === undefined ? 0 : Number(new URL(url).port), '127.0.0.1');
  return new Instance(app, await app.getUrl());
}

/**
 * Finds a free port before the shop listens, because the notify URL must be known. The range is below the ephemeral
 * ports, which the system could give to another connection in the meantime.
 */
export async function findFreeUrl(): Promise<string> {
  for (;;) {
    const port = randomInt(20_000, 32_000);
    const server = createServer();
    const isFree = await new Promise<boolean>((resolve) => {
      server.once('error', () => resolve(false));
      server.listen(port, '127.0.0.1', () => resolve(true));
    });
    if (!isFree) continue;
    await new Promise((resolve) => server.close(resolve));
    return `http://127.0.0.1:${port}`;
  }
}
