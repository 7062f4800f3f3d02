import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import fc from 'fast-check';
import type { DataSource } from 'typeorm';
import { dataSourceOptionsFor } from '../../ormconfig.js';
import { createRecordingOutbox } from '../../test/support/database/recording-outbox.js';
import { createRefundServices } from '../../test/support/refund-services.js';
import { CrashPoint, CrashingUnitOfWork, SimulatedCrash } from '../../test/support/database/crash-point.js';
import {
  type CallDisruption,
  TEST_ACCOUNT,
  InMemoryPaymentProvider,
  type InMemoryOrder,
} from '../../test/support/wechat/in-memory-payment-provider.js';
import { UserService } from '../auth/user.service.js';
import { Product } from '../catalog/product.entity.js';
import { StockMovement } from '../catalog/stock-movement.entity.js';
import { ClockMonitor } from '../common/time/clock-monitor.js';
import { Clock } from '../common/time/clock.js';
import { DomainError } from '../common/problem/domain-error.js';
import { Metrics } from '../common/metrics/metrics.js';
import { readSettings } from '../config/read-settings.js';
import { Coupon } from '../coupon/coupon.entity.js';
import { UserCoupon } from '../coupon/user-coupon.entity.js';
import { openDataSource } from '../database/data-source/open-data-source.js';
import { OrderItem } from '../order/order-item.entity.js';
import { OrderLimitService } from '../order/order-limit.service.js';
import { OrderPlacementService } from '../order/order-placement.service.js';
import { Order, type OrderStatus } from '../order/order.entity.js';
import { OrderQueryService } from '../order/order-query.service.js';
import { OutboxEntry } from '../outbox/outbox-entry.entity.js';
import { PaymentAttemptCloser } from '../payment/attempt/payment-attempt-closer.js';
import { OrderCloser } from '../payment/order-closer.js';
import { UnpaidOrderService } from '../payment/status-sync/unpaid-order.service.js';
import { PaymentService } from '../payment/payment.service.js';
import { PaymentAttemptService } from '../payment/attempt/payment-attempt.service.js';
import { PaymentStatusSync } from '../payment/status-sync/payment-status-sync.js';
import { OnDemandPaymentSync } from '../payment/status-sync/on-demand-payment-sync.js';
import { OrderEventLog } from '../payment/event-log/order-event-log.js';
import { type ResultSource, PaymentResultService } from '../payment/payment-result.service.js';
import { OPEN_ATTEMPT_STATUSES, PaymentAttempt } from '../payment/attempt/payment-attempt.entity.js';
import { PaymentProviderRegistry } from '../wechat/pay/payment-provider-registry.js';
import { TRADE_TYPES, type TradeType } from '../wechat/pay/payment-types.js';
import { WechatResponseSignal } from '../wechat/pay/wechat-response-signal.js';
import { OrderExpiryJob } from './order-expiry.job.js';
import { PaymentCheckJob } from './payment-check.job.js';

Logger.overrideLogger(false);

/** Shared by all scenarios; its values are not read. */
const metrics = new Metrics();
const STOCK = 8;
const PRICE_FEN = 1500;
const DISCOUNT_FEN = 499;
/** Errors that may occur without faults, and those that may occur with faults. Any other error is a bug. */
const REFUSAL_CODES = ['OUT_OF_STOCK', 'COUPON_NOT_USABLE', 'ORDER_NOT_PAYABLE', 'ORDER_NOT_CANCELLABLE'];
const ALLOWED_ERRORS = [...REFUSAL_CODES, 'ORDER_BUSY', 'WECHAT_UNAVAILABLE'];
/** The source of a payment notice. */
const NOTICE: ResultSource = { type: 'NOTICE', by: 'notice', raw: '<xml/>', account: TEST_ACCOUNT };

type PaymentAction =
  | { type: 'order'; quantity: number; coupon?: number | null }
  | { type: 'pay'; order: number; tradeType: TradeType }
  | { type: 'user pays'; payment: number }
  | { type: 'notice'; payment: number }
  | { type: 'forged notice'; payment: number }
  | { type: 'pay after close'; payment: number }
  | { type: 'sync' | 'cancel'; order: number }
  | { type: 'tick' };

/** Concurrent actions and the faults during them. */
interface PaymentStep {
  seconds: number;
  /** `after`: turns of the event loop between the start of the step and the action. */
  actions: { action: PaymentAction; after: number }[];
  cutAt: number | null;
  accidents: [number, CallDisruption][];
}

