import { Column, Entity, Index } from 'typeorm';
import type { NoticeKind } from '../common/metric-labels.js';
import { LargeRowId } from '../database/large-row-id.js';

/** `outTradeNo` of notices that name no payment of ours. Not null: a unique index does not compare nulls. */
export const NO_PAYMENT = '';

/**
 * Notices that were refused before anything was believed, one row for each payment, kind and reason. Anyone can send such
 * a notice, so a row counts them instead of there being a row for each.
 */
@Entity('refused_notices')
@Index('refused_notices_subject', ['outTradeNo', 'kind', 'result'], { unique: true })
export class RefusedNotice {
  @LargeRowId()
  id!: number;

  @Column('varchar', { length: 16 })
  kind!: NoticeKind;

  /** Why, in one word: `BAD_SIGNATURE`, `MALFORMED` … */
  @Column('varchar', { length: 32 })
  result!: string;

  /** Of the payment that the notices claim to be about, when there is such a payment; otherwise `NO_PAYMENT`. */
  @Column('varchar', { length: 32 })
  outTradeNo!: string;

  /** How many there were. Stops at `MAX_COUNTED`. */
  @Column('integer')
  notices!: number;

  @Column('datetime', { precision: 3 })
  firstAt!: Date;

  @Index('refused_notices_last_at')
  @Column('datetime', { precision: 3 })
  lastAt!: Date;

  /** The text of the first one, cut to 1,000 characters. It proves nothing: anyone may have written it. */
  @Column('text', { nullable: true })
  raw!: string | null;
}
