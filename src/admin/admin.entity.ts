import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** Each may do what stands before it. */
export const ROLES = ['VIEWER', 'OPERATOR', 'ADMIN'] as const;
export type Role = (typeof ROLES)[number];

/** One of the merchant's staff. */
@Entity('admins')
export class Admin {
  @PrimaryColumn('varchar', { length: 24 })
  id!: string;

  @Index('admins_username', { unique: true })
  @Column('varchar', { length: 64 })
  username!: string;

  /** argon2id, with its parameters and salt. */
  @Column('varchar', { length: 255 })
  passwordHash!: string;

  @Column('varchar', { length: 16 })
  role!: Role;

  @Column('boolean')
  isDisabled!: boolean;

  /** Counted up to end every session of theirs at once, wherever sessions are kept: each knows the number it began with. */
  @Column('integer', { default: 0 })
  sessionEpoch!: number;

  /** The hash of the one token that outlives the latest count: of whoever changed their own account. */
  @Column('varchar', { length: 64, nullable: true })
  keptSession!: string | null;

  /** Counted up by every change of any account, so that two changes at once meet. */
  @Column('integer', { default: 0 })
  changeCount!: number;

  @Column('datetime', { precision: 3 })
  createdAt!: Date;
}
