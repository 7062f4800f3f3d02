import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** In ascending order: each role includes the rights of the roles before it. */
export const ROLES = ['VIEWER', 'OPERATOR', 'ADMIN'] as const;
export type Role = (typeof ROLES)[number];

/** An account of the merchant's staff, of any role. `ADMIN` is only the highest role. */
@Entity('admins')
export class StaffAccount {
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

  /** Incremented to end all sessions of this account at once, in any session store: a session stores its own epoch. */
  @Column('integer', { default: 0 })
  sessionEpoch!: number;

  /** Hash of the one token that stays valid after the latest increment, when staff change their own account. */
  @Column('varchar', { length: 64, nullable: true })
  keptSessionHash!: string | null;

  /**
   * Incremented in all rows by an update of any account, so that concurrent updates conflict. Also incremented in the row
   * of the administrator who updates or creates an account, or creates or takes over an API key, so that the action
   * conflicts with an update of that administrator's rights.
   */
  @Column('integer', { default: 0 })
  changeCount!: number;

  @Column('datetime', { precision: 3 })
  createdAt!: Date;
}
