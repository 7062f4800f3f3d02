import { chmodSync, mkdirSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { Logger } from '@nestjs/common';

/** Files and folders that a process makes are for its own user alone: they hold orders, and names and addresses of buyers. */
export const PRIVATE_UMASK = 0o077;
const FOLDER_MODE = 0o700;
const FILE_MODE = 0o600;
const PERMISSION_BITS = 0o777;

/** What SQLite may keep beside a database. It gives new ones the permissions of the database itself. */
const DATABASE_FILE_SUFFIXES = ['', '-wal', '-shm', '-journal'];

/** Makes the folder of a database file if it is missing. A folder that exists is left as it is: it may be anybody's. */
export function makePrivateFolder(path: string): void {
  mkdirSync(dirname(resolve(path)), { recursive: true, mode: FOLDER_MODE });
}

/**
 * Takes the database and the files beside it away from other users of the machine. May be repeated. A file whose permissions
 * cannot be changed, such as that of another owner, is named in a warning: the shop can still sell.
 */
export function makeFilesPrivate(path: string): void {
  for (const file of DATABASE_FILE_SUFFIXES.map((ending) => path + ending)) {
    const stats = statSync(file, { throwIfNoEntry: false });
    if (stats === undefined || (stats.mode & PERMISSION_BITS) === FILE_MODE) continue;
    try {
      chmodSync(file, FILE_MODE);
    } catch (error) {
      if (isMissing(error)) continue; // another instance has just closed the database
      new Logger('Database').warn(`Other users may be able to read ${file}: its permissions cannot be set to 0600.`);
    }
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
