import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The id of the only row. */
export const SEQUENCE_ID = 1;

/** The last position given to an event. Its only row is also the lock of the transaction that gives positions. */
@Entity('event_sequence')
export class EventSequence {
  @PrimaryColumn('integer')
  id!: number;

  @Column('bigint', { transformer: { from: Number, to: (value: unknown) => value } })
  position!: number;
}
