import { Injectable, Logger } from '@nestjs/common';
import { IsNull, LessThan, Not } from 'typeorm';
import { Clock } from '../../common/time/clock.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { BillFile } from './bill-file.entity.js';
import { BillFileStore } from './bill-file-store.js';

/** Seconds for which a file without a bill stays: longer than any reconciliation, and than an export that reads it. */
const OBSOLETE_TTL_SECONDS = 6 * 3600;
/** Files per run. */
const MAX_FILES = 10;
/** What belongs to a file, with the rest of its primary key and the rows per transaction: chunks are large. */
const PARTS = [
  { table: 'bill_entries', key: 'type, number', batchSize: 2000 },
  { table: 'bill_file_chunks', key: 'chunk_no', batchSize: 50 },
] as const;

/** Removes files without a bill, because they were replaced or a crash ended their work, with their entries. */
@Injectable()
export class BillFileCleaner {
  private readonly log = new Logger(BillFileCleaner.name);

  constructor(
    private readonly clock: Clock,
    private readonly unitOfWork: UnitOfWork,
    private readonly store: BillFileStore,
  ) {}

  /** Safe to repeat and to run on all instances. */
  async run(): Promise<void> {
    const obsoleteAt = LessThan(this.clock.secondsFromNow(-OBSOLETE_TTL_SECONDS));
    const files = await this.unitOfWork.read((manager) =>
      manager.find(BillFile, { where: { obsoleteAt }, order: { obsoleteAt: 'ASC' }, take: MAX_FILES }),
    );
    for (const file of files) await this.remove(file);
  }

  private async remove(file: BillFile): Promise<void> {
    const { id, date, kind } = file;
    // From now on it can be neither finished nor used.
    const removed = await this.unitOfWork.run((tx) =>
      tx.update(BillFile, { id, obsoleteAt: Not(IsNull()) }, { state: 'REMOVED' }),
    );
    if (removed.affected !== 1) return;
    for (const part of PARTS) while ((await this.deleteBatch(part, id)) === part.batchSize);
    await this.store.removeFromDirectory(file);
    await this.unitOfWork.run((tx) => tx.delete(BillFile, { id }));
    this.log.debug(`Removed an old ${kind.toLowerCase()} bill file of ${date}`);
  }

  /** SQLite has no LIMIT on DELETE, and MySQL allows no LIMIT in a subquery of IN. */
  private deleteBatch({ table, key, batchSize }: (typeof PARTS)[number], fileId: number): Promise<number> {
    return this.unitOfWork.run(async (tx) => {
      const { queryRunner, dataSource } = tx;
      if (!queryRunner) throw new Error('The entity manager has no query runner.');
      const oldest = `WHERE file_id = ? ORDER BY ${key} LIMIT ${batchSize}`;
      const statement =
        dataSource.options.type === 'mysql'
          ? `DELETE FROM ${table} ${oldest}`
          : `DELETE FROM ${table} WHERE rowid IN (SELECT rowid FROM ${table} ${oldest})`;
      return (await queryRunner.query(statement, [fileId], true)).affected ?? 0;
    });
  }
}
