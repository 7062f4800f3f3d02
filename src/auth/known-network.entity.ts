import { Entity, Index, PrimaryColumn } from 'typeorm';
import { MillisecondsColumn } from '../database/bigint-columns.js';
import { DeleteOldRows } from '../database/retention.js';

/** A network with a recent successful staff login, shared by all instances. */
@Entity('known_networks')
@DeleteOldRows<KnownNetwork>({ ageProperty: 'knownUntil', seconds: 0 })
export class KnownNetwork {
  /** SHA-256 of the network. */
  @PrimaryColumn('varchar', { length: 64 })
  network!: string;

  /** Until when the network counts as known, in milliseconds since 1970. */
  @Index('known_networks_known_until')
  @MillisecondsColumn()
  knownUntil!: number;
}
