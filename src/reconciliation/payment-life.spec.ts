import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import fc from 'fast-check';
import type { DataSource, EntityManager } from 'typeorm';
import { optionsFor } from '../../ormconfig.js';
import { type Accident, WechatInMemory } from '../../test/support/wechat-in-memory.js';
import { Users } from '../auth/users.js';
import { Product } from '../catalog/product.entity.js';
import { StockMovement } from '../catalog/stock-movement.entity.js';
import { Clock } from '../common/clock.js';
import { DomainError } from '../common/domain-error.js';
import { readSettings } from '../config/read-settings.js';
import { openDataSource } from '../database/open-data-source.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { OrderItem } from '../order/order-item.entity.js';
import { OrderPlacing } from '../order/order-placing.js';
import { Order, type OrderStatus } from '../order/order.entity.js';
import { Orders } from '../order/orders.js';
import { AttemptClosing } from '../payment/attempt-closing.js';
import { OrderClosing } from '../payment/order-closing.js';
import { OrderPayments } from '../payment/order-payments.js';
import { Paying } from '../payment/paying.js';
import { PaymentAttempts } from '../payment/payment-attempts.js';
import { PaymentInquiry } from '../payment/payment-inquiry.js';
import { PaymentJournal } from '../payment/payment-journal.js';
import { PaymentResults } from '../payment/payment-results.js';
import { OPEN_STATUSES, Payment } from '../payment/payment.entity.js';
import { TRADE_TYPES, type TradeType } from '../wechat/wechat-pay.gateway.js';
import { OrderExpiryJob } from './order-expiry.job.js';
import { PaymentCheckJob } from './payment-check.job.js';

Logger.overrideLogger(false);

const STOCK = 8;
const PRICE_FEN = 1500;
/** What a shop may honestly answer in bad weather. Anything else is a bug. */
const EXCUSES = new Set([
  'OUT_OF_STOCK',
  'ORDER_NOT_PAYABLE',
  'ORDER_NOT_CANCELLABLE',
  'ORDER_BUSY',
  'WECHAT_UNAVAILABLE',
]);

/** Thrown at the border of two steps when the power is gone, and at every later one until the restart. */
class PowerCut extends Error {}

class Fuse {
  private bordersLeft = Number.POSITIVE_INFINITY;

  blowsAt(border: number | null): void {
    this.bordersLeft = border ?? Number.POSITIVE_INFINITY;
  }

  readonly border = (): void => {
    this.bordersLeft -= 1;
    if (this.bordersLeft <= 0) throw new PowerCut();
  };
}

class FusedUnitOfWork extends UnitOfWork {
  constructor(
    dataSource: DataSource,
    private readonly border: () => void,
  ) {
    super(dataSource);
  }

  override async run<T>(work: (tx: EntityManager) => Promise<T>): Promise<T> {
    this.border();
    const result = await super.run(work);
    this.border();
    return result;
  }
}

type Act =
  | { act: 'order'; quantity: number }
  | { act: 'pay'; order: number; tradeType: TradeType }
  | { act: 'user pays'; payment: number }
  | { act: 'notice'; payment: number }
  | { act: 'forged notice'; payment: number }
  | { act: 'sync' | 'cancel'; order: number }
  | { act: 'tick' };

/** Some acts at the same time, and what goes wrong meanwhile. */
interface Scene {
  seconds: number;
  acts: Act[];
  cutAt: number | null;
  accidents: [number, Accident][];
}

/** A shop, a WeChat and the people between them. */
class World {
  readonly wechat: WechatInMemory;
  private readonly clock = new Clock();
  private readonly fuse = new Fuse();
  private readonly settings = readSettings({ ORDER_TTL_SECONDS: '1200' });
  private now = new Date('2026-11-21T04:00:00.000Z');
  private seen = new Map<string, OrderStatus>();
  private shop: ReturnType<World['opened']>;
  private userId = '';

