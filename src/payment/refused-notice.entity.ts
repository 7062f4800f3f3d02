import { Column, Entity, Index } from 'typeorm';
import type { NoticeKind } from '../common/metric-labels.js';
import { LargeRowId } from '../database/large-row-id.js';

/** `outTradeNo` of notices without a payment of this shop. Not null, because a unique index does not compare nulls. */
export const NO_PAYMENT = '';

/**
 * Counts notices that failed verification, one row per payment, kind and reason. Anyone can send such notices, so they do
 * not get a row each.
 */
@Entity('refused_notices')
@Index('refused_notices_subject', ['outTradeNo', 'kind', 'result'], { unique: true })
export class RefusedNotice {
  @LargeRowId()
  id!: number;

  @Column('varchar', { length: 16 })
  kind!: NoticeKind;

  /** Reason: `BAD_SIGNATURE`, `MALFORMED` … */
  @Column('varchar', { length: 32 })
  result!: string;

  /** The payment that the notices name, if it exists; otherwise `NO_PAYMENT`. */
  @Column('varchar', { length: 32 })
  outTradeNo!: string;

  /** Number of notices, at most `MAX_COUNTED`. */
  @Column('integer')
  notices!: number;

  @Column('datetime', { precision: 3 })
  firstAt!: Date;

  @Index('refused_notices_last_at')
  @Column('datetime', { precision: 3 })
  lastAt!: Date;

  /** Text of the first notice, truncated to 1,000 characters. It proves nothing: anyone can have sent it. */
  @Column('text', { nullable: true })
  raw!: string | null;
}
