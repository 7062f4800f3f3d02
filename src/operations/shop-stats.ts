import { Injectable } from '@nestjs/common';
import {
  Brackets,
  type EntityManager,
  type EntityTarget,
  In,
  IsNull,
  LessThan,
  LessThanOrEqual,
  MoreThan,
  type ObjectLiteral,
} from 'typeorm';
import { Clock } from '../common/clock.js';
import { Settings } from '../config/settings.js';
import type { DueRow } from '../database/claim-due.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { Order } from '../order/order.entity.js';
import { OutboxEntry, type OutboxStatus } from '../outbox/outbox-entry.entity.js';
import { OPEN_STATUSES, PaymentAttempt } from '../payment/payment-attempt.entity.js';
import { Refund, type RefundState, type WaitReason } from '../refund/refund.entity.js';
import { countUnshipped, type UnshippedCounts } from '../shipping/unshipped.js';
import { type NoticeGap, readNoticeGap } from './notice-gap.js';

/** Some rows, and when the oldest of them began; null when there is none. */
export interface Backlog {
  count: number;
  oldest: Date | null;
}

export interface RefundBacklog extends Backlog {
  state: RefundState;
  wait: WaitReason | null;
}

interface OutboxBacklog {
  topic: string;
  state: OutboxStatus;
  count: number;
}

/** The whole shop's truth at one moment, the same whichever instance reads it. */
export interface ShopStats {
  at: Date;
  notices: NoticeGap;
  unknownPayments: Backlog;
  refunds: RefundBacklog[];
  /** Null where the shop owes WeChat no shipping information. */
  shipping: UnshippedCounts | null;
  /** What is due and not taken, by job; `oldest` is the moment for which it waited. */
  due: Record<'payment-check' | 'order-expiry' | 'refund-check' | 'outbox', Backlog>;
  outbox: OutboxBacklog[];
}

/** States that somebody or something must still act on, and the rare failures. The others grow for ever: to count them would cost it. */
const WATCHED_STATES: RefundState[] = ['REQUESTED', 'PROCESSING', 'ABNORMAL', 'FAILED'];
/** Before any date here: `>` it is how an index finds what is not null, on both databases. */
const EPOCH = new Date(0);

/** Reads the figures that no instance can know by itself. Each question costs what is open or due, not what exists. */
@Injectable()
export class ShopStatsReader {
  constructor(
    private readonly settings: Settings,
    private readonly clock: Clock,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** @throws DomainError SERVICE_UNAVAILABLE when the database is away. */
  read(): Promise<ShopStats> {
    return this.unitOfWork.read(async (manager) => {
      const at = this.clock.now();
      return {
        at,
        notices: await readNoticeGap(manager),
        unknownPayments: await this.unknownPayments(manager, at),
        refunds: await readRefundBacklogs(manager),
        shipping: this.settings.SHIPPING_UPLOAD === 'on' ? await countUnshipped(manager, at) : null,
        due: {
          'payment-check': await readDueRows(manager, PaymentAttempt, at),
          'order-expiry': await readDueRows(manager, Order, at),
          'refund-check': await readDueRows(manager, Refund, at),
          outbox: await readDueRows(manager, OutboxEntry, at),
        },
        outbox: await readOutboxBacklogs(manager),
      };
    });
  }

  /**
   * Attempts to pay about which WeChat has given no word that we can use: begun, with nothing under way and no answer; or
   * open for longer than an order lives, when every question has been asked.
   */
  private async unknownPayments(manager: EntityManager, at: Date): Promise<Backlog> {
    const unanswered = { status: 'CREATED' as const, isSpent: false };
    const outlived = new Date(at.getTime() - this.settings.ORDER_TTL_SECONDS * 1000);
    const row = await manager
      .createQueryBuilder(PaymentAttempt, 'payment')
      .select('COUNT(*)', 'count')
      .addSelect('MIN(payment.createdAt)', 'oldest')
      // Apart from the alternatives, or SQLite reads the whole table instead of the index on the date.
      .where({ nextCheckAt: MoreThan(EPOCH) })
      .andWhere(
        new Brackets((either) =>
          either.where([
            { ...unanswered, callingUntil: IsNull() },
            { ...unanswered, callingUntil: LessThan(at) },
            { status: In(OPEN_STATUSES), createdAt: LessThan(outlived) },
          ]),
        ),
      )
      .getRawOne<RawBacklog>();
    return backlogOf(manager, row);
  }
}

async function readRefundBacklogs(manager: EntityManager): Promise<RefundBacklog[]> {
  const rows = await manager
    .createQueryBuilder(Refund, 'refund')
    .select('refund.status', 'state')
    .addSelect('refund.waitReason', 'wait')
    .addSelect('COUNT(*)', 'count')
    .addSelect('MIN(COALESCE(refund.decidedAt, refund.requestedAt))', 'oldest')
    .where({ status: In(WATCHED_STATES) })
    .groupBy('refund.status')
    .addGroupBy('refund.waitReason')
    .getRawMany<RawBacklog & { state: RefundState; wait: WaitReason | null }>();
  return rows.map((row) => ({ state: row.state, wait: row.wait, ...backlogOf(manager, row) }));
}

/** What is over is left out: it grows until it is thrown away. */
async function readOutboxBacklogs(manager: EntityManager): Promise<OutboxBacklog[]> {
  const open: OutboxStatus[] = ['WAITING', 'STUCK'];
  const rows = await manager
    .createQueryBuilder(OutboxEntry, 'entry')
    .select('entry.topic', 'topic')
    .addSelect('entry.status', 'state')
    .addSelect('COUNT(*)', 'count')
    .where({ status: In(open) })
    .groupBy('entry.status')
    .addGroupBy('entry.topic')
    .getRawMany<{ topic: string; state: OutboxStatus; count: number | string }>();
  return rows.map(({ topic, state, count }) => ({ topic, state, count: Number(count) }));
}

async function readDueRows<Row extends DueRow & ObjectLiteral>(
  manager: EntityManager,
  entity: EntityTarget<Row>,
  at: Date,
): Promise<Backlog> {
  const row = await manager
    .createQueryBuilder(entity, 'due')
    .select('COUNT(*)', 'count')
    .addSelect('MIN(due.nextCheckAt)', 'oldest')
    .where({ nextCheckAt: LessThanOrEqual(at) })
    .getRawOne<RawBacklog>();
  return backlogOf(manager, row);
}

/** As the drivers hand it over: SQLite has no dates, and MySQL's counts may be text. */
interface RawBacklog {
  count: number | string;
  oldest: unknown;
}

function backlogOf(manager: EntityManager, row: RawBacklog | undefined): Backlog {
  const moment = manager.dataSource.getMetadata(PaymentAttempt).findColumnWithPropertyName('createdAt');
  if (!row || !moment) return { count: 0, oldest: null };
  const oldest: unknown = manager.dataSource.driver.prepareHydratedValue(row.oldest, moment);
  return { count: Number(row.count), oldest: oldest instanceof Date ? oldest : null };
}
