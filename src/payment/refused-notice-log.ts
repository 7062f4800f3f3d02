import { Injectable, Logger, type BeforeApplicationShutdown } from '@nestjs/common';
import { type EntityManager, In, LessThan } from 'typeorm';
import { Clock } from '../common/clock.js';
import type { NoticeKind } from '../common/metric-labels.js';
import { isUniqueViolation } from '../database/database-errors.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { PaymentAttempt } from './payment-attempt.entity.js';
import { mergeCounts, type RefusedNoticeCount, RefusedNoticeBuffer } from './refused-notice-buffer.js';
import { NO_PAYMENT, RefusedNotice } from './refused-notice.entity.js';

/** Milliseconds that a refusal waits to be written together with others. */
const FLUSH_AFTER_MS = 1000;
/** Rows of the table. Beyond, notices are only counted, in the rows that name no payment. */
const MAX_ROWS = 10_000;
/** What the column takes; so many notices need no exact number. */
const MAX_COUNTED = 2_000_000_000;
/** Characters kept of a text that anyone can have written. */
const MAX_RAW_LENGTH = 1000;
/** Characters of the column; a longer number is none of ours. */
const MAX_OUT_TRADE_NO_LENGTH = 32;
/** Rows that the list of one order shows. */
const MAX_SHOWN = 50;

/** A notice that was refused before anything in it was believed. */
export interface RefusedNoticeInput {
  kind: NoticeKind;
  result: string;
  /** As the notice claims. */
  outTradeNo?: string | null;
  raw?: string | null;
}

/**
 * Keeps evidence of refused notices, bounded and outside the transactions about money: they are counted in memory and
 * written once a second. What a crash loses of them is at most that second.
 */
@Injectable()
export class RefusedNoticeLog implements BeforeApplicationShutdown {
  private readonly log = new Logger(RefusedNoticeLog.name);
  private readonly buffer = new RefusedNoticeBuffer();
  private timer: NodeJS.Timeout | null = null;
  private flushing: Promise<void> = Promise.resolve();

  constructor(
    private readonly clock: Clock,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** Returns at once, and never throws. */
  record({ kind, result, outTradeNo, raw }: RefusedNoticeInput): void {
    const now = this.clock.now();
    const claimed = outTradeNo == null || outTradeNo.length > MAX_OUT_TRADE_NO_LENGTH ? NO_PAYMENT : outTradeNo;
    const text = raw?.slice(0, MAX_RAW_LENGTH) ?? null;
    this.buffer.add({ kind, result, outTradeNo: claimed, notices: 1, firstAt: now, lastAt: now, raw: text });
    this.timer ??= setTimeout(() => void this.flush(), FLUSH_AFTER_MS).unref();
  }

  /** Writes what is counted so far; waits for a flush that is under way. Never throws. */
  flush(): Promise<void> {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    this.flushing = this.flushing.then(() => this.flushBuffer());
    return this.flushing;
  }

  /** Before the database is closed. */
  async beforeApplicationShutdown(): Promise<void> {
    await this.flush();
  }

  /** Those that claim to be about these payments, the newest first, and how many there are. */
  async findByPayments(
    manager: EntityManager,
    outTradeNos: string[],
  ): Promise<{ rows: RefusedNotice[]; count: number }> {
    if (outTradeNos.length === 0) return { rows: [], count: 0 };
    const where = { outTradeNo: In(outTradeNos) };
    const order = { lastAt: 'DESC', id: 'DESC' } as const;
    const [rows, count] = await manager.findAndCount(RefusedNotice, { where, order, take: MAX_SHOWN });
    return { rows, count };
  }

  private async flushBuffer(): Promise<void> {
    const refusals = this.buffer.take();
    if (refusals.length === 0) return;
    this.logRefusals(refusals);
    try {
      await this.unitOfWork
        .run((tx) => saveCounts(tx, refusals))
        .catch(async (error: unknown) => {
          // Another instance inserted the same row: now there is one to add to.
          if (!isUniqueViolation(error)) throw error;
          await this.unitOfWork.run((tx) => saveCounts(tx, refusals));
        });
    } catch (error) {
      this.log.warn(`Refused notices could not be recorded: ${String(error)}`);
    }
  }

  /** One line for each kind and reason, however many there were: the disk of the log is bounded too. */
  private logRefusals(refusals: RefusedNoticeCount[]): void {
    for (const { kind, result, notices } of mergeCounts(refusals.map((one) => ({ ...one, outTradeNo: NO_PAYMENT }))))
      this.log.warn(`${notices} ${kind} notices are not believed: ${result}`);
  }
}

/** Forgets what was last seen before `before`. The table is small enough for one statement. */
export async function purgeRefusedNotices(unitOfWork: UnitOfWork, before: Date): Promise<void> {
  await unitOfWork.run((tx) => tx.delete(RefusedNotice, { lastAt: LessThan(before) }));
}

async function saveCounts(tx: EntityManager, refusals: RefusedNoticeCount[]): Promise<void> {
  const known = await findKnownOutTradeNos(tx, refusals);
  const isRoomLeft = (await tx.count(RefusedNotice)) < MAX_ROWS;
  const counts = mergeCounts(
    refusals.map((refusal) => (known.has(refusal.outTradeNo) ? refusal : { ...refusal, outTradeNo: NO_PAYMENT })),
  );
  for (const count of counts) {
    if (await incrementCount(tx, count)) continue;
    if (isRoomLeft || count.outTradeNo === NO_PAYMENT) await tx.insert(RefusedNotice, count);
    else await incrementOrInsert(tx, { ...count, outTradeNo: NO_PAYMENT });
  }
}

async function incrementOrInsert(tx: EntityManager, count: RefusedNoticeCount): Promise<void> {
  if (!(await incrementCount(tx, count))) await tx.insert(RefusedNotice, count);
}

/** False when there is no such row yet. */
async function incrementCount(
  tx: EntityManager,
  { kind, result, outTradeNo, notices, lastAt }: RefusedNoticeCount,
): Promise<boolean> {
  const sum = `CASE WHEN notices > ${MAX_COUNTED - notices} THEN ${MAX_COUNTED} ELSE notices + ${notices} END`;
  const { affected } = await tx
    .createQueryBuilder()
    .update(RefusedNotice)
    .set({ notices: () => sum, lastAt })
    .where({ kind, result, outTradeNo })
    .execute();
  return affected === 1;
}

/** A forged notice may name anything: only numbers of ours get a row of their own. */
async function findKnownOutTradeNos(tx: EntityManager, refusals: RefusedNoticeCount[]): Promise<Set<string>> {
  const claimed = [...new Set(refusals.map(({ outTradeNo }) => outTradeNo))].filter((one) => one !== NO_PAYMENT);
  if (claimed.length === 0) return new Set();
  const rows = await tx.find(PaymentAttempt, { select: { outTradeNo: true }, where: { outTradeNo: In(claimed) } });
  return new Set(rows.map(({ outTradeNo }) => outTradeNo));
}
