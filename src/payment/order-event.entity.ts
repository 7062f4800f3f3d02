import { Column, Entity, Index } from 'typeorm';
import { LargeRowId } from '../database/large-row-id.js';
import type { OrderEventType } from './event-facts.js';

/** Append-only: everything WeChat ever said about a payment, good or bad, so that a dispute can be settled years later. */
@Entity('order_events')
@Index('order_events_order_no', ['orderNo', 'id'])
@Index('order_events_result', ['type', 'result', 'id'])
export class OrderEvent {
  @LargeRowId()
  id!: number;

  @Column('datetime', { precision: 3 })
  at!: Date;

  /** Null for a notice that names no payment of ours. */
  @Column('varchar', { length: 32, nullable: true })
  orderNo!: string | null;

  /** As claimed: a forged notice may name anything. */
  @Index('order_events_out_trade_no')
  @Column('varchar', { length: 64, nullable: true })
  outTradeNo!: string | null;

  @Column('varchar', { length: 16 })
  type!: OrderEventType;

  /** What came of it, in one word: `APPLIED`, `BAD_SIGNATURE`, `OPEN`, `UNKNOWN` … */
  @Column('varchar', { length: 32 })
  result!: string;

  /** An English sentence, in rows from before there were facts. Not written any longer. */
  @Column('varchar', { length: 500, nullable: true })
  detail!: string | null;

  /** JSON, by the names of `EventFactTypes`; null when the result says everything. */
  @Column('text', { nullable: true })
  facts!: string | null;

  /** WeChat's text as it came, cut to 16 kB. It holds no secret of ours. */
  @Column('text', { nullable: true })
  raw!: string | null;
}