/** Variants of WeChat's behaviour. */
interface WechatBehaviour {
  isEarlyCloseIgnored?: boolean;
  hasOldApps?: boolean;
}

/** A shop, an in-memory WeChat and their users. */
class PaymentScenario {
  readonly wechat: InMemoryPaymentProvider;
  private readonly clock = new Clock();
  private readonly crashPoint = new CrashPoint();
  private readonly settings = readSettings({ ORDER_TTL_SECONDS: '1200' });
  private now = new Date('2026-11-21T04:00:00.000Z');
  private seen = new Map<string, OrderStatus>();
  private services: ReturnType<PaymentScenario['createServices']>;
  private userId = '';
  private hadCrash = false;

  private constructor(
    private readonly dataSource: DataSource,
    { isEarlyCloseIgnored = false, hasOldApps = false }: WechatBehaviour,
  ) {
    this.clock.useTimeSource({ now: () => this.now });
    this.wechat = new InMemoryPaymentProvider(() => this.now, this.crashPoint.passBoundary);
    this.wechat.ignoresEarlyCloses = isEarlyCloseIgnored;
    this.wechat.usesAppV1 = hasOldApps;
    this.services = this.createServices();
  }

  /** Starts a scenario in an empty database. */
  static async open(dataSource: DataSource, behaviour: WechatBehaviour = {}): Promise<PaymentScenario> {
    for (const { tableName } of dataSource.entityMetadatas) await dataSource.query(`DELETE FROM ${tableName}`);
    const scenario = new PaymentScenario(dataSource, behaviour);
    scenario.userId = (
      await scenario.services.users.findOrCreate({ appId: 'wx8888888888888888', openid: 'oAlice', unionid: null })
    ).id;
    const createdAt = scenario.now;
    await dataSource.manager.insert(Coupon, {
      couponId: 'OFF',
      name: '立减',
      discountFen: DISCOUNT_FEN,
      minSpendFen: PRICE_FEN,
      createdAt,
      expiresAt: new Date('2099-01-01T00:00:00.000Z'),
    });
    for (const userCouponId of ['MINE1', 'MINE2']) {
      const userCoupon = {
        userCouponId,
        couponId: 'OFF',
        userId: scenario.userId,
        orderNo: null,
        grantedAt: createdAt,
      };
      await dataSource.manager.insert(UserCoupon, userCoupon);
    }
    await dataSource.manager.insert(Product, {
      productId: 'TEA',
      name: '龙井茶',
      description: '',
      priceFen: PRICE_FEN,
      stock: STOCK,
      imageUrl: null,
      createdAt: scenario.now,
    });
    return scenario;
  }

  async run(steps: PaymentStep[]): Promise<void> {
    for (const step of steps) await this.runStep(step);
    await this.settle();
  }

  async runStep(step: PaymentStep): Promise<void> {
    this.now = new Date(this.now.getTime() + step.seconds * 1000);
    this.crashPoint.crashAt(step.cutAt);
    this.wechat.planDisruptions(step.accidents);
    const ends = await Promise.allSettled(
      step.actions.map(({ action, after }) => waitForTurns(after).then(() => this.perform(action))),
    );
    // After a crash, the next instance must assume that the interrupted call is still in progress.
    this.hadCrash ||= step.cutAt !== null;
    const isOnlyAction = step.actions.length === 1 && step.accidents.length === 0;
    const canClose = !this.wechat.ignoresEarlyCloses && !this.wechat.usesAppV1;
    const isWithoutFaults = isOnlyAction && !this.hadCrash && canClose;
    for (const end of ends)
      if (end.status === 'rejected') expectAllowedError(end.reason, isWithoutFaults ? REFUSAL_CODES : ALLOWED_ERRORS);
    this.crashPoint.crashAt(null);
    this.wechat.planDisruptions([]);
    if (step.cutAt !== null) this.services = this.createServices();
    await this.assertConsistent();
  }

