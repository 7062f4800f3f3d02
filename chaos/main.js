import { rm } from 'node:fs/promises';
import { readOptions } from './options.js';
import { nonZeroCounts, formatList, formatTable } from './report.js';
import { run } from './run.js';
import { createRunFolder } from './run-folder.js';

/**
 * `npm run chaos`: docs/chaos.md says what it does. Ends with 0 when there is no difference, with 1 when there is one, and
 * with 2 when it could not run.
 */
async function main() {
  const options = readOptions(process.argv.slice(2));
  const scratch = createRunFolder();
  const began = performance.now();
  process.on('unhandledRejection', exitWithError); // trouble that fails is noticed at once, not when it is waited for
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) process.once(signal, () => process.exit(2));
  printLine(
    `Chaos, seed ${options.seed}: ${options.orders} orders, ${options.instances} instances, ${options.kills} kills`,
  );
  try {
    const { numbers, faults, tally, answers, differences } = await run({ options, scratch, say: printLine });
    printLine(`\nFaults of WeChat's and of the line to it\n${formatTable(nonZeroCounts(faults))}`);
    printLine(`\nWhat people did\n${formatTable(nonZeroCounts(tally))}`);
    printLine(`\nWhat they were answered\n${formatTable(nonZeroCounts(answers))}`);
    printLine(
      `\n${formatTable([...numbers, ['seconds in all', Math.round((performance.now() - began) / 1000)], ['differences', differences.length]])}`,
    );
    const isGood = differences.length === 0;
    if (!isGood) printLine(`\nDifferences, seed ${options.seed}\n${formatList(differences)}`);
    if (isGood && !options.keep) await rm(scratch.folder, { recursive: true, force: true });
    else printLine(`\nLogs and answers: ${scratch.folder}`);
    process.exit(isGood ? 0 : 1);
  } catch (error) {
    printLine(`\nLogs and answers: ${scratch.folder}`);
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
