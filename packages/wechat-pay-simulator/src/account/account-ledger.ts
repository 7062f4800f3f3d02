import { Injectable } from '@nestjs/common';
import { billDayOf } from '../bills/bill-day.js';
import { SimulatorClock } from '../clock.js';
import { IdentifierGenerator } from '../state/identifier-generator.js';
import { ResetRegistry } from '../state/reset-registry.js';
import { Posting } from './postings.js';

/** One change of the balance. */
export interface AccountEntry extends Posting {
  readonly flowNo: string;
  /** When the balance changed. The fund-flow bill of its Beijing day contains it. */
  readonly at: Date;
  /** False for trades of the merchant's number in v1, if that is another one: they are on the bills of that number. */
  readonly isBilled: boolean;
}

/** The changes of a day, in order, between the balance before and the balance after them. */
export interface DayOfEntries {
  readonly openingFen: number;
  readonly entries: readonly AccountEntry[];
  readonly closingFen: number;
}

/** Everything that ever changed the merchant's balance. The balance is always the sum of its entries. */
@Injectable()
export class AccountLedger {
  private entries: AccountEntry[] = [];
  private sumFen = 0;
  private readonly listeners: ((at: Date) => void)[] = [];

  constructor(
    private readonly clock: SimulatorClock,
    private readonly identifiers: IdentifierGenerator,
    resets: ResetRegistry,
  ) {
    resets.onReset(() => {
      this.entries = [];
      this.sumFen = 0;
    });
  }

  get balanceFen(): number {
    return this.sumFen;
  }

  /** @param at default: now */
  book(postings: readonly Posting[], at = this.clock.now(), isBilled = true): void {
    const added = postings.map((posting) => ({ ...posting, flowNo: this.identifiers.flowNo(), at, isBilled }));
    this.entries.push(...added);
    for (const { signedFen } of added) this.sumFen += signedFen;
    if (isBilled) this.notify(at);
  }

  /** Registers a listener for the time of every payment, refund and movement, also of those that leave the balance as it is. */
  onBooked(listener: (at: Date) => void): void {
    this.listeners.push(listener);
  }

  /**
   * Replaces the entries of one transaction or refund on one day, at the time and place of the first of them: WeChat's books
   * then say something else. The merchant's balance changes with them.
   */
  rewrite(wechatNo: string, day: string, postings: readonly Posting[]): void {
    const isOfTrade = (entry: AccountEntry): boolean => entry.wechatNo === wechatNo && billDayOf(entry.at) === day;
    const place = this.entries.findIndex(isOfTrade);
    const old = this.entries.filter(isOfTrade);
    const at = old[0]?.at ?? this.clock.now();
    const added = postings.map((posting, n) => {
      const flowNo = old[n]?.flowNo ?? this.identifiers.flowNo();
      return { ...posting, flowNo, at, isBilled: true };
    });
    const before = place < 0 ? this.entries : this.entries.slice(0, place);
    const after = place < 0 ? [] : this.entries.slice(place).filter((entry) => !isOfTrade(entry));
    this.entries = [...before, ...added, ...after];
    for (const { signedFen } of old) this.sumFen -= signedFen;
    for (const { signedFen } of added) this.sumFen += signedFen;
  }

  /** Moves the entries of one transaction or refund on one day to a later time. */
  postpone(wechatNo: string, day: string, at: Date): void {
    this.entries = this.entries.map((entry) =>
      entry.wechatNo === wechatNo && billDayOf(entry.at) === day ? { ...entry, at } : entry,
    );
    this.notify(at);
  }

  /** By time; entries of the same time in the order in which they were booked. */
  ofDay(day: string): DayOfEntries {
    let openingFen = 0;
    const entries: AccountEntry[] = [];
    for (const entry of this.entries.filter(({ isBilled }) => isBilled)) {
      const entryDay = billDayOf(entry.at);
      if (entryDay < day) openingFen += entry.signedFen;
      else if (entryDay === day) entries.push(entry);
    }
    entries.sort((a, b) => a.at.getTime() - b.at.getTime());
    const closingFen = entries.reduce((fen, { signedFen }) => fen + signedFen, openingFen);
    return { openingFen, entries, closingFen };
  }

  private notify(at: Date): void {
    for (const listener of this.listeners) listener(at);
  }
}