  /** Runs the jobs without faults for longer than every back-off, and checks the final state. */
  async settle(): Promise<void> {
    for (let hour = 0; hour < 30 && (await this.hasOpenRows()); hour++) {
      await this.runStep({
        seconds: 3700,
        actions: [{ action: { type: 'tick' }, after: 0 }],
        cutAt: null,
        accidents: [],
      });
    }
    // WeChat repeats its notices; a payment after the close is reported by a notice only.
    for (const { paid } of this.wechat.orders.values()) {
      if (paid) await this.services.results.apply(paid, NOTICE);
    }
    await this.assertConsistent();
    const [orders, payments] = await this.read();
    for (const order of orders) expect(order.status).not.toBe('PENDING');
    for (const payment of payments) expect(OPEN_ATTEMPT_STATUSES).not.toContain(payment.status);
    const atWechat = [...this.wechat.orders.values()];
    expect(atWechat.filter(({ state }) => state === 'NOTPAY')).toEqual([]);
    const paidAtWechatFen = atWechat.reduce((sum, { paid }) => sum + (paid?.paidFen ?? 0), 0);
    const paidHereFen = payments.filter(({ status }) => status === 'PAID').reduce((sum, row) => sum + row.amountFen, 0);
    expect(paidHereFen).toBe(paidAtWechatFen);
    const keptFen = orders.filter(({ status }) => status === 'PAID').reduce((sum, order) => sum + order.paidFen, 0);
    expect(keptFen + payments.reduce((sum, row) => sum + row.refundDueFen, 0)).toBe(paidAtWechatFen);
  }

  private async hasOpenRows(): Promise<boolean> {
    const [orders, payments] = await this.read();
    return (
      orders.some(({ status }) => status === 'PENDING') ||
      payments.some((row) => OPEN_ATTEMPT_STATUSES.includes(row.status))
    );
  }

  /** Matches payments by their state at WeChat, which may differ from our row. */
  private hasWechatState(state: InMemoryOrder['state']): (payment: PaymentAttempt) => boolean {
    return ({ outTradeNo }) => this.wechat.orders.get(outTradeNo)?.state === state;
  }

  private read(): Promise<[Order[], PaymentAttempt[]]> {
    const { manager } = this.dataSource;
    return Promise.all([
      manager.find(Order, { order: { id: 'ASC' } }),
      manager.find(PaymentAttempt, { order: { id: 'ASC' } }),
    ]);
  }

  private async perform(action: PaymentAction): Promise<void> {
    const [orders, payments] = await this.read();
    switch (action.type) {
      case 'order': {
        const coupons = await this.dataSource.manager.find(UserCoupon, { order: { id: 'ASC' } });
        const coupon =
          action.coupon == null ? undefined : pick(coupons, action.coupon, ({ orderNo }) => orderNo === null);
        const body = {
          items: [{ productId: 'TEA', quantity: action.quantity }],
          ...(coupon && { couponId: coupon.userCouponId }),
        };
        await this.services.placing.place({ userId: this.userId, body, idempotencyKey: undefined });
        return;
      }
      case 'pay': {
        const order = pick(orders, action.order, isPending);
        if (order) {
          const { userId, services } = this;
          const { tradeType } = action;
          await services.paying.payAsUser(userId, order.orderNo, { tradeType, ip: '203.0.113.7' });
        }
        return;
      }
      case 'sync': {
        const order = pick(orders, action.order, isPending);
        if (order) await this.services.payments.sync(order);
        return;
      }
      case 'cancel': {
        const order = pick(orders, action.order, isPending);
        if (order) expect((await this.services.payments.cancel(this.userId, order.orderNo)).status).toBe('CLOSED');
        return;
      }
      case 'user pays':
        this.wechat.payAsUser(pick(payments, action.payment, this.hasWechatState('NOTPAY'))?.outTradeNo ?? '');
        return;
      case 'pay after close':
        this.wechat.payAfterClose(pick(payments, action.payment, this.hasWechatState('CLOSED'))?.outTradeNo ?? '');
        return;
      case 'notice': {
        const paid = this.wechat.orders.get(
          pick(payments, action.payment, this.hasWechatState('SUCCESS'))?.outTradeNo ?? '',
        )?.paid;
        if (!paid) return;
        const outcome = await this.services.results.apply(paid, NOTICE);
        expect(['APPLIED', 'LATE_OR_DUPLICATE', 'REPEATED']).toContain(outcome);
        return;
      }
      case 'forged notice': {
        const payment = pick(payments, action.payment, ({ status }) => status !== 'PAID');
        if (!payment) return;
        const forged = { outTradeNo: payment.outTradeNo, transactionId: '4200', paidFen: 1, paidAt: this.now };
        expect(await this.services.results.apply(forged, NOTICE)).toBe('AMOUNT_MISMATCH');
        return;
      }
      case 'tick':
        await this.services.check.runner.tick();
        await this.services.expiry.runner.tick();
        return;
    }
  }

