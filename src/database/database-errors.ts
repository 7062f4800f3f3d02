import { QueryFailedError } from 'typeorm';

/** Somebody else had a lock: the whole transaction may simply run again. 1047 and 1205 included: Galera, lock wait. */
const CONFLICTS = new Set<unknown>([
  'ER_LOCK_DEADLOCK',
  'ER_LOCK_WAIT_TIMEOUT',
  'ER_CHECKREAD',
  'ER_UNKNOWN_COM_ERROR',
  1213,
  1205,
  1020,
  1047,
]);
const UNIQUE = new Set<unknown>(['ER_DUP_ENTRY', 'SQLITE_CONSTRAINT_UNIQUE', 'SQLITE_CONSTRAINT_PRIMARYKEY']);
/** The database is away, is going away, or has thrown us out. */
const LOST = new Set<unknown>([
  ...['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH'],
  ...['PROTOCOL_CONNECTION_LOST', 'ER_SERVER_SHUTDOWN', 'ER_CON_COUNT_ERROR', 'ER_TOO_MANY_USER_CONNECTIONS'],
  ...['ER_CONNECTION_KILLED', 'ER_QUERY_INTERRUPTED', 'ER_NORMAL_SHUTDOWN', 'ER_NEW_ABORTING_CONNECTION', 1927],
]);

/** True when a row with this unique value is there already. */
export function isUniqueViolation(error: unknown): boolean {
  return marksOf(error).some((mark) => UNIQUE.has(mark));
}

/** True when running the same transaction again can succeed. */
export function isConflict(error: unknown): boolean {
  return marksOf(error).some(
    (mark) => CONFLICTS.has(mark) || (typeof mark === 'string' && /^SQLITE_(BUSY|LOCKED)/.test(mark)),
  );
}

/** True when the connection is gone. A transaction that had not begun to commit is gone with it. */
export function isConnectionLoss(error: unknown): boolean {
  return (
    marksOf(error).some((mark) => LOST.has(mark)) ||
    (error instanceof Error && /closed state|Pool is closed/.test(error.message))
  );
}

/** The disk is full or broken: nothing was written, and trying again at once is no use. */
export function isStorageFailure(error: unknown): boolean {
  return marksOf(error).some(
    (mark) => typeof mark === 'string' && /^(SQLITE_FULL|SQLITE_IOERR|ER_DISK_FULL|ER_RECORD_FILE_FULL)/.test(mark),
  );
}

/** The driver's own codes, wherever TypeORM put them. */
function marksOf(error: unknown): unknown[] {
  const cause: unknown = error instanceof QueryFailedError ? error.driverError : error;
  if (typeof cause !== 'object' || cause === null) return [];
  return [Reflect.get(cause, 'code'), Reflect.get(cause, 'errno')];
}
