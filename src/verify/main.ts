import 'reflect-metadata';
import { existsSync } from 'node:fs';
import { PRIVATE_UMASK } from '../database/sqlite/private-files.js';
import { parseVerifyOptions, USAGE } from './verify-options.js';
import { CannotVerifyError } from './read-only-database.js';
import { allInvariantsHold, toJson, toText } from './report.js';
import { verify } from './verify.js';

/** `npm run verify`. Exit code: 0 if all invariants hold, 1 if one is violated, 2 if the check was not possible. */
async function main(): Promise<number> {
  const options = parseVerifyOptions(process.argv.slice(2));
  if (options.isHelp) {
    process.stdout.write(USAGE);
    return 0;
  }
  process.umask(PRIVATE_UMASK);
  if (existsSync('.env')) process.loadEnvFile('.env');
  const report = await verify(options, process.env);
  process.stdout.write(options.isJson ? toJson(report) : toText(report));
  return allInvariantsHold(report) ? 0 : 1;
}

main().then(
  (code) => {
    process.exitCode = code; // not exit(), because output to a pipe may still be pending
  },
  (error: unknown) => {
    const text =
      error instanceof CannotVerifyError ? error.message : String(error instanceof Error ? error.stack : error);
    process.stderr.write(`Could not check: ${text}\n`);
    process.exitCode = 2;
  },
);
