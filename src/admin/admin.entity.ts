import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** In ascending order: each role includes the rights of the roles before it. */
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

  /** Incremented to end all sessions of this account at once, in any session store: a session stores its own epoch. */
  @Column('integer', { default: 0 })
  sessionEpoch!: number;

  /** Hash of the one token that stays valid after the latest increment, when staff change their own account. */
  @Column('varchar', { length: 64, nullable: true })
  keptSessionHash!: string | null;

  /** Incremented by every change of any account, so that concurrent changes conflict. */
  @Column('integer', { default: 0 })
  changeCount!: number;

  @Column('datetime', { precision: 3 })
  createdAt!: Date;
}
