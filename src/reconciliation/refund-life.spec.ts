import 'reflect-metadata';
import { afterAll, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import fc from 'fast-check';
import type { DataSource } from 'typeorm';
import { optionsFor } from '../../ormconfig.js';
import { listeningOutbox } from '../../test/support/listening-outbox.js';
import { Fuse, FusedUnitOfWork, PowerCut } from '../../test/support/power-cut.js';
import { type Accident, WechatInMemory } from '../../test/support/wechat-in-memory.js';
import { AuditLog } from '../audit/audit-log.js';
import { Product } from '../catalog/product.entity.js';
import { StockMovement } from '../catalog/stock-movement.entity.js';
import { Clock } from '../common/clock.js';
import { DomainError } from '../common/domain-error.js';
import { Metrics } from '../common/metrics.js';
import { readSettings } from '../config/read-settings.js';
import { Coupon } from '../coupon/coupon.entity.js';
import { UserCoupon } from '../coupon/user-coupon.entity.js';
import { openDataSource } from '../database/open-data-source.js';
import { OrderItem } from '../order/order-item.entity.js';
import { Order } from '../order/order.entity.js';
import { Orders } from '../order/orders.js';
import { OutboxEntry } from '../outbox/outbox-entry.entity.js';
import { PaymentEvent } from '../payment/payment-event.entity.js';
import { PaymentJournal } from '../payment/payment-journal.js';
import { Payment } from '../payment/payment.entity.js';
import type { ReturnChoice } from '../refund/decide-return.js';
import { RefundAbandonService } from '../refund/refund-abandon-service.js';
import { RefundDecisions } from '../refund/refund-decisions.js';
import { RefundDesk } from '../refund/refund-desk.js';
import { RefundInquiry } from '../refund/refund-inquiry.js';
import { isHolding } from '../refund/refund-moves.js';
import { RefundProgress } from '../refund/refund-progress.js';
import { RefundRequestComposer } from '../refund/refund-request-composer.js';
import { RefundRequests } from '../refund/refund-requests.js';
import { RefundResults } from '../refund/refund-results.js';
import { RefundRetryService } from '../refund/refund-retry-service.js';
import { RefundSchedule } from '../refund/refund-schedule.js';
import { RefundItem } from '../refund/refund-item.entity.js';
import { Refund } from '../refund/refund.entity.js';
import { Refunds } from '../refund/refunds.js';
import { CertificateReload } from '../wechat/certificate-reload.js';
import { MerchantCertificate } from '../wechat/merchant-certificate.js';
import { RefundCheckJob } from './refund-check.job.js';

Logger.overrideLogger(false);

/** One for every life: nobody reads it. */
const metrics = new Metrics(new Clock());
const PAID_FEN = 100;
const OFF_FEN = 7;
const SOLD_PIECES = 3;
const ACTOR = { id: 'BOSS', username: 'boss', ip: '127.0.0.1' };
const GIVER = { actor: ACTOR, key: undefined, keyOwner: ACTOR.id };
/** What the shop may honestly answer; anything else is a bug. */
const REFUSALS = [
  ...['ORDER_NOT_REFUNDABLE', 'REFUND_EXCEEDS_PAYMENT', 'REFUND_NOT_DECIDABLE'],
  ...['RETURN_NEEDS_ITEMS', 'RETURN_EXCEEDS_ORDER'],
  ...['REFUND_KNOWN_TO_WECHAT', 'REFUND_SENT_RECENTLY', 'WECHAT_UNAVAILABLE'],
];

/** What staff say about the goods: nothing, all, none, or so many pieces. */
type Goods = boolean | number | null;

type Act =
  | { act: 'ask'; fen: number }
  | { act: 'give'; fen: number; goods: Goods }
  | { act: 'approve'; refund: number; share: number; goods: Goods }
  | { act: 'reject' | 'cancel' | 'retry' | 'notice' | 'abandon'; refund: number }
  | { act: 'end'; refund: number; how: 'SUCCEEDED' | 'ABNORMAL' | 'CLOSED' }
  | { act: 'funds'; isShort: boolean }
  | { act: 'texts'; areRefused: boolean }
  | { act: 'lag'; seconds: number }
  | { act: 'tick' };

/** Some acts at once, and what goes wrong meanwhile. */
interface Scene {
  seconds: number;
  acts: Act[];
  cutAt: number | null;
  accidents: [number, Accident][];
}

/** One paid order, its refunds, WeChat's book of them, and the people who decide. */
class World {
  private readonly clock = new Clock();
  private readonly fuse = new Fuse();
  readonly wechat = new WechatInMemory(() => this.now, this.fuse.border);
  private now = new Date('2026-11-21T04:00:00.000Z');
  private shop: ReturnType<World['opened']>;

  private constructor(private readonly dataSource: DataSource) {
    this.clock.follow({ now: () => this.now });
    this.shop = this.opened();
  }

  static async open(dataSource: DataSource): Promise<World> {
    for (const { tableName } of dataSource.entityMetadatas) await dataSource.query(`DELETE FROM ${tableName}`);
    const world = new World(dataSource);
    await world.sells();
    return world;
  }

  async lives(story: Scene[]): Promise<void> {
    for (const scene of story) await this.plays(scene);
    await this.settles();
  }

  private async sells(): Promise<void> {
    const { now } = this;
    const numbers = { orderNo: 'ORDER', transactionId: '42ORDER1', createdAt: now, paidAt: now };
    await this.dataSource.manager.insert(Order, {
      ...{ ...numbers, userId: 'ALICE', status: 'PAID', refundStatus: 'NONE', expiresAt: now, attemptCount: 1 },
      ...{ totalFen: PAID_FEN + OFF_FEN, discountFen: OFF_FEN, couponId: 'MINE', closeTries: 0 },
      ...{ payableFen: PAID_FEN, paidFen: PAID_FEN, refundedFen: 0 },
    });
    const { id: orderId } = await this.dataSource.manager.findOneByOrFail(Order, { orderNo: 'ORDER' });
    const tea = { productId: 'TEA', name: '茶' };
    const line = { ...tea, orderId, unitFen: 1, quantity: SOLD_PIECES, discountFen: 0 };
    await this.dataSource.manager.insert(OrderItem, line);
    await this.dataSource.manager.insert(Product, { ...tea, priceFen: 1, stock: 0, imageUrl: null, createdAt: now });
    await this.dataSource.manager.insert(Coupon, {
      ...{ couponId: 'OFF', name: '立减', discountFen: OFF_FEN, minSpendFen: 0, createdAt: now },
      expiresAt: new Date('2099-01-01T00:00:00.000Z'),
    });
    const mine = { userCouponId: 'MINE', couponId: 'OFF', userId: 'ALICE', orderNo: 'ORDER', grantedAt: now };
    await this.dataSource.manager.insert(UserCoupon, mine);
    await this.dataSource.manager.insert(Payment, {
      ...{ ...numbers, attemptNo: 1, outTradeNo: 'ORDER-1', tradeType: 'JSAPI', amountFen: PAID_FEN, status: 'PAID' },
      ...{ request: '{}', isSpent: false, owedBackFen: 0, checkCount: 0 },
    });
    const paid = { outTradeNo: 'ORDER-1', transactionId: '42ORDER1', paidFen: PAID_FEN, paidAt: now };
    const order = { request: '{}', amountFen: PAID_FEN, createdAt: now, state: 'SUCCESS', isMiracle: false } as const;
    this.wechat.books.set('ORDER-1', { ...order, paid });
  }

  private async plays({ seconds, acts, cutAt, accidents }: Scene): Promise<void> {
    this.now = new Date(this.now.getTime() + seconds * 1000);
    this.fuse.blowsAt(cutAt);
    this.wechat.expect(accidents);
    const ends = await Promise.allSettled(acts.map((act) => this.does(act)));
    for (const end of ends) {
      if (end.status === 'fulfilled' || end.reason instanceof PowerCut) continue;
      if (!(end.reason instanceof DomainError)) throw end.reason;
      expect(REFUSALS).toContain(end.reason.code);
    }
    this.fuse.blowsAt(null);
    this.wechat.expect([]);
    if (cutAt !== null) this.shop = this.opened();
    await this.isInOrder();
  }

  private async does(act: Act): Promise<unknown> {
    const { requests, desk, job, results } = this.shop;
    const refunds = await this.dataSource.manager.find(Refund, { order: { id: 'ASC' } });
    const chosen = 'refund' in act ? refunds[act.refund % Math.max(1, refunds.length)] : undefined;
    if ('refund' in act && !chosen) return;
    const refundNo = chosen?.refundNo ?? '';
    switch (act.act) {
      case 'ask': {
        const body = { amountFen: act.fen, reason: '…' };
        return requests.request({ userId: 'ALICE', orderNo: 'ORDER', body, idempotencyKey: undefined });
      }
      case 'give':
        return desk.give('ORDER', { amountFen: act.fen, reason: '…', ...choiceOf(act.goods) }, GIVER);
      case 'approve': {
        const amountFen = Math.max(1, Math.floor(((chosen?.amountFen ?? 1) * act.share) / 4));
        return desk.approve(refundNo, { amountFen, ...choiceOf(act.goods) }, ACTOR);
      }
      case 'reject':
        return desk.reject(refundNo, '…', ACTOR);
      case 'cancel':
        return requests.cancel('ALICE', refundNo);
      case 'retry':
        return desk.retry(refundNo, ACTOR);
      case 'abandon':
        return desk.abandon(refundNo, '…', ACTOR);
      case 'end':
        return this.wechat.refunds.end(refundNo, act.how);
      case 'notice': {
        const there = this.wechat.refunds.books.get(refundNo)?.result;
        if (!there || there.state === 'PROCESSING') return;
        return results.apply(there, { type: 'REFUND_NOTICE', raw: '<xml/>' });
      }
      case 'funds':
        this.wechat.refunds.isShortOfFunds = act.isShort;
        return;
      case 'texts':
        this.wechat.refunds.refusesTexts = act.areRefused;
        return;
      case 'lag':
        this.wechat.refunds.lagSeconds = act.seconds;
        return;
      case 'tick':
        return job.due.tick();
    }
  }

  /** Fair weather and time enough: nothing decided is left undone, and the two books say the same. */
  private async settles(): Promise<void> {
    this.wechat.refunds.isShortOfFunds = false;
    this.wechat.refunds.refusesTexts = false;
    for (let day = 0; day < 20; day++) {
      await this.plays({ seconds: 90_000, acts: [{ act: 'tick' }], cutAt: null, accidents: [] });
      for (const refundNo of this.wechat.refunds.books.keys()) this.wechat.refunds.end(refundNo, 'SUCCEEDED');
    }
    const refunds = await this.dataSource.manager.find(Refund);
    expect(refunds.filter(({ status }) => status === 'PROCESSING')).toEqual([]);
    for (const { refundNo, status } of refunds) {
      const there = this.wechat.refunds.books.get(refundNo)?.result.state;
      if (status === 'SUCCEEDED') expect(there).toBe(status);
      else if (status === 'ABNORMAL')
        expect([undefined, 'ABNORMAL']).toContain(there); // its text was refused, or CHANGE
      else expect([undefined, 'CLOSED']).toContain(there);
    }
    const isThere = ({ refundNo }: Refund): boolean => this.wechat.refunds.books.has(refundNo);
    const here = refunds.filter(({ status }) => status === 'SUCCEEDED' || status === 'ABNORMAL').filter(isThere);
    expect(sum(here)).toBe(this.wechat.refunds.refundedFen('ORDER-1'));
  }

  /** What must be true after every scene, whatever went wrong in it. */
  private async isInOrder(): Promise<void> {
    const { manager } = this.dataSource;
    const refunds = await manager.find(Refund);
    const order = await manager.findOneByOrFail(Order, { orderNo: 'ORDER' });
    const payment = await manager.findOneByOrFail(Payment, { outTradeNo: 'ORDER-1' });
    expect(this.wechat.complaints).toEqual([]);
    const holding = refunds.filter(({ status }) => isHolding(status));
    expect(payment).toMatchObject({ refundHeldFen: sum(holding), refundCount: holding.length });
    expect(payment.refundHeldFen).toBeLessThanOrEqual(PAID_FEN);
    expect(this.wechat.refunds.refundedFen('ORDER-1')).toBeLessThanOrEqual(payment.refundHeldFen);
    const refundedFen = sum(refunds.filter(({ status }) => status === 'SUCCEEDED'));
    expect(order).toMatchObject({ refundedFen, refundStatus: statusOf(refunds, refundedFen) });
    for (const { refundNo, status } of refunds) {
      if (status === 'SUCCEEDED') expect(this.wechat.refunds.books.get(refundNo)?.result.state).toBe('SUCCEEDED');
    }
    await this.tellsTheBuyer(refunds);
    await this.givesTheCouponBack(refundedFen >= PAID_FEN);
    await this.returnsThePieces(refunds);
  }

  /** Those that refunds have named, never more than were sold, and each once. */
  private async returnsThePieces(refunds: Refund[]): Promise<void> {
    const { manager } = this.dataSource;
    const items = await manager.find(RefundItem);
    const pieces = (of: Refund[]): number =>
      items
        .filter(({ refundId }) => of.some(({ id }) => id === refundId))
        .reduce((all, { quantity }) => all + quantity, 0);
    const { returnHeld } = await manager.findOneByOrFail(OrderItem, { productId: 'TEA' });
    expect(returnHeld).toBe(pieces(refunds.filter(({ status }) => isHolding(status))));
    expect(returnHeld).toBeLessThanOrEqual(SOLD_PIECES);
    const returned = pieces(refunds.filter(({ status }) => status === 'SUCCEEDED'));
    const moved = (await manager.find(StockMovement)).reduce((all, movement) => all + movement.pieces, 0);
    const { stock } = await manager.findOneByOrFail(Product, { productId: 'TEA' });
    expect([stock, moved]).toEqual([returned, returned]);
  }

  /** With the last fen, and once. */
  private async givesTheCouponBack(isWhollyBack: boolean): Promise<void> {
    const { manager } = this.dataSource;
    const { orderNo } = await manager.findOneByOrFail(UserCoupon, { userCouponId: 'MINE' });
    expect(orderNo).toBe(isWhollyBack ? null : 'ORDER');
    expect(await manager.countBy(PaymentEvent, { type: 'COUPON_RETURNED' })).toBe(isWhollyBack ? 1 : 0);
  }

  /** All that the buyer must hear is written down once; a failure that turned out to be none may stay. */
  private async tellsTheBuyer(refunds: Refund[]): Promise<void> {
    const told = (await this.dataSource.manager.find(OutboxEntry)).map(({ entryKey }) => entryKey);
    const revoked = refunds
      .filter(({ status }) => status === 'SUCCEEDED')
      .map(({ refundNo }) => `refund-failed:${refundNo}`);
    expect(told.filter((key) => !revoked.includes(key)).sort()).toEqual(refunds.flatMap(factsOf).sort());
  }

  /** A process that has just started: nothing is remembered but what the database holds. */
  private opened() {
    const { clock, wechat } = this;
    const settings = readSettings({
      MAX_REFUND_REQUESTS: '1000',
      MAX_OPEN_REFUND_REQUESTS: '1000',
    });
    const unitOfWork = new FusedUnitOfWork(this.dataSource, this.fuse);
    const orders = new Orders(unitOfWork);
    const refunds = new Refunds(unitOfWork);
    const journal = new PaymentJournal(clock, unitOfWork);
    const audit = new AuditLog(clock, unitOfWork);
    const schedule = new RefundSchedule(settings, clock);
    const composer = new RefundRequestComposer(settings, wechat);
    const outbox = listeningOutbox(clock);
    const results = new RefundResults(clock, unitOfWork, journal, schedule, metrics, outbox);
    const inquiry = new RefundInquiry(unitOfWork, wechat, journal, results);
    const progress = new RefundProgress(clock, unitOfWork, wechat, journal, inquiry, schedule, outbox);
    const books = [clock, unitOfWork, orders, refunds, journal] as const;
    const decisions = new RefundDecisions(...books, audit, composer, schedule, outbox);
    const reload = new CertificateReload(settings, new MerchantCertificate(null));
    const retries = new RefundRetryService(unitOfWork, refunds, journal, audit, composer, schedule, inquiry, reload);
    const abandoning = new RefundAbandonService(clock, unitOfWork, refunds, inquiry, journal, audit, outbox);
    return {
      results,
      requests: new RefundRequests(...books, settings, metrics),
      desk: new RefundDesk(clock, decisions, retries, abandoning, progress, schedule, refunds),
      job: new RefundCheckJob(settings, clock, unitOfWork, schedule, progress),
    };
  }
}

function choiceOf(goods: Goods): ReturnChoice {
  if (goods === null) return {};
  return typeof goods === 'boolean' ? { returnStock: goods } : { returnItems: [{ productId: 'TEA', quantity: goods }] };
}

function factsOf({ refundNo, kind, status }: Refund): string[] {
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

/** The contract's `refundStatus`, computed from the rows: the shop keeps it in sums. */
function statusOf(refunds: Refund[], refundedFen: number): string {
  if (refunds.some(({ status }) => status === 'PROCESSING' || status === 'ABNORMAL')) return 'PROCESSING';
  if (refunds.some(({ status }) => status === 'REQUESTED')) return 'REQUESTED';
  return refundedFen === 0 ? 'NONE' : refundedFen === PAID_FEN ? 'FULL' : 'PARTIAL';
}

const refund = fc.nat(5);
const fen = fc.constantFrom(10, 30, 60, 100);
const goods = fc.constantFrom<Goods>(null, null, true, false, 1, 2);
const word = <Word extends string>(text: Word): fc.Arbitrary<Word> => fc.constant(text);
const acts: fc.Arbitrary<Act> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ act: word('ask'), fen }) },
  { weight: 1, arbitrary: fc.record({ act: word('give'), fen, goods }) },
  { weight: 8, arbitrary: fc.record({ act: word('approve'), refund, share: fc.constantFrom(2, 4, 4, 5), goods }) },
  { weight: 4, arbitrary: fc.record({ act: fc.constantFrom<'reject' | 'cancel'>('reject', 'cancel'), refund }) },
  {
    weight: 6,
    arbitrary: fc.record({
      act: fc.constantFrom<'retry' | 'notice' | 'abandon'>('retry', 'notice', 'abandon'),
      refund,
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      act: word('end'),
      refund,
      how: fc.constantFrom<'SUCCEEDED' | 'ABNORMAL' | 'CLOSED'>('SUCCEEDED', 'SUCCEEDED', 'ABNORMAL', 'CLOSED'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ act: word('funds'), isShort: fc.boolean() }) },
  { weight: 3, arbitrary: fc.record({ act: word('texts'), areRefused: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ act: word('lag'), seconds: fc.constantFrom(0, 60, 240) }) },
  { weight: 5, arbitrary: fc.record({ act: word('tick') }) },
);
const trouble = fc.tuple(
  fc.constantFrom(1, 1, 2, 3),
  fc.constantFrom<Accident>('request lost', 'answer lost', 'request slow'),
);
const scenes: fc.Arbitrary<Scene> = fc.record({
  seconds: fc.constantFrom(0, 0, 1, 61, 400, 90_000),
  acts: fc.array(acts, { minLength: 1, maxLength: 4 }),
  cutAt: fc.option(fc.integer({ min: 1, max: 14 }), { freq: 5 }),
  accidents: fc.array(trouble, { maxLength: 2 }),
});

