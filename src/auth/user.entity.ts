import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A person who has logged in from the mini-program. Known by `openid`, which is theirs under our appid alone. */
@Entity('users')
export class User {
  @PrimaryColumn('varchar', { length: 24 })
  id!: string;

  @Index('users_openid', { unique: true })
  @Column('varchar', { length: 128 })
  openid!: string;

  /** The same person in the merchant's other apps, where WeChat tells it. */
  @Column('varchar', { length: 128, nullable: true })
  unionid!: string | null;

  /** What `getPhoneNumber` gave, sealed for this user alone; null until then. */
  @Column('varchar', { length: 255, nullable: true })
  sealedPhone!: string | null;

  /** When staff blocked them; null otherwise. */
  @Column('datetime', { precision: 3, nullable: true })
  blockedAt!: Date | null;

  /** Sessions begun in an earlier epoch are ended: a block counts it up. */
  @Column('integer', { default: 0 })
  sessionEpoch!: number;

  /** Counts up with every try to place an order, so that two tries of one user happen one after the other. */
  @Column('integer', { default: 0 })
  orderTurn!: number;

  @Column('datetime', { precision: 3 })
  createdAt!: Date;
}
