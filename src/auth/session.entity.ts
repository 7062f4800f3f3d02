import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A session in the database. The key contains the hash of the token, never the token. */
@Entity('sessions')
export class Session {
  @PrimaryColumn('varchar', { length: 128 })
  storeKey!: string;

  @Column('text')
  content!: string;

  @Index('sessions_expires_at')
  @Column('datetime', { precision: 3 })
  expiresAt!: Date;
}
