import { Column, Entity, PrimaryColumn } from 'typeorm';
import { BigintColumn } from '../../database/bigint-columns.js';

export type BillEntryType = 'PAYMENT' | 'REFUND' | 'REVOKED';

/** One line of a trade bill, as far as it is compared or shown. Amounts in fen. The file has all columns. */
@Entity('bill_entries')
export class BillEntry {
  @PrimaryColumn('integer')
  fileId!: number;

  @PrimaryColumn('varchar', { length: 8 })
  type!: BillEntryType;

  /** `outTradeNo` of a payment, `outRefundNo` of a refund. */
  @PrimaryColumn('varchar', { length: 64 })
  number!: string;

  /** WeChat's time of the payment, or at which it accepted the refund. */
  @Column('datetime', { precision: 3 })
  at!: Date;

  @Column('varchar', { length: 64 })
  outTradeNo!: string;

  @Column('varchar', { length: 64 })
  transactionId!: string;

  /** Empty for a payment. */
  @Column('varchar', { length: 64 })
  refundId!: string;

  /** The price of the order, or the refund as it was requested. */
  @BigintColumn()
  amountFen!: number;

  /** What was settled: without coupons of WeChat that the merchant does not receive. */
  @BigintColumn()
  settledFen!: number;

  /** Negative for a refund. */
  @BigintColumn()
  feeFen!: number;

  /** As on the bill, such as `0.60%`; empty when it has none. */
  @Column('varchar', { length: 16 })
  feeRate!: string;

  /** Of a refund when WeChat created the bill, see `TheirEntry.state`; empty for a payment. */
  @Column('varchar', { length: 16 })
  state!: string;

  @Column('varchar', { length: 16 })
  tradeType!: string;
}
