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
import { Clock } from '../../common/time/clock.js';
import { Settings } from '../../config/settings.js';
import { type BillStats, readBillStats } from '../../bill/bill-stats.js';
import type { DueRow } from '../../jobs/claim-due.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { type EventStats, readEventStats } from '../../event/delivery/event-stats.js';
import { Order } from '../../order/order.entity.js';
import { OutboxEntry, type OutboxStatus } from '../../outbox/outbox-entry.entity.js';
import { OPEN_ATTEMPT_STATUSES, PaymentAttempt } from '../../payment/attempt/payment-attempt.entity.js';
import { TO_PAY_OTHERWISE } from '../../refund/read/refunds-to-pay-otherwise.js';
import { Refund, type RefundStatus, type WaitReason } from '../../refund/refund.entity.js';
import { PAYMENT_CHANNELS, type PaymentChannel } from '../../wechat/pay/payment-channel.js';
import { countUnshipped, type UnshippedCounts } from '../../shipping/unshipped.js';
import { type NoticeGap, readNoticeGap } from './notice-gap.js';

/** A number of rows and the time of the oldest one; null when there is none. */
export interface Backlog {
  count: number;
  oldest: Date | null;
}

export interface RefundBacklog extends Backlog {
  state: RefundStatus;
  wait: WaitReason | null;
}

/** What still needs the keys of one protocol. */
interface OpenAtWechat {
  channel: PaymentChannel;
  /** Payments that may still be paid. */
  payments: number;
  /** Refunds that were composed and have not ended. */
  refunds: number;
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
  /** Refunds whose money came back to the merchant, and whose buyers wait for it. */
  refundsToPayOtherwise: number;
  /** One entry for each channel, also without open rows. */
  openAtWechat: OpenAtWechat[];
  /** Null when the shop does not upload shipping information. */
  shipping: UnshippedCounts | null;
  /** Due rows that no instance has claimed, by job. `oldest` is the time at which the oldest row became due. */
  due: Record<'payment-check' | 'order-expiry' | 'refund-check' | 'outbox', Backlog>;
  outbox: OutboxBacklog[];
  events: EventStats;
  /** Null with BILL_DOWNLOAD=off. */
  bills: BillStats | null;
}

/** Open states, and the rare failures. The other states grow without bound and would be expensive to count. */
const WATCHED_STATUSES: RefundStatus[] = ['REQUESTED', 'PROCESSING', 'ABNORMAL', 'FAILED'];
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
        refundsToPayOtherwise: await manager.countBy(Refund, TO_PAY_OTHERWISE),
        openAtWechat: await readOpenAtWechat(manager),
        shipping: this.settings.SHIPPING_UPLOAD === 'on' ? await countUnshipped(manager, at) : null,
        due: {
          'payment-check': await readDueRows(manager, PaymentAttempt, at),
          'order-expiry': await readDueRows(manager, Order, at),
          'refund-check': await readDueRows(manager, Refund, at),
          outbox: await readDueRows(manager, OutboxEntry, at),
        },
        outbox: await readOutboxBacklogs(manager),
        events: await readEventStats(manager),
        bills: this.settings.BILL_DOWNLOAD === 'on' ? await readBillStats(manager, at) : null,
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
            { status: In(OPEN_ATTEMPT_STATUSES), createdAt: LessThan(expiredBefore) },
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
    .where({ status: In(WATCHED_STATUSES) })
    .groupBy('refund.status')
    .addGroupBy('refund.waitReason')
    .getRawMany<RawBacklog & { state: RefundStatus; wait: WaitReason | null }>();
  return rows.map((row) => ({ state: row.state, wait: row.wait, ...backlogOf(manager, row) }));
}

async function readOpenAtWechat(manager: EntityManager): Promise<OpenAtWechat[]> {
  const payments = await countByChannel(manager, PaymentAttempt, {
    channel: In([...PAYMENT_CHANNELS]), // with the status, a range of the index
    status: In(OPEN_ATTEMPT_STATUSES),
  });
  const refunds = await countByChannel(manager, Refund, {
    status: In(['PROCESSING', 'ABNORMAL'] satisfies RefundStatus[]),
  });
  return PAYMENT_CHANNELS.map((channel) => ({
    channel,
    payments: payments.get(channel) ?? 0,
    refunds: refunds.get(channel) ?? 0,
  }));
}

async function countByChannel<Row extends ObjectLiteral>(
  manager: EntityManager,
  entity: EntityTarget<Row>,
  where: ObjectLiteral,
): Promise<ReadonlyMap<string | null, number>> {
  const rows = await manager
    .createQueryBuilder(entity, 'row')
    .select('row.channel', 'channel')
    .addSelect('COUNT(*)', 'count')
    .where(where)
    .groupBy('row.channel')
    .getRawMany<{ channel: string | null; count: number | string }>();
  return new Map(rows.map(({ channel, count }) => [channel, Number(count)]));
}

/** Excludes finished entries, which accumulate until they are purged. */
async function readOutboxBacklogs(manager: EntityManager): Promise<OutboxBacklog[]> {
  const open: OutboxStatus[] = ['WAITING', 'NEEDS_ATTENTION'];
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
