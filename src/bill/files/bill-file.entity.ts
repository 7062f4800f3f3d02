import { Column, Entity, Index, PrimaryColumn, PrimaryGeneratedColumn } from 'typeorm';
import { NullableBigintColumn } from '../../database/bigint-columns.js';
import type { BillKind } from '../../wechat/pay/bills/bill.js';

/** `DATABASE`: in `bill_file_chunks` · `DIRECTORY`: below `BILL_DIRECTORY`. */
export type BillStorage = 'DATABASE' | 'DIRECTORY';

/** One download of a file of WeChat, gzip-compressed. It never changes once it is `READY`. */
@Entity('bill_files')
@Index('bill_files_date', ['date', 'kind'])
export class BillFile {
  @PrimaryGeneratedColumn('increment', { type: 'integer' })
  id!: number;

  @Column('varchar', { length: 10 })
  date!: string;

  @Column('varchar', { length: 8 })
  kind!: BillKind;

  /** `WRITING`: the download has not ended, or the process died during it · `REMOVED`: its bytes are being deleted. */
  @Column('varchar', { length: 16 })
  state!: 'WRITING' | 'READY' | 'REMOVED';

  @Column('varchar', { length: 16 })
  storage!: BillStorage;

  /** In hexadecimal digits, of the uncompressed bytes. */
  @Column('varchar', { length: 40, nullable: true })
  sha1!: string | null;

  /** Number of uncompressed bytes. */
  @NullableBigintColumn()
  bytes!: number | null;

  @Column('datetime', { precision: 3 })
  createdAt!: Date;

  /**
   * Since when no bill refers to it: from its creation until its day uses it, and again when another file took its place. It is
   * deleted some hours later, with its entries. Null while it is current.
   */
  @Index('bill_files_obsolete_at')
  @Column('datetime', { precision: 3, nullable: true })
  obsoleteAt!: Date | null;
}

/** A piece of a compressed file, in order. MySQL's BLOB holds 64 kB. */
@Entity('bill_file_chunks')
export class BillFileChunk {
  @PrimaryColumn('integer')
  fileId!: number;

  /** From 0. */
  @PrimaryColumn('integer')
  chunkNo!: number;

  @Column('blob')
  data!: Buffer;
}
