import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { ExternalSorter } from '../../common/external-sort/external-sorter.js';
import { startOfBeijingDate, addDays } from '../../common/time/beijing-days.js';
import { Clock } from '../../common/time/clock.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import type { TradeEntry, TradeTotals } from '../../wechat/pay/bills/bill-entries.js';
import { readTradeBill } from '../../wechat/pay/bills/parse/trade-bill.reader.js';
import type { Bill } from '../bill.entity.js';
import type { BillLease } from '../day/bill-lease.js';
import { OtherBills } from '../day/other-bills.js';
import { DifferenceRecorder } from '../difference/difference-recorder.js';
import { EntryInserter } from '../entries/entry-inserter.js';
import { type OurEntry, signOf } from '../entries/our-entry.js';
import { readOurEntries } from '../entries/read-our-entries.js';
import { mergeRepeatedEntries, sortKeyOf, type TheirEntry, toTheirEntry } from '../entries/their-entry.js';
import { BillFileStore } from '../files/bill-file-store.js';
import { EntryComparison, type OurTotals } from './entry-comparison.js';
import { mergeSorted } from './merge-sorted.js';

/** Entries between two looks at the lease: each look, and each generator, costs as much as an entry. */
const ENTRIES_PER_STEP = 50;

/** The file of a comparison; null for a day without a statement. */
export interface ComparedFile {
  id: number;
  /** False when an earlier comparison has stored its entries. */
  areEntriesNew: boolean;
}

export type TradeComparison =
  | { isComplete: true; theirs: TradeTotals; ours: OurTotals; settled: SettledSums }
  | { isComplete: false; theirs: TradeTotals; problem: string };

/** See `Bill.settledFen` and `Bill.earlierSettledFen`. */
interface SettledSums {
  settledFen: number;
  earlierSettledFen: number;
}

/** What reading a file has found. `otherMchId`: of a row of another merchant, as written. */
interface ReadBill {
  check: Awaited<ReturnType<typeof readTradeBill>>;
  settled: SettledSums;
  otherMchId: string | null;
}

const MAX_MCH_ID_LENGTH = 32;

const NO_TOTALS: TradeTotals = {
  rows: 0,
  payments: { count: 0, fen: 0 },
  refunds: { count: 0, fen: 0 },
  revoked: { count: 0, fen: 0 },
  feesFen: 0,
};

/** Compares the trade bill of a day with our records, in bounded memory, and stores its entries and differences. */
@Injectable()
export class TradeBillComparer {
  constructor(
    private readonly clock: Clock,
    private readonly dataSource: DataSource,
    private readonly unitOfWork: UnitOfWork,
    private readonly store: BillFileStore,
  ) {}

  /** May be repeated. Nothing is stored when the file does not add up. @throws LeaseLostError. */
  async compare(bill: Bill, runNo: number, lease: BillLease, file: ComparedFile | null): Promise<TradeComparison> {
    const theirs = new ExternalSorter<TheirEntry>({ keyOf: sortKeyOf });
    const ours = new ExternalSorter<OurEntry>({ keyOf: sortKeyOf });
    try {
      const read = file === null ? null : await this.readTheirs(bill, file, theirs, lease);
      if (read !== null && !read.check.ok)
        return { isComplete: false, theirs: read.check.totals, problem: read.check.problems.join(' ') };
      if (read?.otherMchId != null) {
        const problem = `The file has trades of merchant ${read.otherMchId}, not only of ${bill.mchId}.`;
        return { isComplete: false, theirs: read.check.totals, problem };
      }
      await this.readOurs(bill, ours, lease);
      const totals = await this.compareSorted(bill, runNo, lease, file, ours.sorted(), theirs.sorted());
      return {
        isComplete: true,
        theirs: read?.check.totals ?? NO_TOTALS,
        ours: totals,
        settled: read?.settled ?? { settledFen: 0, earlierSettledFen: 0 },
      };
    } finally {
      await theirs.close();
      await ours.close();
    }
  }

  private async readTheirs(
    { date, mchId }: Bill,
    { id }: ComparedFile,
    sorter: ExternalSorter<TheirEntry>,
    lease: BillLease,
  ): Promise<ReadBill> {
    const dayStart = startOfBeijingDate(date);
    const settled = { settledFen: 0, earlierSettledFen: 0 };
    let otherMchId: string | null = null;
    const bytes = this.store.read(await this.store.getById(id));
    const check = await readTradeBill(keeping(lease, bytes), (entry) => {
      if (entry.mchId !== '' && entry.mchId !== mchId) otherMchId ??= entry.mchId.slice(0, MAX_MCH_ID_LENGTH);
      settled[entry.at < dayStart ? 'earlierSettledFen' : 'settledFen'] += movementOf(entry);
      return sorter.add(toTheirEntry(entry));
    });
    return { check, settled, otherMchId };
  }

  private async readOurs({ date, mchId }: Bill, sorter: ExternalSorter<OurEntry>, lease: BillLease): Promise<void> {
    const period = { from: startOfBeijingDate(date), to: startOfBeijingDate(addDays(date, 1)), mchId };
    for await (const page of readOurEntries(this.dataSource, this.unitOfWork, period)) {
      for (const [index, entry] of page.entries()) {
        if (index % ENTRIES_PER_STEP === 0) await lease.keep();
        const written = sorter.add(entry);
        if (written) await written;
      }
    }
  }

  private async compareSorted(
    bill: Bill,
    runNo: number,
    lease: BillLease,
    file: ComparedFile | null,
    ours: AsyncIterable<OurEntry>,
    theirs: AsyncIterable<TheirEntry>,
  ): Promise<OurTotals> {
    const otherBills = await this.unitOfWork.read((manager) => OtherBills.load(manager, bill.date));
    const recorder = new DifferenceRecorder(this.clock, lease, { billId: bill.id, runNo });
    const comparison = new EntryComparison(this.unitOfWork, otherBills, recorder);
    const inserter =
      file?.areEntriesNew === true ? new EntryInserter(this.dataSource, this.unitOfWork, file.id, lease.keep) : null;
    let count = 0;
    for await (const merged of mergeSorted(ours, mergeRepeatedEntries(theirs))) {
      if (count++ % ENTRIES_PER_STEP === 0) await lease.keep();
      const stored = merged.theirs && inserter?.add(merged.theirs);
      if (stored) await stored;
      await comparison.add(merged);
    }
    await inserter?.flush();
    await comparison.finish();
    await recorder.flush();
    return comparison.totals;
  }
}

/** What an entry moves on the merchant account, in fen. The money of a reversed payment is not on it. */
function movementOf({ type, settledFen, feeFen }: TradeEntry): number {
  return type === 'REVOKED' ? 0 : signOf({ type }) * settledFen - feeFen;
}

/** Keeps the lease while the items are read. */
async function* keeping<T>(lease: BillLease, items: AsyncIterable<T>): AsyncGenerator<T> {
  for await (const item of items) {
    await lease.keep();
    yield item;
  }
}
