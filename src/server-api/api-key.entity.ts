import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

/** The scopes of API keys. A route requires one of them. No scope gives access to the admin API. */
export const SCOPES = [
  'orders:read',
  'orders:ship',
  'refunds:write',
  'payments:read',
  'payments:write',
  'events:read',
  'events:manage',
] as const;
export type Scope = (typeof SCOPES)[number];

/** An API key of one of the merchant's own programs. Only the hash of the key is stored. */
@Entity('api_keys')
export class ApiKey {
  /** Sort key of the list. */
  @PrimaryGeneratedColumn('increment', { type: 'integer' })
  id!: number;

  /** The public part of the key. Identifies the key in the audit log and in `decidedBy` of a refund. */
  @Index('api_keys_key_id', { unique: true })
  @Column('varchar', { length: 24 })
  keyId!: string;

  @Column('varchar', { length: 64 })
  name!: string;

  /** The beginning of the key up to the secret, to find the key in a configuration. */
  @Column('varchar', { length: 32 })
  prefix!: string;

  /** SHA-256 of the whole key. 256 random bits cannot be guessed, so no slow hash is needed. */
  @Column('varchar', { length: 64 })
  keyHash!: string;

  /** Separated by spaces. */
  @Column('varchar', { length: 255 })
  scopes!: string;

  /** The username of the creator at that time. */
  @Column('varchar', { length: 64 })
  createdBy!: string;

  /** The creator's account; null for keys from before this column, when the upgrade could not determine it. */
  @Column('varchar', { length: 24, nullable: true })
  createdById!: string | null;

  /** The responsible account: the creator, or the administrator who took the key over last. */
  @Column('varchar', { length: 24, nullable: true })
  responsibleId!: string | null;

  /** In fen. Every key has a limit, so that a leaked key cannot empty the merchant's account. */
  @Column('integer')
  maxRefundFenPerDay!: number;

  /** The Beijing day of `refundDayFen`, as `yyyyMMdd`; null before the first refund. */
  @Column('varchar', { length: 8, nullable: true })
  refundDay!: string | null;

  /** Refunds created with this key on that day, in fen. Includes failed refunds, which are subtracted when it is compared. */
  @Column('integer')
  refundDayFen!: number;

  @Column('datetime', { precision: 3 })
  createdAt!: Date;

  /** Accurate to one minute, so that not every call writes to the database. */
  @Column('datetime', { precision: 3, nullable: true })
  lastUsedAt!: Date | null;

  @Column('datetime', { precision: 3, nullable: true })
  expiresAt!: Date | null;

  @Column('datetime', { precision: 3, nullable: true })
  revokedAt!: Date | null;
}

export function scopesOf({ scopes }: Pick<ApiKey, 'scopes'>): Scope[] {
  const storedScopes = scopes.split(' ');
  return SCOPES.filter((scope) => storedScopes.includes(scope));
}

/**
 * Whether the key reaches the refunds of orders of the shop. A key with `payments:…` and without `orders:…` is limited to payment
 * orders, so its `refunds:write` does not.
 */
export function reachesShopRefunds(key: Pick<ApiKey, 'scopes'>): boolean {
  const scopes = scopesOf(key);
  if (scopes.includes('orders:read')) return true;
  const isLimited =
    scopes.some((scope) => scope.startsWith('payments:')) && !scopes.some((scope) => scope.startsWith('orders:'));
  return scopes.includes('refunds:write') && !isLimited;
}

/** Whether the key is neither revoked nor expired. */
export function isActive({ expiresAt, revokedAt }: ApiKey, now: Date): boolean {
  return revokedAt === null && (expiresAt === null || expiresAt > now);
}
