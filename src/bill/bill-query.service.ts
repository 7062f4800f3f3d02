import { Injectable } from '@nestjs/common';
import { And, type FindOperator, LessThan, LessThanOrEqual, MoreThanOrEqual, Not } from 'typeorm';
import { type CountedPage, type CountedPageQuery, decodeCursor, encodeCursor } from '../common/paging/paging.js';
import { DomainError } from '../common/problem/domain-error.js';
import { addDays, beijingDateOf } from '../common/time/beijing-days.js';
import { toInstant } from '../common/time/instants.js';
import { findPage, type ListOrder, OLDEST_FIRST } from '../database/lists/find-page.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { Bill } from './bill.entity.js';
import { BillDifference, type DifferenceKind, type DifferenceStatus } from './difference/bill-difference.entity.js';

/** Newest day first. */
const BY_DATE: ListOrder<Bill> = {
  sort: { date: 'DESC' },
  after: (query) => {
    const [date] = decodeCursor(query, /^\d{4}-\d\d-\d\d$/) ?? [];
    return date === undefined ? [{}] : [{ date: LessThan(date) }];
  },
  cursorOf: ({ date }) => encodeCursor(date),
};

/** The differences of one kind in the last comparison, and what they add to our total. */
export interface BridgeSum {
  kind: DifferenceKind;
  count: number;
  fen: number;
}

/** Reads bills and differences for staff. */
@Injectable()
export class BillQueryService {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Newest day first. @throws DomainError VALIDATION_FAILED. */
  list(query: CountedPageQuery & { from?: string; to?: string }): Promise<CountedPage<Bill>> {
    const date = datesBetween(query);
    const search = { where: date === undefined ? {} : { date }, order: BY_DATE };
    return this.unitOfWork.read((manager) => findPage(manager, Bill, query, search));
  }

  /** @throws DomainError BILL_NOT_FOUND. */
  async getByDate(date: string): Promise<Bill> {
    const bill = await this.unitOfWork.read((manager) => manager.findOneBy(Bill, { date }));
    if (!bill) throw new DomainError('BILL_NOT_FOUND');
    return bill;
  }

  /** Oldest first. @throws DomainError BILL_NOT_FOUND or VALIDATION_FAILED. */
  async listDifferences(
    date: string,
    { status, ...query }: CountedPageQuery & { status?: DifferenceStatus },
  ): Promise<CountedPage<BillDifference>> {
    const { id: billId } = await this.getByDate(date);
    const where = { billId, status: status ?? Not<'WAITING'>('WAITING') };
    return this.unitOfWork.read((manager) => findPage(manager, BillDifference, query, { where, order: OLDEST_FIRST }));
  }

  /** What leads from our total of the day to WeChat's, by kind. */
  async sumEffects({ id, comparedRunNo }: Bill): Promise<BridgeSum[]> {
    const rows = await this.unitOfWork.read((manager) =>
      manager
        .createQueryBuilder(BillDifference, 'difference')
        .select('difference.kind', 'kind')
        .addSelect('COUNT(*)', 'count')
        .addSelect('SUM(difference.effect_fen)', 'fen')
        .where({ billId: id, seenRun: comparedRunNo })
        .groupBy('difference.kind')
        .orderBy('difference.kind')
        .getRawMany<{ kind: DifferenceKind; count: number | string; fen: number | string }>(),
    );
    return rows.map(({ kind, count, fen }) => ({ kind, count: Number(count), fen: Number(fen) }));
  }
}

/** The days whose beginning lies between the instants. */
function datesBetween({ from, to }: { from?: string; to?: string }): FindOperator<string> | undefined {
  const lastDateBefore = (instant: string): string => beijingDateOf(new Date(toInstant(instant).getTime() - 1));
  const conditions = [
    ...(from === undefined ? [] : [MoreThanOrEqual(addDays(lastDateBefore(from), 1))]),
    ...(to === undefined ? [] : [LessThanOrEqual(lastDateBefore(to))]),
  ];
  return conditions.length > 0 ? And(...conditions) : undefined;
}
