import { Injectable } from '@nestjs/common';
import { AccountLedger } from '../account/account-ledger.js';
import { SimulatorClock } from '../clock.js';
import { SimulatorSettings } from '../simulator-settings.js';
import { Behaviours } from '../state/behaviours.js';
import { ResetRegistry } from '../state/reset-registry.js';
import { BillChanges } from './bill-changes.js';
import { changedRow } from './bill-change.js';
import { billDayOf, endOfDay } from './bill-day.js';
import { fundFlowBill } from './files/fund-flow-bill.js';
import { TRADE_BILL_TYPES, TradeBillType, tradeBill } from './files/trade-bill.js';
import { TradeRowReader } from './trade-row-reader.js';

/** The bills of a day. They never change. */
export interface MadeBills {
  readonly madeAt: Date;
  /** Types without lines are absent. */
  readonly trade: ReadonlyMap<TradeBillType, string>;
  readonly fund: string | undefined;
  readonly openingFen: number;
  readonly closingFen: number;
}

/** Makes the bills of each Beijing day once, at the time when they become ready. */
@Injectable()
export class BillMaker {
  private readonly made = new Map<string, MadeBills>();
  /** Days with entries whose bills are not made yet. */
  private readonly openDays = new Set<string>();

  constructor(
    private readonly rows: TradeRowReader,
    private readonly ledger: AccountLedger,
    private readonly changes: BillChanges,
    private readonly clock: SimulatorClock,
    private readonly behaviours: Behaviours,
    private readonly settings: SimulatorSettings,
    resets: ResetRegistry,
  ) {
    ledger.onBooked((at) => {
      this.expect(billDayOf(at));
    });
    resets.onReset(() => {
      this.made.clear();
      this.openDays.clear();
    });
  }

  /** From this time on the bills of the day can be downloaded. */
  readyAt(day: string): Date {
    return new Date(endOfDay(day).getTime() + this.behaviours.current.billReadySeconds * 1000);
  }

  /** undefined for a day without entries, and before it is ready. */
  find(day: string): MadeBills | undefined {
    this.makeDue();
    return this.made.get(day);
  }

  /** Days with bills or entries, oldest first. */
  days(): string[] {
    this.makeDue();
    return [...new Set([...this.made.keys(), ...this.openDays])].sort();
  }

  /** The clock may have jumped, and its tasks not have run yet: what happened before a bill must be on it. */
  private makeDue(): void {
    this.clock.runOverdue();
    const now = this.clock.now();
    for (const day of [...this.openDays].sort()) {
      if (this.readyAt(day) <= now) this.make(day);
    }
  }

  private expect(day: string): void {
    if (this.openDays.has(day) || this.made.has(day)) return;
    this.openDays.add(day);
    this.clock.schedule(this.readyAt(day), () => {
      if (this.readyAt(day) <= this.clock.now()) this.make(day);
    });
  }

  private make(day: string): void {
    if (!this.openDays.delete(day)) return;
    const style = this.behaviours.current;
    const { lines, extraColumns, totalsOffByFen, balanceOffByFen } = this.changes.ofDay(day);
    const changes = lines.filter(({ bills }) => bills !== 'FUND');
    const rows = this.rows.ofDay(day).flatMap((row) => changedRow(row, changes) ?? []);
    const input = { mchId: this.settings.merchant.mch_id, rows, style, extraColumns, totalsOffByFen };
    const trade = new Map<TradeBillType, string>();
    for (const type of TRADE_BILL_TYPES) {
      const text = tradeBill({ ...input, type });
      if (text !== undefined) trade.set(type, text);
    }
    const entries = this.ledger.ofDay(day);
    this.made.set(day, {
      madeAt: this.clock.now(),
      trade,
      fund: fundFlowBill({ ...entries, style, balanceOffByFen }),
      openingFen: entries.openingFen,
      closingFen: entries.closingFen,
    });
  }
}
