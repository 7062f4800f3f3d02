import { randomBytes, randomInt } from 'node:crypto';
import { createServer } from 'node:net';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { type EntityTarget, type ObjectLiteral } from 'typeorm';
import { Catalog } from '../../src/catalog/catalog.js';
import { Product } from '../../src/catalog/product.entity.js';
import { Clock } from '../../src/common/clock.js';
import { createApp } from '../../src/create-app.js';
import { UnitOfWork } from '../../src/database/unit-of-work.js';
import { PaymentEvent } from '../../src/payment/payment-event.entity.js';
import { Payment } from '../../src/payment/payment.entity.js';
import { RefusedNotice } from '../../src/payment/refused-notice.entity.js';
import { RefusedNotices } from '../../src/payment/refused-notices.js';
import { OrderExpiryJob } from '../../src/reconciliation/order-expiry.job.js';
import { OutboxJob } from '../../src/reconciliation/outbox.job.js';
import { PaymentCheckJob } from '../../src/reconciliation/payment-check.job.js';
import { RefundCheckJob } from '../../src/reconciliation/refund-check.job.js';
import { type RunningSimulator, startSimulator } from '../../src/simulator/start-simulator.js';
import { testCertificates } from './certificates.js';
import { Customer } from './customer.js';
import { migratedDatabase } from './migrated-database.js';
import type { ScratchDatabase } from './scratch-database.js';
import { WechatDouble } from './wechat-double.js';

/** What a story may ask of the shop it opens. */
export interface ShopOptions {
  environment?: Record<string, string>;
  /** How many instances share the one database. */
  instances?: number;
  /** A database that exists already, with the moment at which it was left. Default: an empty one, now. */
  existing?: { database: ScratchDatabase; leftAt: Date };
  /** Puts something between service and database. */
  databaseThrough?: (url: string) => string;
}

/** One running instance of the service. */
export class Instance {
  constructor(
    readonly app: NestFastifyApplication,
    readonly url: string,
  ) {}

  /** The same tables behind another door: a service of its own process on the same database. */
  as(url: string): Instance {
    return new Instance(this.app, url);
  }

  /** What the scheduled jobs do at one tick. */
  async tick(): Promise<void> {
    await this.app.get(PaymentCheckJob).due.tick();
    await this.app.get(OrderExpiryJob).due.tick();
    await this.app.get(RefundCheckJob).due.tick();
    await this.app.get(OutboxJob).due.tick();
  }

  all<Row extends ObjectLiteral>(entity: EntityTarget<Row>): Promise<Row[]> {
    return this.app.get(UnitOfWork).read((manager) => manager.find(entity));
  }
}

/** A shop with a street door: real HTTP, a real database, and WeChat's double next door. */
export class Shop {
  readonly wechat: WechatDouble;
  private customers = 0;

  constructor(
    readonly instances: Instance[],
    readonly environment: Record<string, string>,
    private readonly simulator: RunningSimulator,
    private readonly database: ScratchDatabase,
  ) {
    this.wechat = new WechatDouble(simulator);
  }

  get first(): Instance {
    const [first] = this.instances;
    if (!first) throw new Error('The shop has no instance.');
    return first;
  }

  get url(): string {
    return this.first.url;
  }

  /** Somebody who has logged in. */
  async welcomes(name: string): Promise<Customer> {
    this.customers += 1;
    const { code, openid } = await this.wechat.newCode(
      `o${name}${String(this.customers).padStart(27 - name.length, '0')}`,
    );
    return Customer.login({ shop: this, code, openid });
  }

  /** Puts a product on the shelf and returns its id. */
  async sells({ name = '龙井茶', priceFen = 1500, stock = 10 } = {}): Promise<string> {
    const unique = `${name} ${randomBytes(3).toString('hex')}`;
    await this.first.app.get(Catalog).add([{ name: unique, description: '', priceFen, stock, imageUrl: null }]);
    const product = (await this.first.all(Product)).find((row) => row.name === unique);
    if (!product) throw new Error('The product did not arrive on the shelf.');
    return product.productId;
  }

  async stockOf(productId: string): Promise<number> {
    return (await this.first.all(Product)).find((row) => row.productId === productId)?.stock ?? NaN;
  }

  async paymentsOf(orderNo: string): Promise<Payment[]> {
    return (await this.first.all(Payment)).filter((payment) => payment.orderNo === orderNo);
  }

  async eventsOf(outTradeNo: string | null): Promise<PaymentEvent[]> {
    return (await this.first.all(PaymentEvent)).filter((event) => event.outTradeNo === outTradeNo);
  }