  private constructor(
    private readonly dataSource: DataSource,
    isEarlyCloseIgnored: boolean,
  ) {
    this.clock.follow({ now: () => this.now });
    this.wechat = new WechatInMemory(() => this.now, this.fuse.border);
    this.wechat.ignoresEarlyCloses = isEarlyCloseIgnored;
    this.shop = this.opened();
  }

  static async open(isEarlyCloseIgnored: boolean): Promise<World> {
    const dataSource = await openDataSource(optionsFor({ DATABASE_URL: 'sqlite::memory:', DATABASE_POOL_SIZE: 2 }));
    const world = new World(dataSource, isEarlyCloseIgnored);
    world.userId = (await world.shop.users.welcome({ openid: 'oAlice', unionid: null })).id;
    await dataSource.manager.insert(Product, {
      ...{ productId: 'TEA', name: '龙井茶', description: '', priceFen: PRICE_FEN, stock: STOCK },
      ...{ imageUrl: null, createdAt: world.now },
    });
    return world;
  }

  close(): Promise<void> {
    return this.dataSource.destroy();
  }

  async plays(scene: Scene): Promise<void> {
    this.now = new Date(this.now.getTime() + scene.seconds * 1000);
    this.fuse.blowsAt(scene.cutAt);
    this.wechat.expect(scene.accidents);
    const ends = await Promise.allSettled(scene.acts.map((act) => this.does(act)));
    for (const end of ends) if (end.status === 'rejected') expectExcuse(end.reason);
    this.fuse.blowsAt(null);
    this.wechat.expect([]);
    if (scene.cutAt !== null) this.shop = this.opened();
    await this.isInOrder();
  }

  /** Fair weather, and time enough for every back-off: what must be true in the end. */
  async settles(): Promise<void> {
    for (let hour = 0; hour < 30 && (await this.isRestless()); hour++) {
      await this.plays({ seconds: 3700, acts: [{ act: 'tick' }], cutAt: null, accidents: [] });
    }
    const [orders, payments] = await this.read();
    for (const order of orders) expect(order.status).not.toBe('PENDING');
    for (const payment of payments) expect(OPEN_STATUSES).not.toContain(payment.status);
    const atWechat = [...this.wechat.books.values()];
    expect(atWechat.filter(({ state }) => state === 'NOTPAY')).toEqual([]);
    const there = atWechat.reduce((sum, { paid }) => sum + (paid?.paidFen ?? 0), 0);
    const here = payments.filter(({ status }) => status === 'PAID').reduce((sum, row) => sum + row.amountFen, 0);
    expect(here).toBe(there);
    const kept = orders.reduce((sum, order) => sum + order.paidFen, 0);
    expect(kept + payments.reduce((sum, row) => sum + row.owedBackFen, 0)).toBe(there);
  }

  private async isRestless(): Promise<boolean> {
    const [orders, payments] = await this.read();
    return (
      orders.some(({ status }) => status === 'PENDING') || payments.some((row) => OPEN_STATUSES.includes(row.status))
    );
  }

  private read(): Promise<[Order[], Payment[]]> {
    const { manager } = this.dataSource;
    return Promise.all([
      manager.find(Order, { order: { id: 'ASC' } }),
      manager.find(Payment, { order: { id: 'ASC' } }),
    ]);
  }

