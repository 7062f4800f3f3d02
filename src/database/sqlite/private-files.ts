import { chmodSync, mkdirSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { Logger } from '@nestjs/common';

/** New files and folders are readable only by the user of the process, because they contain orders and buyer data. */
export const PRIVATE_UMASK = 0o077;
const FOLDER_MODE = 0o700;
const FILE_MODE = 0o600;
const PERMISSION_BITS = 0o777;

/** SQLite's files beside a database. SQLite creates them with the permissions of the database file. */
const DATABASE_FILE_SUFFIXES = ['', '-wal', '-shm', '-journal'];

/** Creates the folder of a database file if it is missing. Does not change an existing folder. */
export function makePrivateFolder(path: string): void {
  mkdirSync(dirname(resolve(path)), { recursive: true, mode: FOLDER_MODE });
}

/**
 * Removes the access of other users to the database files. Safe to repeat. Logs a warning for a file whose permissions cannot
 * be changed, such as one of another owner, and continues.
 */
export function makeFilesPrivate(path: string): void {
  for (const file of DATABASE_FILE_SUFFIXES.map((ending) => path + ending)) {
    const stats = statSync(file, { throwIfNoEntry: false });
    if (stats === undefined || (stats.mode & PERMISSION_BITS) === FILE_MODE) continue;
    try {
      chmodSync(file, FILE_MODE);
    } catch (error) {
      if (isMissing(error)) continue; // another instance has just closed the database
      new Logger('Database').warn(
        `Other users may be able to read ${file}: its permissions cannot be set to 0600. Change them by hand.`,
      );
    }
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