  /** Invariants that hold after every step. */
  private async assertConsistent(): Promise<void> {
    const [orders, payments] = await this.read();
    expect(this.wechat.violations).toEqual([]);
    for (const order of orders) {
      this.assertLegalMove(order);
      this.assertSinglePayment(
        order,
        payments.filter(({ orderNo }) => orderNo === order.orderNo),
      );
    }
    for (const payment of payments) this.assertMatchesWechat(payment);
    await this.assertStock(orders);
    await this.assertCoupons(orders);
    await this.assertNotifications(orders);
  }

  /** Each coupon belongs to the open or paid order that was placed with it, or to none. */
  private async assertCoupons(orders: Order[]): Promise<void> {
    const coupons = await this.dataSource.manager.find(UserCoupon);
    const openOrPaid = orders.filter(({ status, userCouponId }) => status !== 'CLOSED' && userCouponId !== null);
    const reserved = coupons.filter(({ orderNo }) => orderNo !== null);
    const keyOf = (userCouponId: string | null, orderNo: string | null): string =>
      `${String(userCouponId)} ${String(orderNo)}`;
    expect(reserved.map(({ userCouponId, orderNo }) => keyOf(userCouponId, orderNo)).sort()).toEqual(
      openOrPaid.map(({ userCouponId, orderNo }) => keyOf(userCouponId, orderNo)).sort(),
    );
    for (const { userCouponId, totalFen, discountFen, payableFen } of orders) {
      expect(discountFen).toBe(userCouponId === null ? 0 : DISCOUNT_FEN);
      expect(payableFen).toBe(totalFen - discountFen);
    }
  }

  /** Exactly one notification for each paid order. */
  private async assertNotifications(orders: Order[]): Promise<void> {
    const keys = (await this.dataSource.manager.find(OutboxEntry)).map(({ entryKey }) => entryKey);
    const paid = orders.filter(({ status }) => status === 'PAID').map(({ orderNo }) => `order-paid:${orderNo}`);
    expect(keys.sort()).toEqual(paid.sort());
  }

  private assertLegalMove({ orderNo, status }: Order): void {
    const before = this.seen.get(orderNo) ?? 'PENDING';
    if (before !== 'PENDING') expect(status).toBe(before);
    this.seen.set(orderNo, status);
  }

  private assertSinglePayment(order: Order, attempts: PaymentAttempt[]): void {
    const keeping = attempts.filter(({ status, refundDueFen }) => status === 'PAID' && refundDueFen === 0);
    if (order.status === 'PAID') {
      expect(keeping).toHaveLength(1);
      expect(order).toMatchObject({ paidFen: order.payableFen, transactionId: keeping[0]?.transactionId });
    } else {
      expect(keeping).toEqual([]);
      const lateFen = attempts.reduce((sum, { refundDueFen }) => sum + refundDueFen, 0);
      expect(order).toMatchObject({ paidFen: lateFen, transactionId: null });
    }
    if (order.status !== 'CLOSED') return;
    for (const { outTradeNo } of attempts) expect(this.wechat.orders.get(outTradeNo)?.state).not.toBe('NOTPAY');
  }

  private assertMatchesWechat({ outTradeNo, status, amountFen, refundDueFen, transactionId }: PaymentAttempt): void {
    const there = this.wechat.orders.get(outTradeNo);
    expect([0, amountFen]).toContain(refundDueFen);
    if (status === 'PAID') expect(there?.paid).toMatchObject({ paidFen: amountFen, transactionId });
    else expect(refundDueFen).toBe(0);
    // WeChat may not know the order, but it must not accept a payment for an attempt that is closed here.
    if (status === 'CLOSED' && !there?.isPaidAfterClose) expect([undefined, 'CLOSED']).toContain(there?.state);
    if (status === 'PREPAID') expect(there).toBeDefined();
  }

  private async assertStock(orders: Order[]): Promise<void> {
    const { manager } = this.dataSource;
    const stock = (await manager.findOneByOrFail(Product, { productId: 'TEA' })).stock;
    const holding = new Set(orders.filter(({ status }) => status !== 'CLOSED').map(({ id }) => id));
    const items = await manager.find(OrderItem);
    const reserved = items
      .filter(({ orderId }) => holding.has(orderId))
      .reduce((sum, { quantity }) => sum + quantity, 0);
    const moved = (await manager.find(StockMovement)).reduce((sum, { pieces }) => sum + pieces, 0);
    expect(stock).toBeGreaterThanOrEqual(0);
    expect(stock + reserved).toBe(STOCK);
    expect(STOCK + moved).toBe(stock);
  }