  private async does(act: Act): Promise<void> {
    const [orders, payments] = await this.read();
    switch (act.act) {
      case 'order': {
        const body = { items: [{ productId: 'TEA', quantity: act.quantity }] };
        await this.shop.placing.place({ userId: this.userId, body, idempotencyKey: undefined });
        return;
      }
      case 'pay': {
        const order = pick(orders, act.order);
        if (order) await this.shop.paying.pay({ ...order, tradeType: act.tradeType, ip: '203.0.113.7' });
        return;
      }
      case 'sync': {
        const order = pick(orders, act.order);
        if (order) await this.shop.payments.sync(order);
        return;
      }
      case 'cancel': {
        const order = pick(orders, act.order);
        if (order) expect((await this.shop.payments.cancel(this.userId, order.orderNo)).status).toBe('CLOSED');
        return;
      }
      case 'user pays':
        this.wechat.isPaidByUser(pick(payments, act.payment)?.outTradeNo ?? '');
        return;
      case 'notice': {
        const paid = this.wechat.books.get(pick(payments, act.payment)?.outTradeNo ?? '')?.paid;
        if (!paid) return;
        const verdict = await this.shop.results.apply(paid, { type: 'NOTICE', raw: '<xml/>' });
        expect(['APPLIED', 'OWED_BACK', 'REPEATED']).toContain(verdict);
        return;
      }
      case 'forged notice': {
        const payment = pick(payments, act.payment);
        if (!payment) return;
        const forged = { outTradeNo: payment.outTradeNo, transactionId: '4200', paidFen: 1, paidAt: this.now };
        expect(await this.shop.results.apply(forged, { type: 'NOTICE', raw: '<xml/>' })).toBe('AMOUNT_MISMATCH');
        return;
      }
      case 'tick':
        await this.shop.check.due.tick();
        await this.shop.expiry.due.tick();
        return;
    }
  }

  /** What must be true after every scene, whatever went wrong in it. */
  private async isInOrder(): Promise<void> {
    const [orders, payments] = await this.read();
    expect(this.wechat.complaints).toEqual([]);
    for (const order of orders) {
      this.movedLegally(order);
      this.isPaidByOne(
        order,
        payments.filter(({ orderNo }) => orderNo === order.orderNo),
      );
    }
    for (const payment of payments) this.agreesWithWechat(payment);
    await this.hasAllItsStock(orders);
  }

  private movedLegally({ orderNo, status }: Order): void {
    const before = this.seen.get(orderNo) ?? 'PENDING';
    if (before !== 'PENDING') expect(status).toBe(before);
    this.seen.set(orderNo, status);
  }

  private isPaidByOne(order: Order, attempts: Payment[]): void {
    const keeping = attempts.filter(({ status, owedBackFen }) => status === 'PAID' && owedBackFen === 0);
    if (order.status === 'PAID') {
      expect(keeping).toHaveLength(1);
      expect(order).toMatchObject({ paidFen: order.payableFen, transactionId: keeping[0]?.transactionId });
    } else {
      expect(keeping).toEqual([]);
      expect(order).toMatchObject({ paidFen: 0, transactionId: null });
    }
    if (order.status !== 'CLOSED') return;
    for (const { outTradeNo } of attempts) expect(this.wechat.books.get(outTradeNo)?.state).not.toBe('NOTPAY');
  }

  private agreesWithWechat({ outTradeNo, status, amountFen, owedBackFen, transactionId }: Payment): void {
    const there = this.wechat.books.get(outTradeNo);
    expect([0, amountFen]).toContain(owedBackFen);
    if (status === 'PAID') expect(there?.paid).toMatchObject({ paidFen: amountFen, transactionId });
    else expect(owedBackFen).toBe(0);
    // WeChat may not have it at all, but never may it take the user's money for what is closed here.
    if (status === 'CLOSED') expect([undefined, 'CLOSED']).toContain(there?.state);
    if (status === 'PREPAID') expect(there).toBeDefined();
  }

  private async hasAllItsStock(orders: Order[]): Promise<void> {
    const { manager } = this.dataSource;
    const stock = (await manager.findOneByOrFail(Product, { productId: 'TEA' })).stock;
    const holding = new Set(orders.filter(({ status }) => status !== 'CLOSED').map(({ id }) => id));
    const items = await manager.find(OrderItem);
    const held = items.filter(({ orderId }) => holding.has(orderId)).reduce((sum, { quantity }) => sum + quantity, 0);
    const moved = (await manager.find(StockMovement)).reduce((sum, { pieces }) => sum + pieces, 0);
    expect(stock).toBeGreaterThanOrEqual(0);
    expect(stock + held).toBe(STOCK);
    expect(STOCK + moved).toBe(stock);
  }

