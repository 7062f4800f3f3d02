import { rm } from 'node:fs/promises';
import { readOptions } from './options.js';
import { nonZeroCounts, formatList, formatTable } from './report.js';
import { run } from './run.js';
import { createRunFolder } from './run-folder.js';

/**
 * `npm run chaos`, described in docs/chaos.md. Exit code: 0 if there is no difference, 1 if there is one, 2 if it could not
 * run.
 */
async function main() {
  const options = readOptions(process.argv.slice(2));
  const runFolder = createRunFolder();
  const began = performance.now();
  // If a fault injection fails, the run ends at once instead of when its promise is awaited.
  process.on('unhandledRejection', exitWithError);
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) process.once(signal, () => process.exit(2));
  printLine(
    `Chaos, seed ${options.seed}: ${options.orders} orders, ${options.instances} instances, ${options.kills} kills`,
  );
  try {
    const { numbers, faults, tally, answers, differences } = await run({ options, runFolder, print: printLine });
    printLine(`\nInjected faults\n${formatTable(nonZeroCounts(faults))}`);
    printLine(`\nUser actions\n${formatTable(nonZeroCounts(tally))}`);
    printLine(`\nAnswers by status\n${formatTable(nonZeroCounts(answers))}`);
    printLine(
      `\n${formatTable([...numbers, ['seconds in total', Math.round((performance.now() - began) / 1000)], ['differences', differences.length]])}`,
    );
    const isGood = differences.length === 0;
    if (!isGood) printLine(`\nDifferences, seed ${options.seed}\n${formatList(differences)}`);
    if (isGood && !options.keep) await rm(runFolder.folder, { recursive: true, force: true });
    else printLine(`\nLogs and answers: ${runFolder.folder}`);
    process.exit(isGood ? 0 : 1);
  } catch (error) {
    printLine(`\nLogs and answers: ${runFolder.folder}`);
    throw error;
  }
}

/** @param {string} line */
function printLine(line) {
  process.stdout.write(`${line}\n`);
}

/** @param {unknown} error */
function exitWithError(error) {
  process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
  process.exit(2);
}

main().catch(exitWithError);