  /** The services of a new process: all state is in the database. */
  private createServices() {
    const { settings, clock, wechat } = this;
    const providers = new PaymentProviderRegistry([wechat], new WechatResponseSignal());
    const unitOfWork = new CrashingUnitOfWork(this.dataSource, this.crashPoint);
    const users = new UserService(unitOfWork, clock);
    const orders = new OrderQueryService(unitOfWork);
    const eventLog = new OrderEventLog(clock, unitOfWork);
    const outbox = createRecordingOutbox(clock);
    const results = new PaymentResultService(clock, unitOfWork, eventLog, metrics, outbox);
    const statusSync = new PaymentStatusSync(clock, unitOfWork, providers, eventLog, results);
    const attemptCloser = new PaymentAttemptCloser(clock, unitOfWork, providers, statusSync, eventLog);
    const orderCloser = new OrderCloser(clock, unitOfWork, attemptCloser, eventLog, metrics);
    const attempts = new PaymentAttemptService(settings, clock, unitOfWork, providers, eventLog, metrics);
    const forRefunds = { settings, clock, unitOfWork, orders, outbox, metrics, providers };
    const { latePayments } = createRefundServices(forRefunds);
    return {
      users,
      results,
      placing: new OrderPlacementService(
        settings,
        clock,
        unitOfWork,
        metrics,
        new OrderLimitService(settings, metrics),
      ),
      paying: new PaymentService(clock, users, orders, attempts, attemptCloser, providers),
      payments: new UnpaidOrderService(
        unitOfWork,
        orders,
        orderCloser,
        new OnDemandPaymentSync(settings, clock, unitOfWork, statusSync),
      ),
      check: new PaymentCheckJob(settings, clock, unitOfWork, orders, statusSync, attemptCloser, latePayments),
      expiry: new OrderExpiryJob(settings, clock, new ClockMonitor(clock, metrics), unitOfWork, orders, orderCloser),
    };
  }
}

function expectAllowedError(reason: unknown, allowedCodes: string[]): void {
  if (reason instanceof SimulatedCrash) return;
  if (reason instanceof DomainError) expect(allowedCodes).toContain(reason.code);
  else throw reason;
}

async function waitForTurns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn++) await new Promise((resolve) => setImmediate(resolve));
}

/** A row that the action is likely to apply to, or any row if there is none. */
function pick<Row>(rows: Row[], place: number, isLikely: (row: Row) => boolean): Row | undefined {
  const likely = rows.filter(isLikely);
  const choice = likely.length > 0 ? likely : rows;
  return choice[place % Math.max(choice.length, 1)];
}

const isPending = ({ status }: Order): boolean => status === 'PENDING';

const indexArbitrary = fc.nat(5);
const actions: fc.Arbitrary<PaymentAction> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      type: fc.constant('order' as const),
      quantity: fc.integer({ min: 1, max: 3 }),
      coupon: fc.option(fc.nat(1)),
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      type: fc.constant('pay' as const),
      order: indexArbitrary,
      tradeType: fc.constantFrom(...TRADE_TYPES),
    }),
  },
  { weight: 3, arbitrary: fc.record({ type: fc.constant('user pays' as const), payment: indexArbitrary }) },
  { weight: 3, arbitrary: fc.record({ type: fc.constant('notice' as const), payment: indexArbitrary }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('forged notice' as const), payment: indexArbitrary }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('pay after close' as const), payment: indexArbitrary }) },
  {
    weight: 5,
    arbitrary: fc.record({ type: fc.constantFrom('sync' as const, 'cancel' as const), order: indexArbitrary }),
  },
  { weight: 3, arbitrary: fc.record({ type: fc.constant('tick' as const) }) },
);
const accidents = fc.array(
  fc.tuple(
    fc.constantFrom(1, 1, 2, 2, 3, 4, 5),
    fc.constantFrom<CallDisruption>(
      'request lost',
      'response lost',
      'request slow',
      'user pays before',
      'user pays after',
    ),
  ),
  { minLength: 1, maxLength: 2 },
);
const steps: fc.Arbitrary<PaymentStep> = fc.record({
  seconds: fc.constantFrom(0, 0, 0, 0, 1, 15, 61, 400, 1250),
  actions: fc.array(fc.record({ action: actions, after: fc.nat(6) }), { minLength: 1, maxLength: 3 }),
  cutAt: fc.oneof(
    { weight: 5, arbitrary: fc.constant(null) },
    { weight: 1, arbitrary: fc.integer({ min: 1, max: 14 }) },
  ),
  accidents: fc.oneof(
    { weight: 1, arbitrary: fc.constant<[number, CallDisruption][]>([]) },
    { weight: 1, arbitrary: accidents },
  ),
});

