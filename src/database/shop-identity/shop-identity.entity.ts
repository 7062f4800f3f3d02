import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The shop to which this database belongs: one row, written at the first start. */
@Entity('shop_identity')
export class ShopIdentity {
  /** Always `SHOP_IDENTITY_ROW_ID`, so that two concurrent first starts cannot both insert a row. */
  @PrimaryColumn('integer')
  id!: number;

  /** Null if an upgraded database does not show whether its invented merchant was used live or with the simulator. */
  @Column('varchar', { length: 16, nullable: true })
  mode!: 'simulator' | 'live' | null;

  @Column('varchar', { length: 32 })
  mchId!: string;

  /** When this merchant number was first used, in UTC. */
  @Column('datetime', { precision: 3 })
  since!: Date;
}

export const SHOP_IDENTITY_ROW_ID = 1;
