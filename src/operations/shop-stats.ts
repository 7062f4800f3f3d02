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

/** A number of rows and the time of the oldest one; null when there is none. */
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

/** Statistics of the whole shop at one moment, the same on every instance. */
export interface ShopStats {
  at: Date;
  noticeGap: NoticeGap;
  unknownPayments: Backlog;
  refunds: RefundBacklog[];
  /** Null when the shop does not upload shipping information. */
  shipping: UnshippedCounts | null;
  /** Due rows that no instance has claimed, by job. `oldest` is the time at which the oldest row became due. */
  due: Record<'payment-check' | 'order-expiry' | 'refund-check' | 'outbox', Backlog>;
  outbox: OutboxBacklog[];
}

/** Open states, and the rare failures. The other states grow without bound and would be expensive to count. */
const WATCHED_STATES: RefundState[] = ['REQUESTED', 'PROCESSING', 'ABNORMAL', 'FAILED'];
/** Earlier than any stored date. `> EPOCH` finds non-null values by index on both databases. */
const EPOCH = new Date(0);

/** Reads the shop's statistics from the database. The cost depends on the number of open and due rows, not on all rows. */
@Injectable()
export class ShopStatsReader {
  constructor(
    private readonly settings: Settings,
    private readonly clock: Clock,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** @throws DomainError SERVICE_UNAVAILABLE when the database is unavailable. */
  read(): Promise<ShopStats> {
    return this.unitOfWork.read(async (manager) => {
      const at = this.clock.now();
      return {
        at,
        noticeGap: await readNoticeGap(manager),
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
   * Payment attempts without a usable result from WeChat: created with no call in progress and no response, or open for longer
   * than ORDER_TTL_SECONDS.
   */
  private async unknownPayments(manager: EntityManager, at: Date): Promise<Backlog> {
    const withoutResponse = { status: 'CREATED' as const, isUnusable: false };
    const expiredBefore = new Date(at.getTime() - this.settings.ORDER_TTL_SECONDS * 1000);
    const row = await manager
      .createQueryBuilder(PaymentAttempt, 'payment')
      .select('COUNT(*)', 'count')
      .addSelect('MIN(payment.createdAt)', 'oldest')
      // Kept outside the OR, because SQLite would otherwise scan the table instead of using the index on the date.
      .where({ nextCheckAt: MoreThan(EPOCH) })
      .andWhere(
        new Brackets((either) =>
          either.where([
            { ...withoutResponse, callingUntil: IsNull() },
            { ...withoutResponse, callingUntil: LessThan(at) },
            { status: In(OPEN_STATUSES), createdAt: LessThan(expiredBefore) },
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

/** Excludes finished entries, which accumulate until they are purged. */
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

/** A raw row of the driver: SQLite has no date type, and MySQL may return counts as strings. */
interface RawBacklog {
  count: number | string;
  oldest: unknown;
}

function backlogOf(manager: EntityManager, row: RawBacklog | undefined): Backlog {
  const dateColumn = manager.dataSource.getMetadata(PaymentAttempt).findColumnWithPropertyName('createdAt');
  if (!row || !dateColumn) return { count: 0, oldest: null };
  const oldest: unknown = manager.dataSource.driver.prepareHydratedValue(row.oldest, dateColumn);
  return { count: Number(row.count), oldest: oldest instanceof Date ? oldest : null };
}
