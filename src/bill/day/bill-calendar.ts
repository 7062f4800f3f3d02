import { randomInt } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Between, type EntityManager } from 'typeorm';
import { addDays, beijingDateOf, daysBetween } from '../../common/time/beijing-days.js';
import { Clock } from '../../common/time/clock.js';
import { Settings } from '../../config/settings.js';
import { isUniqueViolation } from '../../database/database-errors.js';
import { insertRow } from '../../database/rows.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { PaymentAttempt } from '../../payment/attempt/payment-attempt.entity.js';
import { Bill } from '../bill.entity.js';
import { MAX_JITTER_SECONDS, readyAt } from './bill-schedule.js';
import { LOOK_BACK_DAYS } from './other-bills.js';

const EMPTY_SUMS = {
  paymentCount: 0,
  paymentFen: 0,
  refundCount: 0,
  refundFen: 0,
  feesFen: 0,
  ourPaymentCount: 0,
  ourPaymentFen: 0,
  ourRefundCount: 0,
  ourRefundFen: 0,
  otherDaysFen: 0,
  openDifferences: 0,
  waitingEntries: 0,
  settledFen: 0,
  earlierSettledFen: 0,
};

/** The days that have a row. */
@Injectable()
export class BillCalendar {
  constructor(
    private readonly settings: Settings,
    private readonly clock: Clock,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /**
   * Adds the days since the first payment that WeChat still has a bill of and that have no row, up to yesterday. Safe to repeat
   * and to run on all instances.
   */
  async addMissingDays(): Promise<void> {
    const now = this.clock.now();
    const yesterday = addDays(beijingDateOf(now), -1);
    const days = await this.unitOfWork.read((manager) => findMissingDays(manager, yesterday));
    for (const [index, day] of days.entries()) {
      const earliest = new Date(now.getTime() - days.length + index); // due now, the oldest day first
      const ready = readyAt(day);
      const isNew = ready.getTime() > now.getTime() - MAX_JITTER_SECONDS * 1000;
      const jitterMs = isNew ? randomInt(MAX_JITTER_SECONDS * 1000) : 0;
      await this.addDay(day, ready > now || isNew ? new Date(ready.getTime() + jitterMs) : earliest);
    }
  }

  /** The row of a day, which is added if there is none. */
  async getOrAdd(date: string): Promise<Bill> {
    const find = (): Promise<Bill | null> => this.unitOfWork.read((manager) => manager.findOneBy(Bill, { date }));
    const known = await find();
    if (known) return known;
    await this.addDay(date, readyAt(date));
    const added = await find();
    if (!added) throw new Error(`The bill of ${date} could not be added.`);
    return added;
  }

  private async addDay(date: string, nextCheckAt: Date): Promise<void> {
    const state = { version: 0, status: 'WAITING', runNo: 0, comparedRunNo: 0, attempts: 0 } as const;
    const facts = { date, mchId: this.settings.wechat.WECHAT_MCH_ID, createdAt: this.clock.now() };
    const row: Partial<Bill> = { ...EMPTY_SUMS, ...state, ...facts, nextCheckAt };
    try {
      await this.unitOfWork.run((tx) => insertRow(tx, Bill, row));
    } catch (error) {
      if (!isUniqueViolation(error)) throw error; // another instance has added it
    }
  }
}

async function findMissingDays(manager: EntityManager, yesterday: string): Promise<string[]> {
  const [first] = await manager.find(PaymentAttempt, {
    select: { id: true, createdAt: true },
    order: { createdAt: 'ASC' },
    take: 1,
  });
  if (!first) return [];
  const reach = addDays(yesterday, 2 - LOOK_BACK_DAYS);
  const firstDate = beijingDateOf(first.createdAt);
  const days = daysBetween(firstDate < reach ? reach : firstDate, yesterday);
  const [oldest] = days;
  if (oldest === undefined) return [];
  const known = await manager.find(Bill, {
    select: { id: true, date: true },
    where: { date: Between(oldest, yesterday) },
  });
  const dates = new Set(known.map(({ date }) => date));
  return days.filter((day) => !dates.has(day));
}
