import 'reflect-metadata';
import { afterAll, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import fc from 'fast-check';
import type { DataSource } from 'typeorm';
import { dataSourceOptionsFor } from '../../ormconfig.js';
import { createRecordingOutbox } from '../../test/support/database/recording-outbox.js';
import { createRefundServices } from '../../test/support/refund-services.js';
import { CrashPoint, CrashingUnitOfWork, SimulatedCrash } from '../../test/support/database/crash-point.js';
import {
  type CallDisruption,
  InMemoryPaymentProvider,
  TEST_ACCOUNT,
} from '../../test/support/wechat/in-memory-payment-provider.js';
import { Product } from '../catalog/product.entity.js';
import { StockMovement } from '../catalog/stock-movement.entity.js';
import { Clock } from '../common/time/clock.js';
import { DomainError } from '../common/problem/domain-error.js';
import { Metrics } from '../common/metrics/metrics.js';
import { readSettings } from '../config/read-settings.js';
import { Coupon } from '../coupon/coupon.entity.js';
import { UserCoupon } from '../coupon/user-coupon.entity.js';
import { openDataSource } from '../database/data-source/open-data-source.js';
import { OrderItem } from '../order/order-item.entity.js';
import { Order } from '../order/order.entity.js';
import { OrderQueryService } from '../order/order-query.service.js';
import { OutboxEntry } from '../outbox/outbox-entry.entity.js';
import { OrderEvent } from '../payment/event-log/order-event.entity.js';
import { PaymentAttempt } from '../payment/attempt/payment-attempt.entity.js';
import type { ReturnChoice } from '../refund/rules/decide-return.js';
import { hasReservedAmount } from '../refund/rules/refund-transitions.js';
import { RefundItem } from '../refund/refund-item.entity.js';
import { Refund } from '../refund/refund.entity.js';
import { PaymentProviderRegistry } from '../wechat/pay/payment-provider-registry.js';
import { WechatResponseSignal } from '../wechat/pay/wechat-response-signal.js';
import { RefundCheckJob } from './refund-check.job.js';

Logger.overrideLogger(false);

/** Shared by all scenarios; its values are not read. */
const metrics = new Metrics();
const PAID_FEN = 100;
const OFF_FEN = 7;
const SOLD_PIECES = 3;
const ACTOR = { id: 'BOSS', username: 'boss', ip: '127.0.0.1' };
const REFUND_CONTEXT = { actor: ACTOR, idempotencyKey: undefined, idempotencyKeyOwner: ACTOR.id };
/** Errors that may occur. Any other error is a bug. */
const REFUSAL_CODES = [
  ...['ORDER_NOT_REFUNDABLE', 'REFUND_EXCEEDS_PAYMENT', 'REFUND_NOT_DECIDABLE'],
  ...['RETURN_NEEDS_ITEMS', 'RETURN_EXCEEDS_ORDER'],
  ...['REFUND_KNOWN_TO_WECHAT', 'REFUND_SENT_RECENTLY', 'WECHAT_UNAVAILABLE'],
];

/** Which goods staff return: default, all, none, or a number of units. */
type ReturnedGoods = boolean | number | null;

type RefundAction =
  | { type: 'request'; fen: number }
  | { type: 'merchant refund'; fen: number; goods: ReturnedGoods }
  | { type: 'approve'; refund: number; share: number; goods: ReturnedGoods }
  | { type: 'reject' | 'cancel' | 'retry' | 'notice' | 'abandon'; refund: number }
  | { type: 'end'; refund: number; how: 'SUCCEEDED' | 'ABNORMAL' | 'CLOSED' }
  | { type: 'funds'; isShort: boolean }
  | { type: 'refuse requests'; areRefused: boolean }
  | { type: 'lag'; seconds: number }
  | { type: 'tick' };

/** Concurrent actions and the faults during them. */
interface RefundStep {
  seconds: number;
  actions: RefundAction[];
  cutAt: number | null;
  accidents: [number, CallDisruption][];
}

/** One paid order, its refunds here and at WeChat, and the staff who decide. */
class RefundScenario {
  private readonly clock = new Clock();
  private readonly crashPoint = new CrashPoint();
  readonly wechat = new InMemoryPaymentProvider(() => this.now, this.crashPoint.passBoundary);
  private now = new Date('2026-11-21T04:00:00.000Z');
  private services: ReturnType<RefundScenario['createServices']>;

  private constructor(private readonly dataSource: DataSource) {
    this.clock.useTimeSource({ now: () => this.now });
    this.services = this.createServices();
  }

  static async open(dataSource: DataSource): Promise<RefundScenario> {
    for (const { tableName } of dataSource.entityMetadatas) await dataSource.query(`DELETE FROM ${tableName}`);
    const scenario = new RefundScenario(dataSource);
    await scenario.insertPaidOrder();
    return scenario;
  }

  async run(steps: RefundStep[]): Promise<void> {
    for (const step of steps) await this.runStep(step);
    await this.settle();
  }

  private async insertPaidOrder(): Promise<void> {
    const { now } = this;
    const numbers = { orderNo: 'ORDER', transactionId: '42ORDER1', createdAt: now, paidAt: now };
    await this.dataSource.manager.insert(Order, {
      ...numbers,
      userId: 'ALICE',
      status: 'PAID',
      refundStatus: 'NONE',
      expiresAt: now,
      attemptCount: 1,
      totalFen: PAID_FEN + OFF_FEN,
      discountFen: OFF_FEN,
      userCouponId: 'MINE',
      closeAttempts: 0,
      payableFen: PAID_FEN,
      paidFen: PAID_FEN,
      refundedFen: 0,
    });
    const { id: orderId } = await this.dataSource.manager.findOneByOrFail(Order, { orderNo: 'ORDER' });
    const tea = { productId: 'TEA', name: '茶' };
    const line = { ...tea, orderId, unitFen: 1, quantity: SOLD_PIECES, discountFen: 0 };
    await this.dataSource.manager.insert(OrderItem, line);
    await this.dataSource.manager.insert(Product, { ...tea, priceFen: 1, stock: 0, imageUrl: null, createdAt: now });
    await this.dataSource.manager.insert(Coupon, {
      couponId: 'OFF',
      name: '立减',
      discountFen: OFF_FEN,
      minSpendFen: 0,
      createdAt: now,
      expiresAt: new Date('2099-01-01T00:00:00.000Z'),
    });
    const userCoupon = { userCouponId: 'MINE', couponId: 'OFF', userId: 'ALICE', orderNo: 'ORDER', grantedAt: now };
    await this.dataSource.manager.insert(UserCoupon, userCoupon);
    await this.dataSource.manager.insert(PaymentAttempt, {
      ...numbers,
      attemptNo: 1,
      outTradeNo: 'ORDER-1',
      tradeType: 'JSAPI',
      amountFen: PAID_FEN,
      status: 'PAID',
      ...TEST_ACCOUNT,
      request: '{}',
      isUnusable: false,
      refundDueFen: 0,
      checkCount: 0,
    });
    const paid = { outTradeNo: 'ORDER-1', transactionId: '42ORDER1', paidFen: PAID_FEN, paidAt: now };
    const order = {
      request: '{}',
      amountFen: PAID_FEN,
      createdAt: now,
      state: 'SUCCESS',
      isPaidAfterClose: false,
    } as const;
    this.wechat.orders.set('ORDER-1', { ...order, paid });
  }

  private async runStep({ seconds, actions, cutAt, accidents }: RefundStep): Promise<void> {
    this.now = new Date(this.now.getTime() + seconds * 1000);
    this.crashPoint.crashAt(cutAt);
    this.wechat.planDisruptions(accidents);
    const ends = await Promise.allSettled(actions.map((action) => this.perform(action)));
    for (const end of ends) {
      if (end.status === 'fulfilled' || end.reason instanceof SimulatedCrash) continue;
      if (!(end.reason instanceof DomainError)) throw end.reason;
      expect(REFUSAL_CODES).toContain(end.reason.code);
    }
    this.crashPoint.crashAt(null);
    this.wechat.planDisruptions([]);
    if (cutAt !== null) this.services = this.createServices();
    await this.assertConsistent();
  }

  private async perform(action: RefundAction): Promise<unknown> {
    const { refunds, abnormalRefunds, job, results } = this.services;
    const rows = await this.dataSource.manager.find(Refund, { order: { id: 'ASC' } });
    const chosen = 'refund' in action ? rows[action.refund % Math.max(1, rows.length)] : undefined;
    if ('refund' in action && !chosen) return;
    const refundNo = chosen?.refundNo ?? '';
    switch (action.type) {
      case 'request': {
        const body = { amountFen: action.fen, reason: '…' };
        return refunds.requestRefund({ userId: 'ALICE', orderNo: 'ORDER', body, idempotencyKey: undefined });
      }
      case 'merchant refund':
        return refunds.createMerchantRefund(
          'ORDER',
          { amountFen: action.fen, reason: '…', ...choiceOf(action.goods) },
          REFUND_CONTEXT,
        );
      case 'approve': {
        const amountFen = Math.max(1, Math.floor(((chosen?.amountFen ?? 1) * action.share) / 4));
        return refunds.approve(refundNo, { amountFen, ...choiceOf(action.goods) }, ACTOR);
      }
      case 'reject':
        return refunds.reject(refundNo, '…', ACTOR);
      case 'cancel':
        return refunds.cancel('ALICE', refundNo);
      case 'retry':
        return refunds.retry(refundNo, ACTOR);
      case 'abandon':
        return abnormalRefunds.abandon(refundNo, '…', ACTOR);
      case 'end':
        return this.wechat.refunds.complete(refundNo, action.how);
      case 'notice': {
        const there = this.wechat.refunds.records.get(refundNo)?.result;
        if (!there || there.state === 'PROCESSING') return;
        return results.apply(there, { type: 'REFUND_NOTICE', raw: '<xml/>' });
      }
      case 'funds':
        this.wechat.refunds.isShortOfFunds = action.isShort;
        return;
      case 'refuse requests':
        this.wechat.refunds.refusesAllRequests = action.areRefused;
        return;
      case 'lag':
        this.wechat.refunds.queryLagSeconds = action.seconds;
        return;
      case 'tick':
        return job.runner.tick();
    }
  }

  /** Runs the jobs without faults for long enough, and checks that no refund is unfinished and both sides agree. */
  private async settle(): Promise<void> {
    this.wechat.refunds.isShortOfFunds = false;
    this.wechat.refunds.refusesAllRequests = false;
    for (let day = 0; day < 20; day++) {
      await this.runStep({ seconds: 90_000, actions: [{ type: 'tick' }], cutAt: null, accidents: [] });
      for (const refundNo of this.wechat.refunds.records.keys()) this.wechat.refunds.complete(refundNo, 'SUCCEEDED');
    }
    const refunds = await this.dataSource.manager.find(Refund);
    expect(refunds.filter(({ status }) => status === 'PROCESSING')).toEqual([]);
    for (const { refundNo, status } of refunds) {
      const there = this.wechat.refunds.records.get(refundNo)?.result.state;
      if (status === 'SUCCEEDED') expect(there).toBe(status);
      else if (status === 'ABNORMAL')
        expect([undefined, 'ABNORMAL']).toContain(there); // its request was refused, or WeChat reported CHANGE
      else expect([undefined, 'CLOSED']).toContain(there);
    }
    const isThere = ({ refundNo }: Refund): boolean => this.wechat.refunds.records.has(refundNo);
    const here = refunds.filter(({ status }) => status === 'SUCCEEDED' || status === 'ABNORMAL').filter(isThere);
    expect(sum(here)).toBe(this.wechat.refunds.refundedFen('ORDER-1'));
  }

  /** Invariants that hold after every step. */
  private async assertConsistent(): Promise<void> {
    const { manager } = this.dataSource;
    const refunds = await manager.find(Refund);
    const order = await manager.findOneByOrFail(Order, { orderNo: 'ORDER' });
    const payment = await manager.findOneByOrFail(PaymentAttempt, { outTradeNo: 'ORDER-1' });
    expect(this.wechat.violations).toEqual([]);
    const holding = refunds.filter(({ status }) => hasReservedAmount(status));
    expect(payment).toMatchObject({ refundReservedFen: sum(holding), refundCount: holding.length });
    expect(payment.refundReservedFen).toBeLessThanOrEqual(PAID_FEN);
    expect(this.wechat.refunds.refundedFen('ORDER-1')).toBeLessThanOrEqual(payment.refundReservedFen);
    const refundedFen = sum(refunds.filter(({ status }) => status === 'SUCCEEDED'));
    expect(order).toMatchObject({ refundedFen, refundStatus: expectedRefundStatus(refunds, refundedFen) });
    for (const { refundNo, status } of refunds) {
      if (status === 'SUCCEEDED') expect(this.wechat.refunds.records.get(refundNo)?.result.state).toBe('SUCCEEDED');
    }
    await this.assertNotifications(refunds);
    await this.assertCouponReturned(refundedFen >= PAID_FEN);
    await this.assertReturns(refunds);
  }

  /** Each reserved unit returns once, and never more units than were sold. */
  private async assertReturns(refunds: Refund[]): Promise<void> {
    const { manager } = this.dataSource;
    const items = await manager.find(RefundItem);
    const pieces = (of: Refund[]): number =>
      items
        .filter(({ refundId }) => of.some(({ id }) => id === refundId))
        .reduce((all, { quantity }) => all + quantity, 0);
    const { returnHeld } = await manager.findOneByOrFail(OrderItem, { productId: 'TEA' });
    expect(returnHeld).toBe(pieces(refunds.filter(({ status }) => hasReservedAmount(status))));
    expect(returnHeld).toBeLessThanOrEqual(SOLD_PIECES);
    const returned = pieces(refunds.filter(({ status }) => status === 'SUCCEEDED'));
    const moved = (await manager.find(StockMovement)).reduce((all, movement) => all + movement.pieces, 0);
    const { stock } = await manager.findOneByOrFail(Product, { productId: 'TEA' });
    expect([stock, moved]).toEqual([returned, returned]);
  }

  /** The coupon is released once, by the refund that completes the full amount. */
  private async assertCouponReturned(isFullyRefunded: boolean): Promise<void> {
    const { manager } = this.dataSource;
    const { orderNo } = await manager.findOneByOrFail(UserCoupon, { userCouponId: 'MINE' });
    expect(orderNo).toBe(isFullyRefunded ? null : 'ORDER');
    expect(await manager.countBy(OrderEvent, { type: 'COUPON_RETURNED' })).toBe(isFullyRefunded ? 1 : 0);
  }

  /** Every notification is written once. A failure notification may remain for a refund that succeeded later. */
  private async assertNotifications(refunds: Refund[]): Promise<void> {
    const keys = (await this.dataSource.manager.find(OutboxEntry)).map(({ entryKey }) => entryKey);
    const revoked = refunds
      .filter(({ status }) => status === 'SUCCEEDED')
      .map(({ refundNo }) => `refund-failed:${refundNo}`);
    expect(keys.filter((key) => !revoked.includes(key)).sort()).toEqual(refunds.flatMap(expectedEntryKeys).sort());
  }

  /** The services of a new process: all state is in the database. */
  private createServices() {
    const { clock, wechat } = this;
    const providers = new PaymentProviderRegistry([wechat], new WechatResponseSignal());
    const settings = readSettings({
      MAX_REFUND_REQUESTS: '1000',
      MAX_OPEN_REFUND_REQUESTS: '1000',
    });
    const unitOfWork = new CrashingUnitOfWork(this.dataSource, this.crashPoint);
    const orders = new OrderQueryService(unitOfWork);
    const outbox = createRecordingOutbox(clock);
    const services = createRefundServices({ settings, clock, unitOfWork, orders, outbox, metrics, providers });
    const { refunds, abnormalRefunds, results, sender, schedule } = services;
    return {
      refunds,
      abnormalRefunds,
      results,
      job: new RefundCheckJob(settings, clock, unitOfWork, schedule, sender),
    };
  }
}

function choiceOf(goods: ReturnedGoods): ReturnChoice {
  if (goods === null) return {};
  return typeof goods === 'boolean' ? { returnStock: goods } : { returnItems: [{ productId: 'TEA', quantity: goods }] };
}

function expectedEntryKeys({ refundNo, kind, status }: Refund): string[] {
  const isDecided = status !== 'REQUESTED' && status !== 'CANCELLED';
  const decision = status === 'REJECTED' ? 'refund-rejected' : 'refund-approved';
  return [
    ...(kind === 'USER' && isDecided ? [`${decision}:${refundNo}`] : []),
    ...(status === 'SUCCEEDED' ? [`refund-succeeded:${refundNo}`] : []),
    ...(kind === 'USER' && status === 'FAILED' ? [`refund-failed:${refundNo}`] : []),
  ];
}

function sum(refunds: Refund[]): number {
  return refunds.reduce((total, { amountFen }) => total + amountFen, 0);
}

/** The contract's `refundStatus`, computed from the rows. The shop derives it from totals. */
function expectedRefundStatus(refunds: Refund[], refundedFen: number): string {
  if (refunds.some(({ status }) => status === 'PROCESSING' || status === 'ABNORMAL')) return 'PROCESSING';
  if (refunds.some(({ status }) => status === 'REQUESTED')) return 'REQUESTED';
  return refundedFen === 0 ? 'NONE' : refundedFen === PAID_FEN ? 'FULL' : 'PARTIAL';
}

const refund = fc.nat(5);
const fen = fc.constantFrom(10, 30, 60, 100);
const goods = fc.constantFrom<ReturnedGoods>(null, null, true, false, 1, 2);
const literal = <Word extends string>(text: Word): fc.Arbitrary<Word> => fc.constant(text);
const actions: fc.Arbitrary<RefundAction> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ type: literal('request'), fen }) },
  { weight: 1, arbitrary: fc.record({ type: literal('merchant refund'), fen, goods }) },
  { weight: 8, arbitrary: fc.record({ type: literal('approve'), refund, share: fc.constantFrom(2, 4, 4, 5), goods }) },
  { weight: 4, arbitrary: fc.record({ type: fc.constantFrom<'reject' | 'cancel'>('reject', 'cancel'), refund }) },
  {
    weight: 6,
    arbitrary: fc.record({
      type: fc.constantFrom<'retry' | 'notice' | 'abandon'>('retry', 'notice', 'abandon'),
      refund,
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      type: literal('end'),
      refund,
      how: fc.constantFrom<'SUCCEEDED' | 'ABNORMAL' | 'CLOSED'>('SUCCEEDED', 'SUCCEEDED', 'ABNORMAL', 'CLOSED'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ type: literal('funds'), isShort: fc.boolean() }) },
  { weight: 3, arbitrary: fc.record({ type: literal('refuse requests'), areRefused: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ type: literal('lag'), seconds: fc.constantFrom(0, 60, 240) }) },
  { weight: 5, arbitrary: fc.record({ type: literal('tick') }) },
);
const accident = fc.tuple(
  fc.constantFrom(1, 1, 2, 3),
  fc.constantFrom<CallDisruption>('request lost', 'response lost', 'request slow'),
);
const steps: fc.Arbitrary<RefundStep> = fc.record({
  seconds: fc.constantFrom(0, 0, 1, 61, 400, 90_000),
  actions: fc.array(actions, { minLength: 1, maxLength: 4 }),
  cutAt: fc.option(fc.integer({ min: 1, max: 14 }), { freq: 5 }),
  accidents: fc.array(accident, { maxLength: 2 }),
});

