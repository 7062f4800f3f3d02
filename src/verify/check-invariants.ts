import type { ReadOnlyDatabase } from './read-only-database.js';
import { countWhere } from './facts/aggregates.js';
import { fromPage, type IdRange } from './facts/from-page.js';
import { type Condition, type Finding, type Invariant, CHECKED_TABLES, type CheckedTable } from './invariant.js';

export interface CheckOptions {
  /** Rows of one page, the most that are in memory at once. */
  pageSize: number;
  /** The maximum number of examples per invariant. All violations are counted. */
  exampleLimit: number;
}

/** A condition and the finding that it contributes to. */
interface Task {
  condition: Condition;
  finding: Finding;
}

/** Reads each table once, page by page, in one snapshot. @returns one finding per invariant, in the same order. */
export async function checkInvariants(
  database: ReadOnlyDatabase,
  invariants: readonly Invariant[],
  options: CheckOptions,
): Promise<Finding[]> {
  const findings = invariants.map(({ name, sentence }) => ({ name, sentence, checked: 0, offending: 0, examples: [] }));
  const tasks = invariants.flatMap((invariant, at) =>
    invariant.conditions.map((condition): Task => ({ condition, finding: findings[at] ?? missingFinding(invariant) })),
  );
  await database.beginSnapshot();
  try {
    for (const table of Object.keys(CHECKED_TABLES) as CheckedTable[]) {
      const here = tasks.filter(({ condition }) => condition.table === table);
      for await (const page of pagesOf(database, table, options.pageSize)) {
        await checkPage(database, table, here, page, options);
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

/** Checks all conditions of a table by one statement, and reads the numbers of the rows that violate one. */
async function checkPage(
  database: ReadOnlyDatabase,
  table: CheckedTable,
  tasks: readonly Task[],
  page: IdRange,
  { exampleLimit }: CheckOptions,
): Promise<void> {
  const counts = await readCounts(database, table, tasks, page);
  for (const [at, { condition, finding }] of tasks.entries()) {
    const { checked, offending } = counts[at] ?? { checked: 0, offending: 0 };
    finding.checked += checked;
    finding.offending += offending;
    if (offending === 0 || finding.examples.length >= exampleLimit) continue;
    for (const offender of await readOffenders(database, condition, page)) {
      if (finding.examples.length >= exampleLimit) break;
      // Two violations can have the same number, for example two lines of one order.
      if (!finding.examples.includes(offender)) finding.examples.push(offender);
    }
  }
}

interface PageCount {
  checked: number;
  offending: number;
}

/** A NULL result counts as a violation. */
async function readCounts(
  database: ReadOnlyDatabase,
  table: CheckedTable,
  tasks: readonly Task[],
  page: IdRange,
): Promise<PageCount[]> {
  const { row } = CHECKED_TABLES[table];
  const columns = tasks.flatMap(({ condition: { filter, mustHold } }, at) => {
    const offence = `CASE WHEN (${mustHold}) THEN NULL ELSE 1 END`;
    return filter === undefined
      ? [`COUNT(*) AS checked${at}`, `COUNT(${offence}) AS offending${at}`]
      : [`${countWhere(filter)} AS checked${at}`, `COUNT(CASE WHEN (${filter}) THEN ${offence} END) AS offending${at}`];
  });
  const [counts = {}] = await database.query<Record<string, number | string>>(
    `SELECT ${columns.join(', ')} ${fromPage(table, row, page)}`,
  );
  // MySQL's COUNT is a bigint, which its driver may return as a string.
  return tasks.map((_, at) => ({
    checked: Number(counts[`checked${at}`]),
    offending: Number(counts[`offending${at}`]),
  }));
}

/** The numbers of the rows of a page that violate a condition. */
async function readOffenders(
  database: ReadOnlyDatabase,
  { table, filter = '1 = 1', mustHold }: Condition,
  page: IdRange,
): Promise<string[]> {
  const { row, number } = CHECKED_TABLES[table];
  const offenders = await database.query<{ offender: string }>(
    `SELECT ${number} AS offender ${fromPage(table, row, page)} AND (${filter})
      AND CASE WHEN (${mustHold}) THEN 0 ELSE 1 END = 1 ORDER BY ${row}.id`,
  );
  return offenders.map(({ offender }) => offender);
}

function missingFinding({ name }: Invariant): never {
  throw new Error(`${name} has no finding`);
}
