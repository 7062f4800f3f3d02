import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { DeleteOldRows } from '../../database/retention.js';

/** A session in the database. The key contains the hash of the token, never the token. */
@Entity('sessions')
@DeleteOldRows<Session>({ ageProperty: 'expiresAt', seconds: 0 })
export class Session {
  @PrimaryColumn('varchar', { length: 128 })
  storeKey!: string;

  @Column('text')
  content!: string;

  @Index('sessions_expires_at')
  @Column('datetime', { precision: 3 })
  expiresAt!: Date;
}
