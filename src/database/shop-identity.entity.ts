import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Which shop this database belongs to: one row, written at the first start. */
@Entity('shop_identity')
export class ShopIdentity {
  /** Always `THE_ONE_ROW`, so that two first starts at once cannot both write. */
  @PrimaryColumn('integer')
  id!: number;

  /** Null when an upgraded database does not say whether its invented merchant was live or the simulator's. */
  @Column('varchar', { length: 16, nullable: true })
  mode!: 'simulator' | 'live' | null;

  @Column('varchar', { length: 32 })
  mchId!: string;

  /** UTC. When this merchant number was first used. */
  @Column('datetime', { precision: 3 })
  since!: Date;
}

export const SHOP_IDENTITY_ROW_ID = 1;
