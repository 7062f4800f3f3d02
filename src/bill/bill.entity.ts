import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';
import { BigintColumn, NullableBigintColumn } from '../database/bigint-columns.js';

/**
 * `WAITING`: WeChat has no bill of the day yet · `BALANCED`: every entry fits, or was explained · `DIFFERENCES`: some are open ·
 * `INCOMPLETE`: the file does not add up to its totals row, or its hash is wrong.
 */
export const BILL_STATUSES = ['WAITING', 'BALANCED', 'DIFFERENCES', 'INCOMPLETE'] as const;
export type BillStatus = (typeof BILL_STATUSES)[number];

/**
 * What the last download of a file ended with. `AVAILABLE`: it is stored · `NONE`: WeChat has no statement for the day ·
 * `CORRUPT`: its hash is wrong or it is cut off · `NOT_READY`: WeChat is creating it · `UNKNOWN`: no usable answer ·
 * `NOT_POSSIBLE`: the settings lack the keys for it.
 */
export const BILL_FILE_STATES = ['AVAILABLE', 'NONE', 'CORRUPT', 'NOT_READY', 'UNKNOWN', 'NOT_POSSIBLE'] as const;
export type BillFileState = (typeof BILL_FILE_STATES)[number];

/**
 * One Beijing day: what WeChat's bills say of it, what our records say, and how far they were compared. Amounts in fen. Only
 * the holder of the lease changes anything but `nextCheckAt` and the counts of differences.
 */
@Entity('bills')
export class Bill {
  @PrimaryGeneratedColumn('increment', { type: 'integer' })
  id!: number;

  /** `yyyy-MM-dd` */
  @Index('bills_date', { unique: true })
  @Column('varchar', { length: 10 })
  date!: string;

  /**
   * The merchant number whose bills these are: that of the settings when the row was added. It never changes: after a change of
   * the settings the day is not downloaded any more. Payments of other merchant numbers are not compared.
   */
  @Column('varchar', { length: 32 })
  mchId!: string;

  /** Grows with every change that an event reports. */
  @Column('integer')
  version!: number;

  /** Identifies what the last event has reported. */
  @Column('varchar', { length: 40, nullable: true })
  reportedDigest!: string | null;

  @Column('varchar', { length: 16 })
  status!: BillStatus;

  @Column('integer')
  paymentCount!: number;

  @BigintColumn()
  paymentFen!: number;

  @Column('integer')
  refundCount!: number;

  @BigintColumn()
  refundFen!: number;

  /** Fees of payments minus the fees that WeChat gave back with refunds. */
  @BigintColumn()
  feesFen!: number;

  /** Of our records, at the last comparison. */
  @Column('integer')
  ourPaymentCount!: number;

  @BigintColumn()
  ourPaymentFen!: number;

  @Column('integer')
  ourRefundCount!: number;

  @BigintColumn()
  ourRefundFen!: number;

  /** Payments minus refunds that only one side counts on this day, because the other side has them on a neighbouring day. */
  @BigintColumn()
  otherDaysFen!: number;

  @Column('integer')
  openDifferences!: number;

  /** Our entries near midnight that wait for the bill of the neighbouring day. */
  @Column('integer')
  waitingEntries!: number;

  @Column('varchar', { length: 16, nullable: true })
  tradeState!: BillFileState | null;

  /** `bill_files.id` of the current file and of its entries. */
  @Column('integer', { nullable: true })
  tradeFileId!: number | null;

  @Column('varchar', { length: 16, nullable: true })
  fundState!: BillFileState | null;

  @Column('integer', { nullable: true })
  fundFileId!: number | null;

  /** What the entries of this day moved on the merchant account: settled payments minus settled refunds minus fees. */
  @BigintColumn()
  settledFen!: number;

  /** The same of entries on this bill whose time is before this day: they moved the account on the day before. */
  @BigintColumn()
  earlierSettledFen!: number;

  /** The balance of the merchant account at the beginning of the day; null without a fund-flow bill. */
  @NullableBigintColumn()
  openingFen!: number | null;

  /** Movements of the balance that are neither payments, refunds nor their fees, such as withdrawals (negative). */
  @NullableBigintColumn()
  otherMovementsFen!: number | null;

  @NullableBigintColumn()
  closingFen!: number | null;

  /** Why the file is INCOMPLETE, or why the last download failed; one English sentence. */
  @Column('varchar', { length: 500, nullable: true })
  problem!: string | null;

  /** Counts the comparisons, so that differences of an earlier one are recognized. */
  @Column('integer')
  runNo!: number;

  /** The last comparison that has ended. Another one is repeated from its beginning when a crash has interrupted it. */
  @Column('integer')
  comparedRunNo!: number;

  /** The index into the back-off. */
  @Column('integer')
  attempts!: number;

  /** When the job works on the day again; null when nothing is left to do. */
  @Index('bills_next_check_at')
  @Column('datetime', { precision: 3, nullable: true })
  nextCheckAt!: Date | null;

  /** End of the lease of the instance that works on the day. */
  @Column('datetime', { precision: 3, nullable: true })
  leaseUntil!: Date | null;

  @Column('datetime', { precision: 3, nullable: true })
  downloadedAt!: Date | null;

  @Column('datetime', { precision: 3, nullable: true })
  reconciledAt!: Date | null;

  @Column('datetime', { precision: 3 })
  createdAt!: Date;
}
