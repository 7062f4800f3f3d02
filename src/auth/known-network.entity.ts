import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

const NUMBER = { from: Number, to: (value: unknown) => (value instanceof Date ? value.getTime() : value) };

/** A network with a recent successful staff login, shared by all instances. */
@Entity('known_networks')
export class KnownNetwork {
  /** SHA-256 of the network. */
  @PrimaryColumn('varchar', { length: 64 })
  network!: string;

  /** Until when the network counts as known, in milliseconds since 1970. */
  @Index('known_networks_known_until')
  @Column('bigint', { transformer: NUMBER })
  knownUntil!: number;
}
