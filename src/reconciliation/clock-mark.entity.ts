import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The latest time of a trusted clock of any instance. Each start compares its clock with it. The table has one row. */
@Entity('clock_marks')
export class ClockMark {
  @PrimaryColumn('integer')
  id!: number;

  @Column('datetime', { precision: 3 })
  at!: Date;
}
