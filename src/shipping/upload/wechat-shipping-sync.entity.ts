import { Column, Entity, Index, PrimaryGeneratedColumn, type EntityManager } from 'typeorm';
import { isUniqueViolation } from '../../database/database-errors.js';
import { insertRow } from '../../database/rows.js';

/**
 * The use of the order's one re-ship, which must not be used twice, and the times in WeChat's messages about its shipping.
 * The times are only for display: no money moves because of them.
 */
@Entity('wechat_shipping_syncs')
export class WechatShippingSync {
  @PrimaryGeneratedColumn('increment', { type: 'integer' })
  id!: number;

  @Index('wechat_shipping_syncs_order_no', { unique: true })
  @Column('varchar', { length: 32 })
  orderNo!: string;

  /** When the payment's one re-ship was used; null while it is unused. */
  @Column('datetime', { precision: 3, nullable: true })
  reshippedAt!: Date | null;

  /** When WeChat last reminded the shop to ship. */
  @Column('datetime', { precision: 3, nullable: true })
  remindedAt!: Date | null;

  /** When the receipt was confirmed, by the buyer or automatically. */
  @Column('datetime', { precision: 3, nullable: true })
  confirmedAt!: Date | null;

  /** When WeChat expects to release the money. */
  @Column('datetime', { precision: 3, nullable: true })
  settlementExpectedAt!: Date | null;

  /** When WeChat released the money. */
  @Column('datetime', { precision: 3, nullable: true })
  settledAt!: Date | null;
}

/** Ensures that the order has a row. Of two concurrent calls, one finds the row that the other has committed. */
export async function ensureShippingSync(tx: EntityManager, orderNo: string): Promise<void> {
  if (await tx.existsBy(WechatShippingSync, { orderNo })) return;
  try {
    await insertRow(tx, WechatShippingSync, { orderNo });
  } catch (error) {
    // Both databases then undo only this statement, not the transaction.
    if (!isUniqueViolation(error)) throw error;
  }
}