  /** What was refused about this payment, or about none (''), with how many there were of each. */
  async refusedAbout(outTradeNo: string): Promise<Record<string, number>> {
    for (const { app } of this.instances) await app.get(RefusedNotices).flush();
    const rows = (await this.first.all(RefusedNotice)).filter((row) => row.outTradeNo === outTradeNo);
    return Object.fromEntries(rows.map(({ kind, result, notices }) => [`${kind} ${result}`, notices]));
  }

  /** Writes straight into the tables: for states that no sequence of calls can bring about. */
  async forces(...statements: string[]): Promise<void> {
    await this.first.app.get(UnitOfWork).run(async (tx) => {
      for (const statement of statements) await tx.query(statement);
    });
  }

  /** Every instance ticks at the same moment. */
  async ticks(): Promise<void> {
    await Promise.all(this.instances.map((instance) => instance.tick()));
  }

  /** @param changes of the settings that the others have. */
  async opensAnother(changes: Record<string, string> = {}): Promise<Instance> {
    const instance = await startInstance({ ...this.environment, ...changes }, this.simulator);
    this.instances.push(instance);
    return instance;
  }

  async closes(): Promise<void> {
    for (const { app } of this.instances) await app.close();
    await this.simulator.stop();
    await this.database.drop();
  }
}

/** For stories in which WeChat does not answer: they wait for as long as a shop does. Else a busy machine is given time. */
export const IMPATIENT = { WECHAT_TIMEOUT_SECONDS: '1' };

/** Ticks come when the story says so, nothing is logged, and one buyer can place the orders of a whole file. */
const STORY_SETTINGS = {
  NODE_ENV: 'test',
  WECHAT_MODE: 'simulator',
  LOG_LEVEL: 'silent',
  PORT: '0',
  SEED_DEMO_DATA: 'false',
  RECONCILE_INTERVAL_SECONDS: '86400',
  WECHAT_TIMEOUT_SECONDS: '5',
  DATABASE_POOL_SIZE: '10',
  USER_CALLS_PER_MINUTE: '1000000',
  MAX_PENDING_ORDERS_PER_USER: '10000',
  MAX_UNPAID_PIECES_PER_USER: '1000000',
  ADMIN_BOOTSTRAP_USERNAME: 'boss',
  ADMIN_BOOTSTRAP_PASSWORD: 'correct horse battery',
};

export async function openShop(options: ShopOptions = {}): Promise<Shop> {
  const { environment = {}, instances = 1, existing, databaseThrough } = options;
  const simulator = await startSimulator({
    port: 0,
    quiet: true,
    certificates: await testCertificates(),
    ...(existing && { clock: clockFrom(existing.leftAt) }),
    behaviours: { replyRule: 'strict', jsapiArguments: 'mini-program' },
  });
  const database = existing?.database ?? (await migratedDatabase());
  const settings = {
    ...STORY_SETTINGS,
    DATABASE_URL: databaseThrough?.(database.url) ?? database.url,
    WECHAT_API_BASE_URL: simulator.url,
    WECHAT_PAY_BASE_URL: simulator.url,
    WECHAT_PAY_CERT_BASE_URL: simulator.refundUrl,
    WECHAT_CA_BASE64: base64(simulator.certificates.ca),
    WECHAT_MCH_CERT_BASE64: base64(simulator.certificates.merchant.cert),
    WECHAT_MCH_KEY_BASE64: base64(simulator.certificates.merchant.key),
    PUBLIC_BASE_URL: await freeUrl(),
    ...environment,
  };
  const shop = new Shop([], settings, simulator, database);
  try {
    shop.instances.push(await startInstance(settings, simulator, settings.PUBLIC_BASE_URL));
    for (let more = 1; more < instances; more++) await shop.opensAnother();
  } catch (error) {
    await shop.closes(); // nobody else knows of it, and no process ends while its simulator listens
    throw error;
  }
  return shop;
}

/** A clock that shows this moment now and goes on from there. */
function clockFrom(moment: Date): { now: () => Date } {
  const aheadMs = moment.getTime() - Date.now();
  return { now: () => new Date(Date.now() + aheadMs) };
}

const base64 = (text: string): string => Buffer.from(text).toString('base64');

async function startInstance(
  environment: Record<string, string>,
  simulator: RunningSimulator,
  url?: string,
): Promise<Instance> {
  const app = await createApp(environment);
  app.get(Clock).follow(simulator.clock);
  await app.listen(url === undefined ? 0 : Number(new URL(url).port), '127.0.0.1');
  return new Instance(app, await app.getUrl());
}

/**
 * The notify address must be known before the shop listens. Below the ports that the system gives to clients: one of those
 * may go to any connection between now and the moment it is wanted.
 */
export async function freeUrl(): Promise<string> {
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
