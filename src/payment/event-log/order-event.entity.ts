import { Column, Entity, Index } from 'typeorm';
import { LargeRowId } from '../../database/bigint-columns.js';
import type { OrderEventType } from './order-event-types.js';

/**
 * Append-only log of an order: results from WeChat, decisions, shipping and coupons. It is kept as evidence for
 * disputes.
 */
@Entity('order_events')
@Index('order_events_order_no', ['orderNo', 'id'])
@Index('order_events_result', ['type', 'result', 'id'])
export class OrderEvent {
  @LargeRowId()
  id!: number;

  @Column('datetime', { precision: 3 })
  at!: Date;

  /**
   * Null for a result of a payment that is not of this shop, for a notice of a failed payment, and for a rejected notice
   * or failed query of an unknown refund: these are found by `outTradeNo`.
   */
  @Column('varchar', { length: 32, nullable: true })
  orderNo!: string | null;

  /** As the notice states it; a forged notice may contain anything. */
  @Index('order_events_out_trade_no')
  @Column('varchar', { length: 64, nullable: true })
  outTradeNo!: string | null;

  @Column('varchar', { length: 16 })
  type!: OrderEventType;

  /** The event result, one of `EVENT_RESULTS`: `APPLIED`, `REPEATED`, `OPEN`, `UNKNOWN` … */
  @Column('varchar', { length: 32 })
  result!: string;

  /** An English sentence, only in rows older than the column `facts`. */
  @Column('varchar', { length: 500, nullable: true })
  detail!: string | null;

  /** JSON with the names of `EventDataTypes`; null when the result needs no data. */
  @Column('text', { name: 'facts', nullable: true })
  data!: string | null;

  /** WeChat's message as received, truncated to 16,000 characters. It contains no secret. */
  @Column('text', { nullable: true })
  raw!: string | null;
}
