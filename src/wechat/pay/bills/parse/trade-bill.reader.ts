import type { BillTotalsCheck, CountedSum, TradeEntry, TradeTotals } from '../bill-entries.js';
import { ExactSum, microFenSumToFen } from './decimals.js';
import { type BillRows, type ExpectedTotal, readBill } from './read-bill.js';
import { TRADE_AMOUNTS, TRADE_LAYOUT, type TradeAmount } from './trade-columns.js';
import { TradeRowParser } from './trade-row.js';

/**
 * Reads WeChat's trade bill of any known layout, of v2 or API v3, and checks it against its totals row. Memory is bounded by
 * one chunk.
 * @param chunks the uncompressed file, in pieces of any size.
 * @param onEntry receives each row in the file's order. A returned promise is awaited before the next row.
 * @returns problems of the file. Errors of `chunks` and `onEntry` are thrown.
 */
export function readTradeBill(
  chunks: AsyncIterable<Buffer>,
  onEntry: (entry: TradeEntry) => Promise<void> | void,
): Promise<BillTotalsCheck<TradeTotals>> {
  return readBill(chunks, TRADE_LAYOUT, new TradeRows(onEntry));
}

class TradeRows implements BillRows<TradeTotals> {
  private parser = new TradeRowParser([]);
  private rows = 0;
  private readonly counted: Record<TradeEntry['type'], CountedSum> = {
    PAYMENT: { count: 0, fen: 0 },
    REFUND: { count: 0, fen: 0 },
    REVOKED: { count: 0, fen: 0 },
  };
  private readonly sums = Object.fromEntries(TRADE_AMOUNTS.map(({ column }) => [column, new ExactSum()])) as Record<
    TradeAmount,
    ExactSum
  >;

  constructor(private readonly onEntry: (entry: TradeEntry) => Promise<void> | void) {}

  begin(columns: readonly string[]): string | null {
    this.parser = new TradeRowParser(columns);
    return this.parser.problem();
  }

  accept(values: readonly string[]): Promise<void> | string | undefined {
    const row = this.parser.parse(values);
    if (typeof row === 'string') return row;
    const { entry, amounts } = row;
    this.rows++;
    const counted = this.counted[entry.type];
    counted.count++;
    counted.fen += entry.amountFen;
    for (const { column } of TRADE_AMOUNTS) this.sums[column].add(amounts[column]);
    return this.onEntry(entry) ?? undefined;
  }

  expectedTotals(): readonly ExpectedTotal[] {
    const sums = TRADE_AMOUNTS.filter(({ column }) => this.parser.has(column)).map(({ column, totals, decimals }) => ({
      names: totals,
      decimals,
      value: this.sums[column].value,
    }));
    return [{ names: [TRADE_LAYOUT.totalsColumn], decimals: 0, value: BigInt(this.rows) }, ...sums];
  }

  totals(): TradeTotals {
    const { PAYMENT: payments, REFUND: refunds, REVOKED: revoked } = this.counted;
    return { rows: this.rows, payments, refunds, revoked, feesFen: microFenSumToFen(this.sums.fee.value) };
  }
}
