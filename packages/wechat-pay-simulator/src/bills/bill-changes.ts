import { Injectable } from '@nestjs/common';
import { ResetRegistry } from '../state/reset-registry.js';
import { LineChange } from './bill-change.js';
import { ExtraColumn } from './files/trade-bill.js';

/** What the bills of a day say other than what happened. */
export interface ChangesOfDay {
  readonly lines: readonly LineChange[];
  readonly extraColumns: readonly ExtraColumn[];
  readonly totalsOffByFen: number;
  readonly balanceOffByFen: number;
}

const NONE: ChangesOfDay = { lines: [], extraColumns: [], totalsOffByFen: 0, balanceOffByFen: 0 };

/** The changes that were asked for, by the day of the bill. */
@Injectable()
export class BillChanges {
  private readonly byDay = new Map<string, ChangesOfDay>();

  constructor(resets: ResetRegistry) {
    resets.onReset(() => {
      this.byDay.clear();
    });
  }

  ofDay(day: string): ChangesOfDay {
    return this.byDay.get(day) ?? NONE;
  }

  addLine(day: string, change: LineChange): void {
    const known = this.ofDay(day);
    this.byDay.set(day, { ...known, lines: [...known.lines, change] });
  }

  addColumn(day: string, column: ExtraColumn): void {
    const known = this.ofDay(day);
    this.byDay.set(day, { ...known, extraColumns: [...known.extraColumns, column] });
  }

  set(day: string, changes: Partial<Pick<ChangesOfDay, 'totalsOffByFen' | 'balanceOffByFen'>>): void {
    this.byDay.set(day, { ...this.ofDay(day), ...changes });
  }
}
