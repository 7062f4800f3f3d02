import { Column, Entity, Index } from 'typeorm';
import { BigintColumn, LargeRowId, NullableBigintColumn } from '../../database/bigint-columns.js';

/**
 * `MISSING_HERE`: only WeChat has it · `MISSING_THERE`: only we have it · `AMOUNT`, `STATUS`: both have it, with another amount
 * or state · `FEE`: the fee differs from its rate by more than rounding · `FUND_FLOW`: the balance of the merchant account does
 * not follow from the day's payments, refunds, fees and other movements.
 */
export const DIFFERENCE_KINDS = ['MISSING_HERE', 'MISSING_THERE', 'AMOUNT', 'STATUS', 'FEE', 'FUND_FLOW'] as const;
export type DifferenceKind = (typeof DIFFERENCE_KINDS)[number];

/** `OPEN` · `RESOLVED`: it has gone by itself · `EXPLAINED`: by a person. */
export const DIFFERENCE_STATUSES = ['OPEN', 'RESOLVED', 'EXPLAINED'] as const;
export type DifferenceStatus = (typeof DIFFERENCE_STATUSES)[number];

/**
 * How a difference was resolved. `PAYMENT_APPLIED`: the payment was queried at WeChat and its order is paid · `PAYMENT_LATE`: the
 * same, but the payment was late or a duplicate, so it is refunded · `REFUND_IMPORTED` from WeChat's merchant platform ·
 * `REFUND_UPDATED`: the state of our refund was behind WeChat's · `RECORDED_MEANWHILE`: another result had closed the gap before
 * the bill did · `ON_OTHER_BILL`: the entry is on the bill of another day.
 */
export const RESOLUTIONS = [
  'PAYMENT_APPLIED',
  'PAYMENT_LATE',
  'REFUND_IMPORTED',
  'REFUND_UPDATED',
  'RECORDED_MEANWHILE',
  'ON_OTHER_BILL',
] as const;
export type Resolution = (typeof RESOLUTIONS)[number];

/** What a difference is about. `DAY`: the whole day. */
export const ENTRY_TYPES = ['PAYMENT', 'REFUND', 'REVOKED', 'DAY'] as const;
export type DifferenceEntryType = (typeof ENTRY_TYPES)[number];

/** One difference between WeChat's bill of a day and our records. Amounts in fen. */
@Entity('bill_differences')
@Index('bill_differences_entry', ['billId', 'entryType', 'number', 'kind'], { unique: true })
@Index('bill_differences_status', ['billId', 'status', 'id'])
export class BillDifference {
  @LargeRowId()
  id!: number;

  /** `bills.id` */
  @Column('integer')
  billId!: number;

  @Column('varchar', { length: 16 })
  kind!: DifferenceKind;

  @Column('varchar', { length: 8 })
  entryType!: DifferenceEntryType;

  /** The number by which both sides are compared: `outTradeNo` of a payment, `outRefundNo` of a refund. */
  @Column('varchar', { length: 64 })
  number!: string;

  /** `WAITING`: our entry near midnight that may be on the next bill. It is not shown and counts as no difference yet. */
  @Column('varchar', { length: 16 })
  status!: DifferenceStatus | 'WAITING';

  @Column('varchar', { length: 64, nullable: true })
  outTradeNo!: string | null;

  @Column('varchar', { length: 64, nullable: true })
  outRefundNo!: string | null;

  @Column('varchar', { length: 64, nullable: true })
  transactionId!: string | null;

  /** The order in our records; null when the entry belongs to none. */
  @Column('varchar', { length: 32, nullable: true })
  orderNo!: string | null;

  @NullableBigintColumn()
  oursFen!: number | null;

  @NullableBigintColumn()
  theirsFen!: number | null;

  /** What leads from our total of the day to WeChat's: payments minus refunds. */
  @BigintColumn()
  effectFen!: number;

  @Column('varchar', { length: 16, nullable: true })
  ourState!: string | null;

  @Column('varchar', { length: 16, nullable: true })
  theirState!: string | null;

  @Column('datetime', { precision: 3, nullable: true })
  entryAt!: Date | null;

  /** Null unless RESOLVED. */
  @Column('varchar', { length: 24, nullable: true })
  resolution!: Resolution | null;

  @Column('varchar', { length: 500, nullable: true })
  note!: string | null;

  /** The username at that time. */
  @Column('varchar', { length: 64, nullable: true })
  explainedBy!: string | null;

  /** `runNo` of the last comparison that found it. */
  @Column('integer')
  seenRun!: number;

  @Column('datetime', { precision: 3 })
  createdAt!: Date;

  /** When it was resolved or explained. */
  @Column('datetime', { precision: 3, nullable: true })
  endedAt!: Date | null;
}
