import { rm } from 'node:fs/promises';
import { readOptions } from './options.ts';
import { run } from './run.ts';
import { createRunFolder } from './environment/run-folder.ts';

/** The maximum number of violations to print. */
const MAX_LINES = 50;

/**
 * `npm run chaos`, described in docs/chaos.md. Exit code: 0 if there is no violation, 1 if there is one, 2 if it could
 * not run.
 */
async function main() {
  const options = readOptions(process.argv.slice(2));
  const runFolder = createRunFolder();
  const began = performance.now();
  // If a fault injection fails, the run ends at once instead of when its promise is awaited.
  process.on('unhandledRejection', exitWithError);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(2));
  printLine(
    `Chaos, seed ${options.seed}: ${options.orders} orders, ${options.instances} instances, ${options.kills} kills, ` +
      `WeChat Pay ${options.protocols.join(' and ')}`,
  );
  try {
    const { numbers, faults, tally, answers, violations } = await run({ options, runFolder, print: printLine });
    printLine(`\nInjected faults\n${formatTable(nonZeroCounts(faults))}`);
    printLine(`\nUser actions\n${formatTable(nonZeroCounts(tally))}`);
    printLine(`\nAnswers by status\n${formatTable(nonZeroCounts(answers))}`);
    printLine(
      `\n${formatTable([...numbers, ['seconds in total', Math.round((performance.now() - began) / 1000)], ['violations', violations.length]])}`,
    );
    const isGood = violations.length === 0;
    if (!isGood) printLine(`\nViolations, seed ${options.seed}\n${formatList(violations)}`);
    if (isGood && !options.keep) await rm(runFolder.folder, { recursive: true, force: true });
    else printLine(`\nLogs and responses: ${runFolder.folder}`);
    process.exit(isGood ? 0 : 1);
  } catch (error) {
    printLine(`\nLogs and responses: ${runFolder.folder}`);
    throw error;
  }
}

function formatTable(rows: [string, string | number][]): string {
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, value]) => `  ${name.padEnd(width)}  ${String(value).padStart(8)}`).join('\n');
}

/** @returns the counts above zero, sorted by name */
function nonZeroCounts(counts: Record<string, number>): [string, number][] {
  return Object.entries(counts)
    .filter(([, times]) => times > 0)
    .toSorted(([a], [b]) => a.localeCompare(b));
}

function formatList(found: string[]) {
  const shown = found.slice(0, MAX_LINES).map((line) => `  ${line}`);
  return [...shown, ...(found.length > MAX_LINES ? [`  … and ${found.length - MAX_LINES} more`] : [])].join('\n');
}

function printLine(line: string) {
  process.stdout.write(`${line}\n`);
}

function exitWithError(error: unknown) {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  process.exit(2);
}

main().catch(exitWithError);
