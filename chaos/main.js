import { rm } from 'node:fs/promises';
import { readOptions } from './options.js';
import { happened, listed, table } from './report.js';
import { run } from './run.js';
import { makeScratch } from './scratch.js';

/**
 * `npm run chaos`: docs/chaos.md says what it does. Ends with 0 when there is no difference, with 1 when there is one, and
 * with 2 when it could not run.
 */
async function main() {
  const options = readOptions(process.argv.slice(2));
  const scratch = makeScratch();
  const began = performance.now();
  process.on('unhandledRejection', stopShort); // trouble that fails is noticed at once, not when it is waited for
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) process.once(signal, () => process.exit(2));
  say(`Chaos, seed ${options.seed}: ${options.orders} orders, ${options.instances} instances, ${options.kills} kills`);
  try {
    const { numbers, faults, tally, answers, differences } = await run({ options, scratch, say });
    say(`\nFaults of WeChat's and of the line to it\n${table(happened(faults))}`);
    say(`\nWhat people did\n${table(happened(tally))}`);
    say(`\nWhat they were answered\n${table(happened(answers))}`);
    say(
      `\n${table([...numbers, ['seconds in all', Math.round((performance.now() - began) / 1000)], ['differences', differences.length]])}`,
    );
    const isGood = differences.length === 0;
    if (!isGood) say(`\nDifferences, seed ${options.seed}\n${listed(differences)}`);
    if (isGood && !options.keep) await rm(scratch.folder, { recursive: true, force: true });
    else say(`\nLogs and answers: ${scratch.folder}`);
    process.exit(isGood ? 0 : 1);
  } catch (error) {
    say(`\nLogs and answers: ${scratch.folder}`);
    throw error;
  }
}

/** @param {string} line */
function say(line) {
  process.stdout.write(`${line}\n`);
}

/** @param {unknown} error */
function stopShort(error) {
  process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
  process.exit(2);
}

main().catch(stopShort);
