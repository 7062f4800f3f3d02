import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

const NUMBER = { from: Number, to: (value: unknown) => (value instanceof Date ? value.getTime() : value) };

/** A network from which a member of staff has logged in lately: shared by all instances. */
@Entity('known_networks')
export class KnownNetwork {
  /** A hash of the network. */
  @PrimaryColumn('varchar', { length: 64 })
  network!: string;

  /** Milliseconds since 1970: until when it counts as known. */
  @Index('known_networks_known_until')
  @Column('bigint', { transformer: NUMBER })
  knownUntil!: number;
}