  /** A process that has just started: nothing is remembered but what the database holds. */
  private opened() {
    const { settings, clock, wechat } = this;
    const unitOfWork = new FusedUnitOfWork(this.dataSource, this.fuse.border);
    const users = new Users(unitOfWork, clock);
    const orders = new Orders(unitOfWork);
    const journal = new PaymentJournal(clock, unitOfWork);
    const results = new PaymentResults(clock, unitOfWork, journal);
    const inquiry = new PaymentInquiry(clock, unitOfWork, wechat, journal, results);
    const closing = new AttemptClosing(clock, unitOfWork, wechat, inquiry, journal);
    const orderClosing = new OrderClosing(clock, unitOfWork, closing, journal);
    const attempts = new PaymentAttempts(settings, clock, unitOfWork, wechat, journal);
    return {
      users,
      results,
      placing: new OrderPlacing(settings, clock, unitOfWork),
      paying: new Paying(clock, users, orders, attempts, closing, wechat),
      payments: new OrderPayments(unitOfWork, orders, orderClosing, inquiry),
      check: new PaymentCheckJob(settings, clock, unitOfWork, orders, inquiry, closing),
      expiry: new OrderExpiryJob(settings, clock, unitOfWork, orders, orderClosing),
    };
  }
}

function expectExcuse(reason: unknown): void {
  if (reason instanceof PowerCut) return;
  if (reason instanceof DomainError) expect(EXCUSES).toContain(reason.code);
  else throw reason;
}

function pick<Row>(rows: Row[], place: number): Row | undefined {
  return rows[place % Math.max(rows.length, 1)];
}

const place = fc.nat(5);
const acts: fc.Arbitrary<Act> = fc.oneof(
  { weight: 2, arbitrary: fc.record({ act: fc.constant('order' as const), quantity: fc.integer({ min: 1, max: 3 }) }) },
  {
    weight: 5,
    arbitrary: fc.record({
      act: fc.constant('pay' as const),
      order: place,
      tradeType: fc.constantFrom(...TRADE_TYPES),
    }),
  },
  { weight: 4, arbitrary: fc.record({ act: fc.constant('user pays' as const), payment: place }) },
  { weight: 3, arbitrary: fc.record({ act: fc.constant('notice' as const), payment: place }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('forged notice' as const), payment: place }) },
  { weight: 3, arbitrary: fc.record({ act: fc.constantFrom('sync' as const, 'cancel' as const), order: place }) },
  { weight: 3, arbitrary: fc.record({ act: fc.constant('tick' as const) }) },
);
const accidents = fc.array(
  fc.tuple(
    fc.integer({ min: 1, max: 6 }),
    fc.constantFrom<Accident>('request lost', 'answer lost', 'user pays before', 'user pays after'),
  ),
  { maxLength: 2 },
);
const scenes: fc.Arbitrary<Scene> = fc.record({
  seconds: fc.constantFrom(0, 0, 1, 15, 61, 400, 1250),
  acts: fc.array(acts, { minLength: 1, maxLength: 3 }),
  cutAt: fc.option(fc.integer({ min: 1, max: 14 }), { freq: 3 }),
  accidents,
});
const first: Scene = { seconds: 0, acts: [{ act: 'order', quantity: 2 }], cutAt: null, accidents: [] };

describe('the life of orders and payments', () => {
  it('keeps its promises, whoever pays, cancels, lies, waits or loses power, in any order and at once', async () => {
    await fc.assert(
      fc.asyncProperty(fc.boolean(), fc.array(scenes, { minLength: 3, maxLength: 14 }), async (ignores, story) => {
        const world = await World.open(ignores);
        try {
          for (const scene of [first, ...story]) await world.plays(scene);
          await world.settles();
        } finally {
          await world.close();
        }
      }),
      { numRuns: 60, interruptAfterTimeLimit: 12_000, markInterruptAsFailure: false },
    );
  });
});
