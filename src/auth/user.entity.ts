import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A mini-program user. An `openid` is valid under one app only. */
@Entity('users')
@Index('users_openid_app', ['openid', 'appId'], { unique: true })
export class User {
  @PrimaryColumn('varchar', { length: 24 })
  id!: string;

  /** The app of the login. Empty for a user from before the column existed whose app is not proven: the next login sets it. */
  @Column('varchar', { length: 32, default: '' })
  appId!: string;

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