/** A refund that WeChat refuses, possibly after an accepted call without a response; then concurrent actions. */
const abnormalRefundSteps: fc.Arbitrary<RefundStep[]> = fc
  .tuple(
    fc.record({ isAccepted: fc.boolean(), lagSeconds: fc.constantFrom(0, 240), waitSeconds: fc.constantFrom(31, 301) }),
    fc.array(
      fc.record({
        seconds: fc.constantFrom(0, 0, 1, 61, 301),
        actions: fc.array(
          fc.oneof(
            fc.record({
              type: fc.constantFrom<'retry' | 'notice' | 'abandon'>('retry', 'notice', 'abandon'),
              refund: fc.constant(0),
            }),
            fc.record({
              type: literal('end'),
              refund: fc.constant(0),
              how: fc.constantFrom<'SUCCEEDED' | 'ABNORMAL'>('SUCCEEDED', 'ABNORMAL'),
            }),
            fc.record({ type: literal('refuse requests'), areRefused: fc.boolean() }),
            fc.record({ type: literal('request'), fen }),
            fc.record({ type: literal('tick') }),
          ),
          { minLength: 1, maxLength: 5 },
        ),
        cutAt: fc.option(fc.integer({ min: 1, max: 14 }), { freq: 5 }),
        accidents: fc.array(accident, { maxLength: 2 }),
      }),
      { minLength: 1, maxLength: 6 },
    ),
  )
  .map(([{ isAccepted, lagSeconds, waitSeconds }, rest]) => [
    stepWithoutFaults(0, [
      { type: 'lag', seconds: lagSeconds },
      { type: 'request', fen: 60 },
    ]),
    isAccepted
      ? {
          ...stepWithoutFaults(0, [{ type: 'approve', refund: 0, share: 4, goods: null }]),
          accidents: [[1, 'response lost']],
        }
      : stepWithoutFaults(0, [
          { type: 'refuse requests', areRefused: true },
          { type: 'approve', refund: 0, share: 4, goods: null },
        ]),
    stepWithoutFaults(waitSeconds, [{ type: 'refuse requests', areRefused: true }, { type: 'tick' }]),
    ...rest,
  ]);

