import { QueryFailedError } from 'typeorm';

/**
 * Another transaction held a lock, or a node was not ready: the whole transaction can be retried. A cluster may report this at
 * the commit: 1213 (Galera), 3101 (Group Replication) and 9007, 8002, 8022 and 8028 (TiDB) mean that another node's transaction
 * won, 1047 that a Galera node is outside its cluster.
 */
const CONFLICT_CODES = new Set<unknown>([
  'ER_LOCK_DEADLOCK',
  'ER_LOCK_WAIT_TIMEOUT',
  'ER_CHECKREAD',
  'ER_UNKNOWN_COM_ERROR',
  ...[1213, 1205, 1020, 1047, 3101, 9007, 8002, 8022, 8028],
]);
const UNIQUE_VIOLATION_CODES = new Set<unknown>([
  'ER_DUP_ENTRY',
  'SQLITE_CONSTRAINT_UNIQUE',
  'SQLITE_CONSTRAINT_PRIMARYKEY',
]);
/** The database is unreachable, is shutting down, or has closed the connection. */
const CONNECTION_LOSS_CODES = new Set<unknown>([
  ...['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH'],
  ...['PROTOCOL_CONNECTION_LOST', 'ER_SERVER_SHUTDOWN', 'ER_CON_COUNT_ERROR', 'ER_TOO_MANY_USER_CONNECTIONS'],
  ...['ER_CONNECTION_KILLED', 'ER_QUERY_INTERRUPTED', 'ER_NORMAL_SHUTDOWN', 'ER_NEW_ABORTING_CONNECTION', 1927],
  // A Galera node that leaves its cluster during the commit (the outcome is unknown), or a demoted primary.
  ...['ER_ERROR_DURING_COMMIT', 'ER_OPTION_PREVENTS_STATEMENT', 1180, 1290],
]);

/** True if a row with this unique value already exists. */
export function isUniqueViolation(error: unknown): boolean {
  return errorCodesOf(error).some((mark) => UNIQUE_VIOLATION_CODES.has(mark));
}

/** True if a retry of the same transaction can succeed. */
export function isConflict(error: unknown): boolean {
  return errorCodesOf(error).some(
    (mark) => CONFLICT_CODES.has(mark) || (typeof mark === 'string' && /^SQLITE_(BUSY|LOCKED)/.test(mark)),
  );
}

/** True if the connection is lost. A transaction that had not started its commit is rolled back then. */
export function isConnectionLoss(error: unknown): boolean {
  return (
    errorCodesOf(error).some((mark) => CONNECTION_LOSS_CODES.has(mark)) ||
    (error instanceof Error && /closed state|Pool is closed/.test(error.message))
  );
}

/** True if the disk is full or broken: nothing was written, and an immediate retry would fail too. */
export function isStorageFailure(error: unknown): boolean {
  return errorCodesOf(error).some(
    (mark) => typeof mark === 'string' && /^(SQLITE_FULL|SQLITE_IOERR|ER_DISK_FULL|ER_RECORD_FILE_FULL)/.test(mark),
  );
}

/** The error codes of the driver, with or without TypeORM's wrapper. */
function errorCodesOf(error: unknown): unknown[] {
  const cause: unknown = error instanceof QueryFailedError ? error.driverError : error;
  if (typeof cause !== 'object' || cause === null) return [];
  return [Reflect.get(cause, 'code'), Reflect.get(cause, 'errno')];
}
