import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** One entry of the session store when it is the database. The key holds a token's hash, never the token. */
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
