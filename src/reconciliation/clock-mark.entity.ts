import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The latest time that a trusted clock of any instance has said: a start compares its own clock with it. One row. */
@Entity('clock_marks')
export class ClockMark {
  @PrimaryColumn('integer')
  id!: number;

  @Column('datetime', { precision: 3 })
  at!: Date;
}
