import { Injectable, Logger, type BeforeApplicationShutdown } from '@nestjs/common';
import { type EntityManager, In } from 'typeorm';
import { Clock } from '../../common/time/clock.js';
import { isUniqueViolation } from '../../database/database-errors.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { PaymentAttempt } from '../attempt/payment-attempt.entity.js';
import { mergeCounts, type RefusedNoticeCount, RefusedNoticeBuffer } from './refused-notice-buffer.js';
import { NO_PAYMENT, type NoticeKind, RefusedNotice } from './refused-notice.entity.js';

/** Milliseconds after which buffered counts are written. */
const FLUSH_AFTER_MS = 1000;
/** Maximum number of rows. Beyond it, notices are counted in the rows without a payment. */
const MAX_ROWS = 10_000;
/** The counter stops here, below the column's limit. */
const MAX_COUNTED = 2_000_000_000;
/** Characters that are kept of an unverified notice. */
const MAX_RAW_LENGTH = 1000;
/** Characters of the column. A longer number does not belong to this shop. */
const MAX_OUT_TRADE_NO_LENGTH = 32;
/** Maximum number of rows in the list of one order. */
const MAX_SHOWN = 50;

/** A notice that was refused before it was compared with our rows. */
export interface RefusedNoticeInput {
  kind: NoticeKind;
  result: string;
  /** The number that the notice states. */
  outTradeNo?: string | null;
  raw?: string | null;
}

/**
 * Records rejected notices with limited effort, outside of payment transactions: it counts them in memory and writes
 * the counts once per second. A crash loses at most one second of them.
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

  /** Returns immediately and never throws. */
  record({ kind, result, outTradeNo, raw }: RefusedNoticeInput): void {
    const now = this.clock.now();
    const statedOutTradeNo =
      outTradeNo == null || outTradeNo.length > MAX_OUT_TRADE_NO_LENGTH ? NO_PAYMENT : outTradeNo;
    const text = raw?.slice(0, MAX_RAW_LENGTH) ?? null;
    this.buffer.add({ kind, result, outTradeNo: statedOutTradeNo, notices: 1, firstAt: now, lastAt: now, raw: text });
    this.timer ??= setTimeout(() => void this.flush(), FLUSH_AFTER_MS).unref();
  }

  /** Writes the counts, after a flush that is in progress. Never throws. */
  flush(): Promise<void> {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    this.flushing = this.flushing.then(() => this.flushBuffer());
    return this.flushing;
  }

  /** Runs before the database connection is closed. */
  async beforeApplicationShutdown(): Promise<void> {
    await this.flush();
  }

  /** Counts for these payments, newest first, and the total number of rows. */
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
    const refusals = this.buffer.drain();
    if (refusals.length === 0) return;
    this.logRefusals(refusals);
    try {
      await this.unitOfWork
        .run((tx) => saveCounts(tx, refusals))
        .catch(async (error: unknown) => {
          // Another instance has inserted the same row, which can be incremented now.
          if (!isUniqueViolation(error)) throw error;
          await this.unitOfWork.run((tx) => saveCounts(tx, refusals));
        });
    } catch (error) {
      this.log.warn(`Rejected notices could not be recorded: ${String(error)}`);
    }
  }

  /** One log line per kind and reason, independent of the number of notices. */
  private logRefusals(refusals: RefusedNoticeCount[]): void {
    for (const { kind, result, notices } of mergeCounts(refusals.map((one) => ({ ...one, outTradeNo: NO_PAYMENT })))) {
      const line = `Rejected ${notices} ${kind} notices: ${result}`;
      // WeChat sends these to every merchant, and the right response is to reject them.
      if (result === 'SIGNATURE_PROBE') this.log.debug(line);
      else this.log.warn(line);
    }
  }
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

/** False when the row does not exist yet. */
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

/** A forged notice may name anything: only existing payments get their own row. */
async function findKnownOutTradeNos(tx: EntityManager, refusals: RefusedNoticeCount[]): Promise<Set<string>> {
  const statedOutTradeNos = [...new Set(refusals.map(({ outTradeNo }) => outTradeNo))].filter(
    (one) => one !== NO_PAYMENT,
  );
  if (statedOutTradeNos.length === 0) return new Set();
  const rows = await tx.find(PaymentAttempt, {
    select: { outTradeNo: true },
    where: { outTradeNo: In(statedOutTradeNos) },
  });
  return new Set(rows.map(({ outTradeNo }) => outTradeNo));
}
