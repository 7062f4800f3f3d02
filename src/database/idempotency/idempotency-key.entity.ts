import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { DeleteOldRows } from '../retention.js';

/** A week, longer than any client retries. */
const TTL_SECONDS = 7 * 86_400;

/** The first response to a call with an `Idempotency-Key`. Keys are hashed, so that any key fits and case matters. */
@Entity('idempotency_keys')
@DeleteOldRows<IdempotencyKey>({ ageProperty: 'createdAt', seconds: TTL_SECONDS })
export class IdempotencyKey {
  @PrimaryColumn('varchar', { length: 24 })
  userId!: string;

  @PrimaryColumn('varchar', { length: 64 })
  keyHash!: string;

  @Column('varchar', { length: 64 })
  requestHash!: string;

  @Column('text')
  answer!: string;

  @Index('idempotency_keys_created_at')
  @Column('datetime', { precision: 3 })
  createdAt!: Date;
}