/** A step without faults, unless `more` adds some. */
function step(more: Partial<PaymentStep>, ...together: PaymentAction[]): PaymentStep {
  return { seconds: 0, cutAt: null, accidents: [], actions: together.map((action) => ({ action, after: 0 })), ...more };
}

const placeOrderStep = step({}, { type: 'order', quantity: 2, coupon: 0 });
const payAction: PaymentAction = { type: 'pay', order: 0, tradeType: 'JSAPI' };
const cancelAction: PaymentAction = { type: 'cancel', order: 0 };
const noticeAction: PaymentAction = { type: 'notice', payment: 0 };

/** Scenarios that random generation rarely finds; each runs every time. */
const KNOWN_SCENARIOS: [string, PaymentStep[]][] = [
  [
    'the response to the first query of the cancel is lost',
    [step({}, payAction), step({ accidents: [[1, 'response lost']] }, cancelAction)],
  ],
  ['the closeorder request is lost', [step({}, payAction), step({ accidents: [[2, 'request lost']] }, cancelAction)]],
  [
    'the user pays before the closeorder request of the cancel',
    [step({}, payAction), step({ accidents: [[2, 'user pays before']] }, cancelAction)],
  ],
  [
    'three notices, a sync and a job run concurrently',
    [
      step({}, payAction),
      step({}, { type: 'user pays', payment: 0 }),
      step({}, noticeAction, noticeAction, noticeAction, { type: 'sync', order: 0 }, { type: 'tick' }),
    ],
  ],
  [
    'the process crashes during the prepay call, and the order expires',
    [step({ cutAt: 6 }, payAction), step({ seconds: 1250 }, { type: 'tick' })],
  ],
];

describe('payment scenarios', () => {
  let dataSource: DataSource;

  beforeAll(async () => {
    dataSource = await openDataSource(dataSourceOptionsFor({ DATABASE_URL: 'sqlite::memory:', DATABASE_POOL_SIZE: 2 }));
  });
  afterAll(() => dataSource.destroy());

  it.each(KNOWN_SCENARIOS)('orders, payments, stock and coupons stay consistent when %s', async (_what, steps) => {
    const scenario = await PaymentScenario.open(dataSource);
    await scenario.run([placeOrderStep, ...steps]);
  });

  /** Turns of the event loop between a payment and a cancel, so that their steps interleave in every way. */
  const delays = Array.from({ length: 16 }, (_, turn) => turn);

  it.each<[string, [number, CallDisruption][]]>([
    ['concurrently', []],
    ['and the prepay request arrives after both queries of the cancel', [[1, 'request slow']]],
  ])('orders, payments, stock and coupons stay consistent when pay and cancel run %s', async (_what, accidents) => {
    for (const late of delays) {
      for (const actions of [
        [
          { action: payAction, after: 0 },
          { action: cancelAction, after: late },
        ],
        [
          { action: payAction, after: late },
          { action: cancelAction, after: 0 },
        ],
      ]) {
        const scenario = await PaymentScenario.open(dataSource);
        await scenario.run([placeOrderStep, step({ actions, accidents })]);
      }
    }
  });

  it('orders, payments, stock and coupons stay consistent for random concurrent actions, faults and crashes', async () => {
    const behaviours = fc.record({ isEarlyCloseIgnored: fc.boolean(), hasOldApps: fc.boolean() });
    const scenarios = fc.array(steps, { minLength: 4, maxLength: 24, size: 'max' });
    await fc.assert(
      fc.asyncProperty(behaviours, scenarios, async (behaviour, steps) => {
        const scenario = await PaymentScenario.open(dataSource, behaviour);
        await scenario.run([placeOrderStep, ...steps]);
      }),
      { numRuns: 100, interruptAfterTimeLimit: 8_000, markInterruptAsFailure: false },
    );
  });
});
