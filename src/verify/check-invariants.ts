import type { ReadOnlyDatabase } from './read-only-database.js';
import { type Condition, type Finding, type Invariant, CHECKED_TABLES, type CheckedTable } from './invariant.js';

export interface CheckOptions {
  /** Rows of one page: what is held in memory at once, at most. */
  pageSize: number;
  /** Offending numbers that are kept of each invariant. All are counted. */
  exampleLimit: number;
}

/** A stretch of a table, by row number: after the one, up to the other. */
type IdRange = readonly [after: number, upTo: number];

/** @returns one finding for each invariant, in their order. Walks each table once, a page at a time, within one snapshot. */
export async function checkInvariants(
  books: ReadOnlyDatabase,
  invariants: readonly Invariant[],
  options: CheckOptions,
): Promise<Finding[]> {
  const findings = invariants.map(({ name, sentence }) => ({ name, sentence, checked: 0, offending: 0, examples: [] }));
  const tasks = invariants.flatMap((invariant, at) =>
    invariant.conditions.map((condition) => ({ condition, finding: findings[at] ?? missingFinding(invariant) })),
  );
  await books.beginSnapshot();
  try {
    for (const table of Object.keys(CHECKED_TABLES) as CheckedTable[]) {
      const here = tasks.filter(({ condition }) => condition.table === table);
      for await (const page of pagesOf(books, table, options.pageSize)) {
        for (const { condition, finding } of here) await checkPage(books, condition, page, finding, options);
      }
    }
  } finally {
    await books.endSnapshot();
  }
  return findings;
}

async function* pagesOf(books: ReadOnlyDatabase, table: CheckedTable, pageSize: number): AsyncGenerator<IdRange> {
  for (let after = 0; ;) {
    const [row] = await books.query<{ upTo: number | null }>(
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
  books: ReadOnlyDatabase,
  { table: over, filter: concerns = '1 = 1', mustHold: holds }: Condition,
  page: IdRange,
  finding: Finding,
  { exampleLimit }: CheckOptions,
): Promise<void> {
  const { row, number } = CHECKED_TABLES[over];
  const concerned = `FROM ${over} ${row} WHERE ${row}.id > ? AND ${row}.id <= ? AND (${concerns})`;
  // MySQL counts in bigint, which its driver may hand over as a text.
  const [count] = await books.query<{ checked: number | string }>(`SELECT COUNT(*) AS checked ${concerned}`, page);
  const checked = Number(count?.checked);
  finding.checked += checked;
  if (checked === 0) return;
  // NULL is no yes: what nobody can say of a row does not hold of it.
  const offenders = await books.query<{ offender: string }>(
    `SELECT ${number} AS offender ${concerned} AND CASE WHEN (${holds}) THEN 0 ELSE 1 END = 1 ORDER BY ${row}.id`,
    page,
  );
  finding.offending += offenders.length;
  for (const { offender } of offenders) {
    if (finding.examples.length >= exampleLimit) break;
    // Two lines of one order offend twice, and are one number to look up.
    if (!finding.examples.includes(offender)) finding.examples.push(offender);
  }
}

function missingFinding({ name }: Invariant): never {
  throw new Error(`${name} has no finding`);
}
