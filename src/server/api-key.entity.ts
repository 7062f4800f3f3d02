import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

/** What a key may be for. A route asks for one of them; none of them opens the merchant's console. */
export const SCOPES = ['orders:read', 'orders:ship', 'refunds:write'] as const;
export type Scope = (typeof SCOPES)[number];

/** The key of a program of the shop's own. The key itself is known to that program alone. */
@Entity('api_keys')
export class ApiKey {
  /** The order of the list. */
  @PrimaryGeneratedColumn('increment', { type: 'integer' })
  id!: number;

  /** The public part of the key: who acts, in the audit log and in what a refund says of who decided. */
  @Index('api_keys_key_id', { unique: true })
  @Column('varchar', { length: 24 })
  keyId!: string;

  @Column('varchar', { length: 64 })
  name!: string;

  /** How the key begins, for people who look for it in a configuration: everything up to the secret. */
  @Column('varchar', { length: 32 })
  prefix!: string;

  /** SHA-256 of the whole key: of 256 random bits there is nothing to guess, so nothing slower is needed. */
  @Column('varchar', { length: 64 })
  keyHash!: string;

  /** Divided by spaces. */
  @Column('varchar', { length: 255 })
  scopes!: string;

  /** The name of whoever made it, as it was then. */
  @Column('varchar', { length: 64 })
  createdBy!: string;

  /** The account of whoever made it; null when an upgrade could not say. */
  @Column('varchar', { length: 24, nullable: true })
  createdById!: string | null;

  /** The account that answers for it: its maker's, or that of the administrator who took it over last. */
  @Column('varchar', { length: 24, nullable: true })
  responsibleId!: string | null;

  /** Fen. What leaks must not empty the merchant's account: there is no key without a limit. */
  @Column('integer')
  maxRefundFenPerDay!: number;

  /** The Beijing day, `yyyyMMdd`, that `refundDayFen` counts; null before the first refund. */
  @Column('varchar', { length: 8, nullable: true })
  refundDay!: string | null;

  /** Fen of the refunds that were begun with this key on that day. Those that failed are subtracted when it is compared. */
  @Column('integer')
  refundDayFen!: number;

  @Column('datetime', { precision: 3 })
  createdAt!: Date;

  /** To the minute, so that reading does not become writing. */
  @Column('datetime', { precision: 3, nullable: true })
  lastUsedAt!: Date | null;

  @Column('datetime', { precision: 3, nullable: true })
  expiresAt!: Date | null;

  @Column('datetime', { precision: 3, nullable: true })
  revokedAt!: Date | null;
}

export function scopesOf({ scopes }: Pick<ApiKey, 'scopes'>): Scope[] {
  const given = scopes.split(' ');
  return SCOPES.filter((scope) => given.includes(scope));
}

/** Whether the key opens anything at all now. */
export function isActive({ expiresAt, revokedAt }: ApiKey, now: Date): boolean {
  return revokedAt === null && (expiresAt === null || expiresAt > now);
}
