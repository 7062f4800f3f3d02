import type { ReadOnlyDatabase } from './read-only-database.js';
import { type Condition, type Finding, type Invariant, CHECKED_TABLES, type CheckedTable } from './invariant.js';

export interface CheckOptions {
  /** Rows of one page, the most that are in memory at once. */
  pageSize: number;
  /** The maximum number of examples per invariant. All violations are counted. */
  exampleLimit: number;
}

/** A range of row ids: greater than the first, up to the second. */
type IdRange = readonly [after: number, upTo: number];

/** Reads each table once, page by page, in one snapshot. @returns one finding per invariant, in the same order. */
export async function checkInvariants(
  database: ReadOnlyDatabase,
  invariants: readonly Invariant[],
  options: CheckOptions,
): Promise<Finding[]> {
  const findings = invariants.map(({ name, sentence }) => ({ name, sentence, checked: 0, offending: 0, examples: [] }));
  const tasks = invariants.flatMap((invariant, at) =>
    invariant.conditions.map((condition) => ({ condition, finding: findings[at] ?? missingFinding(invariant) })),
  );
  await database.beginSnapshot();
  try {
    for (const table of Object.keys(CHECKED_TABLES) as CheckedTable[]) {
      const here = tasks.filter(({ condition }) => condition.table === table);
      for await (const page of pagesOf(database, table, options.pageSize)) {
        for (const { condition, finding } of here) await checkPage(database, condition, page, finding, options);
      }
    }
  } finally {
    await database.endSnapshot();
  }
  return findings;
}

async function* pagesOf(database: ReadOnlyDatabase, table: CheckedTable, pageSize: number): AsyncGenerator<IdRange> {
  for (let after = 0; ;) {
    const [row] = await database.query<{ upTo: number | null }>(
      `SELECT MAX(id) AS upTo FROM (SELECT id FROM ${table} WHERE id > ? ORDER BY id LIMIT ?) page`,
      [after, pageSize],
    );
    const upTo = row?.upTo ?? null;
    if (upTo === null) return;
    yield [after, upTo];
    after = upTo;
  }
}

async function checkPage(
  database: ReadOnlyDatabase,
  { table: over, filter: concerns = '1 = 1', mustHold: holds }: Condition,
  page: IdRange,
  finding: Finding,
  { exampleLimit }: CheckOptions,
): Promise<void> {
  const { row, number } = CHECKED_TABLES[over];
  const concerned = `FROM ${over} ${row} WHERE ${row}.id > ? AND ${row}.id <= ? AND (${concerns})`;
  // MySQL's COUNT is a bigint, which its driver may return as a string.
  const [count] = await database.query<{ checked: number | string }>(`SELECT COUNT(*) AS checked ${concerned}`, page);
  const checked = Number(count?.checked);
  finding.checked += checked;
  if (checked === 0) return;
  // A NULL result counts as a violation.
  const offenders = await database.query<{ offender: string }>(
    `SELECT ${number} AS offender ${concerned} AND CASE WHEN (${holds}) THEN 0 ELSE 1 END = 1 ORDER BY ${row}.id`,
    page,
  );
  finding.offending += offenders.length;
  for (const { offender } of offenders) {
    if (finding.examples.length >= exampleLimit) break;
    // Two violations can have the same number, for example two lines of one order.
    if (!finding.examples.includes(offender)) finding.examples.push(offender);
  }
}

function missingFinding({ name }: Invariant): never {
  throw new Error(`${name} has no finding`);
}
