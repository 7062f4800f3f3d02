import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { pipeline, Readable, Transform } from 'node:stream';
import { finished } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { Injectable, Logger } from '@nestjs/common';
import { type EntityManager, IsNull } from 'typeorm';
import { DomainError } from '../../common/problem/domain-error.js';
import { Clock } from '../../common/time/clock.js';
import { Settings } from '../../config/settings.js';
import { insertRow, updateRows } from '../../database/rows.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import type { BillRequest } from '../../wechat/pay/bills/bill.js';
import { BillFile, type BillStorage } from './bill-file.entity.js';
import { BillFileWriter, type FileDigest } from './bill-file-writer.js';
import { ChunkTarget, DirectoryTarget, readChunks, readStoredFile, removeStoredFile } from './stored-pieces.js';

/** A file that is being written. */
export interface NewBillFile {
  id: number;
  writer: BillFileWriter;
}

/** Stores WeChat's files byte for byte, compressed, in the database or below `BILL_DIRECTORY`. */
@Injectable()
export class BillFileStore {
  private readonly log = new Logger(BillFileStore.name);
  private readonly directory: string | undefined;

  constructor(
    settings: Settings,
    private readonly clock: Clock,
    private readonly unitOfWork: UnitOfWork,
  ) {
    this.directory = settings.BILL_DIRECTORY;
  }

  /** Begins a file. It cannot be read before `finish`. @param onProgress see `BillFileWriter`. */
  async create({ date, kind }: BillRequest, onProgress: () => Promise<void>): Promise<NewBillFile> {
    const storage: BillStorage = this.directory === undefined ? 'DATABASE' : 'DIRECTORY';
    const now = this.clock.now();
    const row = { date, kind, storage, state: 'WRITING', sha1: null, bytes: null } as const;
    const id = await this.unitOfWork.run((tx) => insertRow(tx, BillFile, { ...row, createdAt: now, obsoleteAt: now }));
    const target =
      this.directory === undefined
        ? new ChunkTarget(this.unitOfWork, id)
        : new DirectoryTarget(pathOf(this.directory, { id, date, kind }));
    return { id, writer: new BillFileWriter(target, onProgress) };
  }

  /** Ends a file with all its bytes. @throws Error when the cleaner has taken it for abandoned. */
  async finish({ id, writer }: NewBillFile): Promise<FileDigest> {
    const digest = await writer.finish();
    const changes = { state: 'READY', ...digest } as const;
    const updated = await this.unitOfWork.run((tx) => updateRows(tx, BillFile, { id, state: 'WRITING' }, changes));
    if (updated !== 1) throw new Error(`Bill file ${id} was removed while it was written.`);
    return digest;
  }

  /** Gives up a file that has not been finished. Never throws: the cleaner removes what is left. */
  async discard({ id, writer }: NewBillFile): Promise<void> {
    try {
      await writer.discard();
    } catch (error) {
      this.log.warn(`Could not discard bill file ${id}; it is removed later: ${String(error)}`);
    }
  }

  /** In the transaction in which a bill begins to refer to the file. @throws Error when the cleaner has removed it. */
  async markCurrent(tx: EntityManager, id: number): Promise<void> {
    const { affected } = await tx.update(BillFile, { id, state: 'READY' }, { obsoleteAt: null });
    if (affected !== 1) throw new Error(`Bill file ${id} was removed before it was used.`);
  }

  /** In the transaction in which no bill refers to the file any more. */
  async markObsolete(tx: EntityManager, id: number): Promise<void> {
    await tx.update(BillFile, { id, obsoleteAt: IsNull() }, { obsoleteAt: this.clock.now() });
  }

  /** The file's id if it has these bytes and they can still be read; null otherwise, so that another copy replaces it. */
  async findSame(id: number | null, sha1: string): Promise<number | null> {
    if (id === null) return null;
    const file = await this.unitOfWork.read((manager) => manager.findOneBy(BillFile, { id, sha1, state: 'READY' }));
    return file !== null && (await this.isIntact(file)) ? file.id : null;
  }

  /** @throws DomainError BILL_FILE_NOT_FOUND. */
  async getById(id: number): Promise<BillFile> {
    const file = await this.unitOfWork.read((manager) => manager.findOneBy(BillFile, { id, state: 'READY' }));
    if (!file || (file.storage === 'DIRECTORY' && this.directory === undefined))
      throw new DomainError('BILL_FILE_NOT_FOUND');
    return file;
  }

  /**
   * The bytes as WeChat sent them. The stream fails at its end when they are not those that were stored, and when the file
   * cannot be read.
   */
  read(file: BillFile): Readable {
    const pieces =
      file.storage === 'DATABASE' ? readChunks(this.unitOfWork, file.id) : readStoredFile(this.storedPathOf(file));
    const verified = verifyDigest(file);
    pipeline(Readable.from(pieces, { objectMode: false }), createGunzip(), verified, (error) => {
      if (error) this.log.warn(`Reading bill file ${file.id} of ${file.date} ended early: ${error.message}`);
    });
    return verified;
  }

  /**
   * Reads the whole file once. @throws DomainError BILL_FILE_NOT_FOUND when its bytes have changed or cannot be read, so that a
   * response does not begin with bytes that are wrong.
   */
  async verify(file: BillFile): Promise<void> {
    if (!(await this.isIntact(file))) throw new DomainError('BILL_FILE_NOT_FOUND');
  }

  private async isIntact(file: BillFile): Promise<boolean> {
    try {
      await finished(this.read(file).resume());
      return true;
    } catch (error) {
      this.log.error(`Bill file ${file.id} of ${file.date} is damaged: ${String(error)}`);
      return false;
    }
  }

  /** Removes the bytes of a file outside the database. */
  async removeFromDirectory(file: BillFile): Promise<void> {
    if (file.storage === 'DIRECTORY' && this.directory !== undefined) await removeStoredFile(this.storedPathOf(file));
  }

  private storedPathOf(file: BillFile): string {
    if (this.directory === undefined) throw new DomainError('BILL_FILE_NOT_FOUND');
    return pathOf(this.directory, file);
  }
}

function pathOf(directory: string, { id, date, kind }: Pick<BillFile, 'id' | 'date' | 'kind'>): string {
  return join(directory, `${date}-${kind.toLowerCase()}-${id}.csv.gz`);
}

/** Passes the bytes on, and fails at the end when their hash is another one. */
function verifyDigest({ sha1, id }: BillFile): Transform {
  const hash = createHash('sha1');
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      done(null, chunk);
    },
    flush(done) {
      const isSame = hash.digest('hex') === sha1;
      done(isSame ? null : new Error(`Bill file ${id} has changed since it was stored.`));
    },
  });
}
