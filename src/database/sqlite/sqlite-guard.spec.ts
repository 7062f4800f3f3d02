import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import Database from 'better-sqlite3';
import { Column, type DataSource, Entity, type EntityManager, PrimaryColumn } from 'typeorm';
import { DomainError } from '../../common/problem/domain-error.js';
import { dataSourceOptions } from '../data-source/data-source-options.js';
import { openDataSource } from '../data-source/open-data-source.js';
import { UnitOfWork } from '../unit-of-work.js';

@Entity('notes')
class GuardTestRow {
  @PrimaryColumn('varchar', { length: 8 })
  name!: string;

  @Column('integer')
  fen!: number;
}

Logger.overrideLogger(false);

describe('SQLite guard: after SQLite has rolled back a commit', () => {
  let folder: string;
  let dataSource: DataSource;
  let unitOfWork: UnitOfWork;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'wx-checkout-'));
    const url = `sqlite:${join(folder, 'notes.sqlite')}`;
    dataSource = await openDataSource(dataSourceOptions({ url, entities: [GuardTestRow], migrations: [] }));
    await dataSource.synchronize();
    unitOfWork = new UnitOfWork(dataSource);
  });
  afterEach(async () => {
    await dataSource.destroy();
    rmSync(folder, { recursive: true, force: true });
  });

  const add = (name: string): Promise<unknown> => unitOfWork.run((tx) => tx.insert(GuardTestRow, { name, fen: 1 }));

  /** What another process, or a start after a crash, reads from the file. */
  function committed(): string[] {
    const other = new Database(join(folder, 'notes.sqlite'), { readonly: true });
    const names = (other.prepare('SELECT name FROM notes ORDER BY name').all() as { name: string }[]).map(
      ({ name }) => name,
    );
    other.close();
    return names;
  }

  /** As with a full disk: SQLite rolls back before COMMIT returns. */
  async function losesItsTransaction(tx: EntityManager): Promise<void> {
    await tx.insert(GuardTestRow, { name: 'lost', fen: 1 });
    const { databaseConnection } = dataSource.driver as unknown as {
      databaseConnection: { exec(statement: string): void };
    };
    databaseConnection.exec('ROLLBACK');
  }

  it('keeps every later commit durable, also after other failures', async () => {
    await expect(unitOfWork.run(losesItsTransaction)).rejects.toThrow();
    await add('second');
    await expect(unitOfWork.run(() => Promise.reject(new DomainError('OUT_OF_STOCK')))).rejects.toThrow('OUT_OF_STOCK');
    await add('third');
    expect(committed()).toEqual(['second', 'third']);
  });
});
