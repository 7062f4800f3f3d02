import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A mini-program user, identified by `openid`, which is valid for our appid only. */
@Entity('users')
export class User {
  @PrimaryColumn('varchar', { length: 24 })
  id!: string;

  @Index('users_openid', { unique: true })
  @Column('varchar', { length: 128 })
  openid!: string;

  /** Identifies the same person in the merchant's other apps; null when WeChat does not return it. */
  @Column('varchar', { length: 128, nullable: true })
  unionid!: string | null;

  /** The phone number from `getPhoneNumber`, encrypted and bound to this user; null until shared. */
  @Column('varchar', { length: 255, nullable: true })
  encryptedPhone!: string | null;

  /** When staff blocked the user; null when not blocked. */
  @Column('datetime', { precision: 3, nullable: true })
  blockedAt!: Date | null;

  /** Sessions of an earlier epoch are ended. A block increments it. */
  @Column('integer', { default: 0 })
  sessionEpoch!: number;

  /** Incremented by every order of the user, which serializes concurrent orders of one user. */
  @Column('integer', { default: 0 })
  orderTurn!: number;

  @Column('datetime', { precision: 3 })
  createdAt!: Date;
}