/** One refund that WeChat refuses, and perhaps has accepted before without an answer; then everybody at once. */
const stuck: fc.Arbitrary<Scene[]> = fc
  .tuple(
    fc.record({ isAccepted: fc.boolean(), lagSeconds: fc.constantFrom(0, 240), waitSeconds: fc.constantFrom(31, 301) }),
    fc.array(
      fc.record({
        seconds: fc.constantFrom(0, 0, 1, 61, 301),
        acts: fc.array(
          fc.oneof(
            fc.record({
              act: fc.constantFrom<'retry' | 'notice' | 'abandon'>('retry', 'notice', 'abandon'),
              refund: fc.constant(0),
            }),
            fc.record({
              act: word('end'),
              refund: fc.constant(0),
              how: fc.constantFrom<'SUCCEEDED' | 'ABNORMAL'>('SUCCEEDED', 'ABNORMAL'),
            }),
            fc.record({ act: word('texts'), areRefused: fc.boolean() }),
            fc.record({ act: word('ask'), fen }),
            fc.record({ act: word('tick') }),
          ),
          { minLength: 1, maxLength: 5 },
        ),
        cutAt: fc.option(fc.integer({ min: 1, max: 14 }), { freq: 5 }),
        accidents: fc.array(trouble, { maxLength: 2 }),
      }),
      { minLength: 1, maxLength: 6 },
    ),
  )
  .map(([{ isAccepted, lagSeconds, waitSeconds }, rest]) => [
    calm(0, [
      { act: 'lag', seconds: lagSeconds },
      { act: 'ask', fen: 60 },
    ]),
    isAccepted
      ? { ...calm(0, [{ act: 'approve', refund: 0, share: 4, goods: null }]), accidents: [[1, 'answer lost']] }
      : calm(0, [
          { act: 'texts', areRefused: true },
          { act: 'approve', refund: 0, share: 4, goods: null },
        ]),
    calm(waitSeconds, [{ act: 'texts', areRefused: true }, { act: 'tick' }]),
    ...rest,
  ]);

function calm(seconds: number, acts: Act[]): Scene {
  return { seconds, acts, cutAt: null, accidents: [] };
}

describe('the life of refunds', () => {
  const opened: DataSource[] = [];

  /** Each property has a database of its own: one that ran out of time may still be at work when the next begins. */
  async function holds(stories: fc.Arbitrary<Scene[]>): Promise<void> {
    const dataSource = await openDataSource(optionsFor({ DATABASE_URL: 'sqlite::memory:', DATABASE_POOL_SIZE: 2 }));
    opened.push(dataSource);
    await fc.assert(
      fc.asyncProperty(stories, async (story) => (await World.open(dataSource)).lives(story)),
      { numRuns: 150, interruptAfterTimeLimit: 8_000, markInterruptAsFailure: false },
    );
  }

  afterAll(() => Promise.all(opened.map((dataSource) => dataSource.destroy())));

  it('never gives back more than was paid, and ends as WeChat’s book says, whatever happens in any order', async () => {
    await holds(fc.array(scenes, { minLength: 4, maxLength: 20, size: 'max' }));
  });

  it('frees no money that WeChat may have accepted when abandon, retry, notice and job meet', async () => {
    await holds(stuck);
  });
});
