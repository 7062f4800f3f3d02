import type { UnitOfWork } from '../../database/unit-of-work.js';
import type { OtherBills } from '../day/other-bills.js';
import { findEntries } from '../entries/find-entries.js';
import { findOurEntries, type OurEntry, signOf } from '../entries/our-entry.js';
import type { TheirEntry } from '../entries/their-entry.js';
import { comparePair, type FoundDifference, listedTwice, missingHere, missingThere } from './found-difference.js';
import type { MergedEntry } from './merge-sorted.js';

/** Entries without a partner that are looked up together. */
const BATCH_SIZE = 200;

/** What a comparison adds up: counts and fen of our records on the day. */
export interface OurTotals {
  paymentCount: number;
  paymentFen: number;
  refundCount: number;
  refundFen: number;
  /** Payments minus refunds that only one side counts on this day, see `Bill.otherDaysFen`. */
  otherDaysFen: number;
}

/** Receives the differences that are found. */
export interface DifferenceSink {
  add(found: readonly FoundDifference[]): Promise<void>;
}

/**
 * Compares the merged entries of a day. An entry of one side alone is looked up: WeChat's in our records of any day and state,
 * ours on the bills of other days.
 */
export class EntryComparison {
  readonly totals: OurTotals = { paymentCount: 0, paymentFen: 0, refundCount: 0, refundFen: 0, otherDaysFen: 0 };
  private onlyOurs: OurEntry[] = [];
  private onlyTheirs: TheirEntry[] = [];

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly otherBills: OtherBills,
    private readonly differences: DifferenceSink,
  ) {}

  async add({ ours, theirs }: MergedEntry): Promise<void> {
    if (ours === null) {
      this.onlyTheirs.push(theirs);
      if (this.onlyTheirs.length === BATCH_SIZE) await this.compareOnlyTheirs();
      return;
    }
    this.count(ours);
    if (theirs !== null) return this.differences.add(comparePair(ours, theirs));
    this.onlyOurs.push(ours);
    if (this.onlyOurs.length === BATCH_SIZE) await this.compareOnlyOurs();
  }

  /** Compares the entries that still wait for their batch. */
  async finish(): Promise<void> {
    await this.compareOnlyOurs();
    await this.compareOnlyTheirs();
  }

  private count(ours: OurEntry): void {
    if (ours.type === 'PAYMENT') {
      this.totals.paymentCount += 1;
      this.totals.paymentFen += ours.fen;
    } else {
      this.totals.refundCount += 1;
      this.totals.refundFen += ours.fen;
    }
  }

  private async compareOnlyOurs(): Promise<void> {
    const entries = this.onlyOurs;
    this.onlyOurs = [];
    for (const [ours, place] of await findOnOtherBills(this.unitOfWork, this.otherBills, entries)) {
      if (place !== 'NOWHERE') this.totals.otherDaysFen -= signOf(ours) * ours.fen;
      if (place !== 'OTHER_BILL')
        await this.differences.add([missingThere(ours, place === 'NOWHERE' ? 'OPEN' : place)]);
    }
  }

  private async compareOnlyTheirs(): Promise<void> {
    const entries = this.onlyTheirs;
    this.onlyTheirs = [];
    for (const type of ['PAYMENT', 'REFUND', 'REVOKED'] as const) {
      const theirs = entries.filter((entry) => entry.type === type);
      if (theirs.length > 0) await this.compareWithAllRecords(theirs);
    }
  }

  /** @param theirs of one type. */
  private async compareWithAllRecords(theirs: readonly TheirEntry[]): Promise<void> {
    const type = theirs[0]?.type ?? 'PAYMENT';
    const numbers = theirs.map(({ number }) => number);
    const { records, listed } = await this.unitOfWork.read(async (manager) => ({
      records: await findOurEntries(manager, type === 'REFUND' ? 'REFUND' : 'PAYMENT', numbers),
      listed: await findEntries(manager, this.otherBills.fileIds, type, numbers),
    }));
    const ourOf = new Map(records.map((ours) => [ours.number, ours]));
    const onOtherBills = new Set(listed.map(({ number }) => number));
    for (const entry of theirs) {
      const ours = ourOf.get(entry.number);
      if (ours === undefined) await this.differences.add(missingHere(entry));
      else await this.compareWithOtherDay(ours, entry, onOtherBills.has(entry.number));
    }
  }

  /** @param isListed whether another bill has the entry too. */
  private async compareWithOtherDay(ours: OurEntry, theirs: TheirEntry, isListed: boolean): Promise<void> {
    if (isListed) return this.differences.add([listedTwice(ours, theirs, 'OPEN')]);
    if (ours.atMs !== null) this.totals.otherDaysFen += signOf(theirs) * ours.fen;
    const found = comparePair(ours, theirs);
    const mayBeListed = this.otherBills.isOwnBillAwaited(ours) && found.every(({ kind }) => kind !== 'AMOUNT');
    await this.differences.add(mayBeListed ? [...found, listedTwice(ours, theirs, 'WAITING')] : found);
  }
}

/**
 * Where an entry is that only we have on its day. `OTHER_BILL`: on the bill of another day · `WAITING`: it may be on one that is
 * not there yet · `NOWHERE`.
 */
type Place = 'OTHER_BILL' | 'WAITING' | 'NOWHERE';

export async function findOnOtherBills(
  unitOfWork: UnitOfWork,
  otherBills: OtherBills,
  entries: readonly OurEntry[],
): Promise<[OurEntry, Place][]> {
  const placed: [OurEntry, Place][] = [];
  for (const type of ['PAYMENT', 'REFUND'] as const) {
    const ours = entries.filter((entry) => entry.type === type);
    const numbers = ours.map(({ number }) => number);
    const listed = await unitOfWork.read((manager) => findEntries(manager, otherBills.fileIds, type, numbers));
    const found = new Set(listed.map(({ number }) => number));
    for (const entry of ours) {
      const absent = otherBills.isAwaitedFor(entry) ? 'WAITING' : 'NOWHERE';
      placed.push([entry, found.has(entry.number) ? 'OTHER_BILL' : absent]);
    }
  }
  return placed;
}
