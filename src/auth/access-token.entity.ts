import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What all instances know of one kind of access token of one mini-program. */
@Entity('access_tokens')
export class AccessToken {
  /** Kind and appid, such as `stable:wx8888888888888888`. */
  @PrimaryColumn('varchar', { length: 64 })
  name!: string;

  /** Counts the tokens; 0 before the first. */
  @Column('integer')
  serial!: number;

  /** Sealed under a key made of the AppSecret: a dump of the database calls nobody. */
  @Column('text', { nullable: true })
  sealedToken!: string | null;

  @Column('datetime', { precision: 3, nullable: true })
  renewAt!: Date | null;

  @Column('datetime', { precision: 3, nullable: true })
  expiresAt!: Date | null;

  /** When one was last got out of turn, because WeChat refused the one before; WeChat counts these. */
  @Column('datetime', { precision: 3, nullable: true })
  forcedAt!: Date | null;

  /** Of whoever may ask WeChat for the next one, or was the last who might. */
  @Column('varchar', { length: 24 })
  leaseId!: string;

  /** When that right lapses; null: nobody is about it. */
  @Column('datetime', { precision: 3, nullable: true })
  leaseUntil!: Date | null;
}
