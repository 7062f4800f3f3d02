import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The access token of one app (mini-program or mobile app) in one mode, shared by all instances. */
@Entity('access_tokens')
export class AccessToken {
  /** Mode and appid, such as `stable:wx8888888888888888`. */
  @PrimaryColumn('varchar', { length: 64 })
  name!: string;

  /** Number of tokens stored so far; 0 before the first. */
  @Column('integer')
  serial!: number;

  /** Encrypted with a key derived from the AppSecret, so that a database dump contains no usable token. */
  @Column('text', { nullable: true })
  encryptedToken!: string | null;

  @Column('datetime', { precision: 3, nullable: true })
  renewAt!: Date | null;

  @Column('datetime', { precision: 3, nullable: true })
  expiresAt!: Date | null;

  /** When a new token was last requested because WeChat refused the old one. WeChat limits such requests. */
  @Column('datetime', { precision: 3, nullable: true })
  forcedAt!: Date | null;

  /** The current or last lease for requesting the next token. */
  @Column('varchar', { length: 24 })
  leaseId!: string;

  /** When the lease expires; null when it was released. */
  @Column('datetime', { precision: 3, nullable: true })
  leaseUntil!: Date | null;
}
