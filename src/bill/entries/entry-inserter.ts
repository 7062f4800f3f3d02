import type { DataSource } from 'typeorm';
import type { UnitOfWork } from '../../database/unit-of-work.js';
import type { TheirEntry } from './their-entry.js';
import { type TimeValues, timeValuesOf } from './time-values.js';

const COLUMNS = [
  ...(['file_id', 'type', 'number', 'at', 'out_trade_no', 'transaction_id', 'refund_id'] as const),
  ...(['amount_fen', 'settled_fen', 'fee_fen', 'fee_rate', 'state', 'trade_type'] as const),
];
/** Rows per statement: SQLite takes 32,766 values. */
const ROWS_PER_STATEMENT = 400;
/** Statements per transaction: each commit waits for the disk, and on SQLite other work waits for the transaction. */
const STATEMENTS_PER_TRANSACTION = 5;
const BATCH_SIZE = ROWS_PER_STATEMENT * STATEMENTS_PER_TRANSACTION;

const MARKS = `(${COLUMNS.map(() => '?').join(', ')})`;
const insertOf = (rows: number): string =>
  `INSERT INTO bill_entries (${COLUMNS.join(', ')}) VALUES ${Array<string>(rows).fill(MARKS).join(', ')}`;
const FULL_INSERT = insertOf(ROWS_PER_STATEMENT);

/** Stores the entries of one file in the order of their key, with plain SQL: a bill may have a million. */
export class EntryInserter {
  private batch: TheirEntry[] = [];
  private readonly times: TimeValues;

  /** @param onProgress is called before each transaction. */
  constructor(
    dataSource: DataSource,
    private readonly unitOfWork: UnitOfWork,
    private readonly fileId: number,
    private readonly onProgress: () => Promise<void>,
  ) {
    this.times = timeValuesOf(dataSource);
  }

  /** @returns a promise to await before the next entry when a batch is full, otherwise undefined. */
  add(entry: TheirEntry): Promise<void> | undefined {
    this.batch.push(entry);
    return this.batch.length === BATCH_SIZE ? this.flush() : undefined;
  }

  async flush(): Promise<void> {
    const rows = this.batch;
    this.batch = [];
    if (rows.length === 0) return;
    await this.onProgress();
    await this.unitOfWork.run(async (tx) => {
      for (let start = 0; start < rows.length; start += ROWS_PER_STATEMENT) {
        const part = rows.slice(start, start + ROWS_PER_STATEMENT);
        const statement = part.length === ROWS_PER_STATEMENT ? FULL_INSERT : insertOf(part.length);
        await tx.query(
          statement,
          part.flatMap((entry) => this.valuesOf(entry)),
        );
      }
    });
  }

  /** In the order of COLUMNS. */
  private valuesOf(entry: TheirEntry): unknown[] {
    return [
      this.fileId,
      entry.type,
      entry.number,
      this.times.toSql(new Date(entry.atMs)),
      entry.outTradeNo,
      entry.transactionId,
      entry.refundId,
      entry.amountFen,
      entry.settledFen,
      entry.feeFen,
      entry.feeRate,
      entry.state,
      entry.tradeType,
    ];
  }
}