function stepWithoutFaults(seconds: number, actions: RefundAction[]): RefundStep {
  return { seconds, actions, cutAt: null, accidents: [] };
}

describe('refund scenarios', () => {
  const opened: DataSource[] = [];

  /** A database per property: a property that ran out of time may still use its database when the next one starts. */
  async function holds(scenarios: fc.Arbitrary<RefundStep[]>): Promise<void> {
    const dataSource = await openDataSource(
      dataSourceOptionsFor({ DATABASE_URL: 'sqlite::memory:', DATABASE_POOL_SIZE: 2 }),
    );
    opened.push(dataSource);
    await fc.assert(
      fc.asyncProperty(scenarios, async (steps) => (await RefundScenario.open(dataSource)).run(steps)),
      { numRuns: 150, interruptAfterTimeLimit: 8_000, markInterruptAsFailure: false },
    );
  }

  afterAll(() => Promise.all(opened.map((dataSource) => dataSource.destroy())));

  it('refunds never exceed the payment and end as WeChat reports, for random concurrent actions and faults', async () => {
    await holds(fc.array(steps, { minLength: 4, maxLength: 20, size: 'max' }));
  });

  it('an amount that WeChat may have accepted stays reserved when abandon, retry, notice and job run concurrently', async () => {
    await holds(abnormalRefundSteps);
  });
});
